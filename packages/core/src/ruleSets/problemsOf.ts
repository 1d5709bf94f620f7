/** What the schema of rule sets cannot say: check digits, days, formulas, and that each rule stands once. */
import { atomsOf } from "../domain/Formula.ts"
import { isCas, isEc } from "../domain/Substance.ts"
import type { Member, RuleSet } from "../engine/Rule.ts"
import { excerpt, type RuleSetProblem } from "./UnreadableRuleSet.ts"

/** Whether a day is one of the calendar, which the pattern of days does not know. */
export const isDay = (text: string): boolean => {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number)
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const days = ["effectiveFrom", "effectiveTo", "listedOn", "validFrom", "lastDay"] as const

export const problemsOf = (ruleSet: RuleSet): ReadonlyArray<RuleSetProblem> => {
  const problems: Array<RuleSetProblem> = []
  const report = (pointer: string, code: string, value: string, message: string) =>
    void problems.push({ pointer, code, value: excerpt(value), message })

  const inMember = (pointer: string, { cas, ec, names = [], formula }: Member) => {
    if (cas !== undefined && !isCas(cas))
      report(`${pointer}/cas`, "cas.check_digit", cas, "is no CAS number with the right check digit; look it up")
    if (ec !== undefined && !isEc(ec))
      report(`${pointer}/ec`, "ec.check_digit", ec, "is no EC number with the right check digit; look it up")
    if (formula !== undefined && atomsOf(formula) === undefined)
      report(`${pointer}/formula`, "formula.invalid", formula, "is no formula of known elements, such as PbCrO4")
    for (const [index, name] of names.entries())
      if (name !== name.trim().toLowerCase())
        report(`${pointer}/names/${index}`, "name.case", name, "must be in lower case, without blanks around it")
    if (cas === undefined && ec === undefined && names.length === 0)
      report(pointer, "member.unidentified", "", "needs a CAS number, an EC number or a name")
  }

  const inDays = (pointer: string, dated: Readonly<Partial<Record<(typeof days)[number], string>>>) => {
    for (const key of days) {
      const day = dated[key]
      if (day !== undefined && !isDay(day))
        report(`${pointer}/${key}`, "date.invalid", day, "is no day of the calendar")
    }
  }

  const first = new Map<string, number>()
  for (const [index, rule] of ruleSet.rules.entries()) {
    const pointer = `/rules/${index}`
    const before = first.get(rule.id)
    if (before !== undefined)
      report(`${pointer}/id`, "rule.duplicate", rule.id, `is the id of /rules/${before} as well`)
    else first.set(rule.id, index)
    for (const [at, member] of rule.members.entries()) inMember(`${pointer}/members/${at}`, member)
    for (const element of rule.element?.split("+") ?? [])
      if (atomsOf(element) === undefined)
        report(`${pointer}/element`, "element.unknown", element, "is no element whose mass is known")
    inDays(pointer, rule)
    if (rule.effectiveFrom !== undefined && rule.effectiveTo !== undefined && rule.effectiveTo < rule.effectiveFrom)
      report(
        `${pointer}/effectiveTo`,
        "date.order",
        rule.effectiveTo,
        `lies before effectiveFrom, ${rule.effectiveFrom}`
      )
  }
  const exempt = new Set<string>()
  for (const [index, exemption] of ruleSet.exemptions.entries()) {
    const pointer = `/exemptions/${index}`
    const key = JSON.stringify([exemption.id, exemption.categories ?? null])
    if (exempt.has(key))
      report(`${pointer}/id`, "exemption.duplicate", exemption.id, "stands before for the same categories")
    exempt.add(key)
    for (const [at, member] of exemption.members.entries()) inMember(`${pointer}/members/${at}`, member)
    inDays(pointer, exemption)
  }
  return problems
}
