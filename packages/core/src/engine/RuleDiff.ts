/** What changed between two versions of a rule set. */
import { canonical } from "../domain/Hash.ts"
import { type Exemption, type Member, type Rule, type RuleSet, ruleSetHash } from "./Rule.ts"

/** One field, by its path such as `limitPpm` or `scope.categories`; what was or is not there is left out. */
export interface FieldChange {
  readonly field: string
  readonly before?: string | undefined
  readonly after?: string | undefined
}

export interface EntryChange {
  readonly id: string
  readonly name: string
  readonly fields: ReadonlyArray<FieldChange>
}

export interface EntriesDiff<A> {
  readonly added: ReadonlyArray<A>
  readonly removed: ReadonlyArray<A>
  readonly changed: ReadonlyArray<EntryChange>
}

export interface RuleSetDiff {
  readonly from: { readonly id: string; readonly version: string; readonly hash: string }
  readonly to: { readonly id: string; readonly version: string; readonly hash: string }
  /** Fields of the set itself but id and version. */
  readonly fields: ReadonlyArray<FieldChange>
  readonly rules: EntriesDiff<Rule>
  readonly exemptions: EntriesDiff<Exemption>
}

/** Rules are matched by id, exemptions by id and categories, members by number or else by name. */
export const diffRuleSets = (from: RuleSet, to: RuleSet): RuleSetDiff => {
  const { id: _, version: _was, rules: oldRules, exemptions: oldExemptions, ...oldFields } = from
  const { id: __, version: _is, rules: newRules, exemptions: newExemptions, ...newFields } = to
  return {
    from: { id: from.id, version: from.version, hash: ruleSetHash(from) },
    to: { id: to.id, version: to.version, hash: ruleSetHash(to) },
    fields: fieldChanges(oldFields, newFields),
    rules: entriesDiff(
      oldRules,
      newRules,
      ({ id }) => id,
      ({ name }) => name
    ),
    exemptions: entriesDiff(
      oldExemptions,
      newExemptions,
      ({ id, categories }) => (categories === undefined ? id : `${id} (${categories.join(", ")})`),
      ({ scope }) => scope
    )
  }
}

const entriesDiff = <A extends Rule | Exemption>(
  before: ReadonlyArray<A>,
  after: ReadonlyArray<A>,
  keyOf: (entry: A) => string,
  nameOf: (entry: A) => string
): EntriesDiff<A> => {
  const old = new Map(before.map((entry) => [keyOf(entry), entry]))
  const current = new Map(after.map((entry) => [keyOf(entry), entry]))
  return {
    added: after.filter((entry) => !old.has(keyOf(entry))),
    removed: before.filter((entry) => !current.has(keyOf(entry))),
    changed: [...current].flatMap(([id, entry]) => {
      const was = old.get(id)
      const fields = was === undefined ? [] : fieldChanges(was, entry)
      return fields.length === 0 ? [] : [{ id, name: nameOf(entry), fields }]
    })
  }
}

const fieldChanges = (before: object, after: object): ReadonlyArray<FieldChange> => {
  const old = leavesOf(before)
  const current = leavesOf(after)
  return [...new Set([...old.keys(), ...current.keys()])].flatMap((field) => {
    const was = old.get(field)
    const is = current.get(field)
    return was === is
      ? []
      : [{ field, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }]
  })
}

/** Every field with its path; a list of words is one field, a list of members one for each. */
const leavesOf = (value: object, path = ""): ReadonlyMap<string, string> => {
  const leaves = new Map<string, string>()
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    const field = path === "" ? key : `${path}.${key}`
    if (key === "members")
      for (const member of item as ReadonlyArray<Member>)
        leaves.set(`${field}.${memberKey(member)}`, memberText(member))
    else if (Array.isArray(item)) leaves.set(field, item.map((word) => JSON.stringify(canonical(word))).join(", "))
    else if (typeof item === "object" && item !== null)
      for (const [below, text] of leavesOf(item, field)) leaves.set(below, text)
    else leaves.set(field, String(item))
  }
  return leaves
}

const memberKey = ({ cas, ec, names }: Member): string => cas ?? ec ?? names?.[0] ?? ""

const memberText = ({ ec, formula, names = [] }: Member): string =>
  [names.join("; "), ...(formula === undefined ? [] : [formula]), ...(ec === undefined ? [] : [`EC ${ec}`])].join(", ")

/** The changes as lines of at most `width` characters, for people. */
export const ruleSetDiffText = (diff: RuleSetDiff, width = 80): string => {
  const { from, to, fields, rules, exemptions } = diff
  const lines = [
    `${from.id} ${from.version} → ${to.id === from.id ? "" : `${to.id} `}${to.version}`,
    ...(from.hash === to.hash ? ["no difference"] : []),
    ...fields.map((change) => `  ${fieldText(change)}`),
    ...entriesText("rules", rules, ({ id, name, limitPpm, comparison }) =>
      [id, name, limitPpm === undefined ? comparison : `${comparison} ${limitPpm} ppm`].join("  ")
    ),
    ...entriesText("exemptions", exemptions, ({ id, scope, lastDay = "no last day" }) =>
      [id, lastDay, scope].join("  ")
    )
  ]
  return lines.map((line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line)).join("\n")
}

const entriesText = <A>(
  what: string,
  { added, removed, changed }: EntriesDiff<A>,
  textOf: (entry: A) => string
): ReadonlyArray<string> =>
  added.length + removed.length + changed.length === 0
    ? []
    : [
        `${what}: ${added.length} added, ${removed.length} removed, ${changed.length} changed`,
        ...added.map((entry) => `+ ${textOf(entry)}`),
        ...removed.map((entry) => `- ${textOf(entry)}`),
        ...changed.flatMap(({ id, name, fields }) => [
          `~ ${id}  ${name}`,
          ...fields.map((one) => `    ${fieldText(one)}`)
        ])
      ]

const fieldText = ({ field, before, after }: FieldChange): string =>
  before === undefined
    ? `${field}: added ${after}`
    : after === undefined
      ? `${field}: removed ${before}`
      : `${field}: ${before} → ${after}`
