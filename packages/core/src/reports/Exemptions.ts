/** Every exemption that is used or claimed: for which parts, until when, and what fails once it has ended. */

import { dayAfter, daysBetween } from "../domain/Day.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { canonical } from "../domain/Hash.ts"
import type { FindingStatus } from "../domain/Status.ts"
import type { Evidence, Finding, PartVerdict, Reason } from "../domain/Verdict.ts"
import { claimsOf, loose } from "../engine/Exempt.ts"
import type { Facts } from "../engine/Facts.ts"
import { judge } from "../engine/Judge.ts"
import { overridden } from "../engine/Override.ts"
import type { Exemption, RuleSet } from "../engine/Rule.ts"
import { csvFile } from "./Csv.ts"
import { headOf, type Judgement, nodesOf, type ReportHead, rowsBehind, ruleFinder } from "./Judgement.ts"
import { type Path, type Paths, pathsOf } from "./Paths.ts"
import { findingsBy } from "./Standing.ts"
import * as Text from "./Text.ts"

/** What a claim does for a finding: it covers it, the finding keeps its limit anyway, it is refused, or the finding is unknown. */
export type ClaimOutcome = "used" | "not-needed" | "refused" | "open"

export interface ExemptionClaim {
  readonly partNumber: string
  readonly name: string | undefined
  readonly path: Path
  readonly rule: string
  readonly substance: string
  /** The concentration and its limit in words. */
  readonly measured: string
  readonly outcome: ClaimOutcome
  /** Why it is refused, or what the finding says of it. */
  readonly reason: Reason | undefined
  /** What becomes of the finding when the exemption has ended, other claims of the same row considered; of claims in use. */
  readonly afterwards: FindingStatus | undefined
  readonly evidence: ReadonlyArray<Evidence>
}

export type ExemptionState = "in-force" | "not-yet" | "renewal-pending" | "ended" | "unknown"

export interface CalendarEntry {
  readonly exemption: string
  /** `unknown` when no rule set holds an exemption of this id. */
  readonly state: ExemptionState
  readonly regulations: ReadonlyArray<string>
  readonly scope: string | undefined
  readonly categories: ReadonlyArray<string> | undefined
  readonly validFrom: string | undefined
  /** The last day on which a product may be placed on the market with it. */
  readonly lastDay: string | undefined
  /** Days from `asOf` to the last day: 0 on that day itself, negative once it is past. */
  readonly daysLeft: number | undefined
  readonly renewalPending: boolean
  readonly source: Exemption["source"] | undefined
  readonly claims: ReadonlyArray<ExemptionClaim>
}

export interface ExemptionReport extends ReportHead<"exemptions"> {
  /** By last day, those without one after them, unknown ones at the end. */
  readonly exemptions: ReadonlyArray<CalendarEntry>
  /** Claims on rows that no finding rests on: of substances that no rule limits, or beside a row that says worse. */
  readonly unjudged: ReadonlyArray<{
    readonly exemption: string
    readonly partNumber: string
    readonly substance: string
    readonly document: string
    readonly line: number
  }>
}

interface Claimed {
  readonly ruleSet: RuleSet
  readonly part: PartVerdict
  readonly facts: Facts
  readonly finding: Finding
  readonly claim: string
}

export const exemptionsReport = (judgement: Judgement): ExemptionReport => {
  const paths = pathsOf(judgement)
  const claimed = claimedIn(judgement)
  const entries = new Map<string, { readonly exemption: Exemption | undefined; readonly claims: Array<Claimed> }>()
  for (const one of claimed)
    for (const exemption of exemptionsOf(one)) {
      const key = JSON.stringify(exemption === undefined ? [loose(one.claim)] : termsOf(exemption))
      const entry = entries.get(key)
      if (entry === undefined) entries.set(key, { exemption, claims: [one] })
      else entry.claims.push(one)
    }
  return {
    ...headOf("exemptions", judgement),
    exemptions: [...entries.values()]
      .map(({ exemption, claims }) => entryOf(judgement, exemption, claims, paths))
      .sort(byEnd),
    unjudged: unjudgedIn(judgement, claimed)
  }
}

const unjudgedIn = (judgement: Judgement, claimed: ReadonlyArray<Claimed>): ExemptionReport["unjudged"] => {
  const judged = new Set(
    claimed.flatMap(({ part, claim, finding }) =>
      finding.evidence.map(({ sha256, line }) => JSON.stringify([part.key, loose(claim), sha256, line]))
    )
  )
  return nodesOf(judgement).flatMap(({ key, partNumber }) =>
    (judgement.facts.get(key)?.declarations ?? []).flatMap((row) =>
      claimsOf(row).flatMap((exemption) => {
        const { sha256, line, document } = row.source
        return judged.has(JSON.stringify([key, loose(exemption), sha256, line]))
          ? []
          : [{ exemption, partNumber, substance: row.substance, document, line }]
      })
    )
  )
}

/** Every claim, with each finding that rests on its row. */
const claimedIn = (judgement: Judgement): ReadonlyArray<Claimed> => {
  const ruleOf = ruleFinder(judgement.rules)
  return nodesOf(judgement).flatMap((part) => {
    const facts = judgement.facts.get(part.key)
    if (facts === undefined || !facts.declarations.some(hasClaim)) return []
    return judgement.rules.flatMap((ruleSet) =>
      findingsBy(part, ruleSet).flatMap((finding) => {
        const rows = rowsBehind(finding, facts, ruleOf(finding))
        const claims = new Map(rows.flatMap(claimsOf).map((claim) => [loose(claim), claim]))
        return [...claims.values()].map((claim) => ({ ruleSet, part, facts, finding, claim }))
      })
    )
  })
}

const hasClaim = ({ exemption }: Declaration): boolean => exemption !== undefined

const exemptionsOf = ({ ruleSet, claim }: Claimed): ReadonlyArray<Exemption | undefined> => {
  const known = ruleSet.exemptions.filter(({ id }) => loose(id) === loose(claim))
  return known.length === 0 ? [undefined] : known
}

/** The same exemption in several rule sets is one entry. */
const termsOf = ({ source: _source, members: _members, ...terms }: Exemption): unknown => canonical(terms)

const stateOf = ({ validFrom, lastDay, renewalPending }: Exemption, asOf: string): ExemptionState =>
  validFrom !== undefined && asOf < validFrom
    ? "not-yet"
    : lastDay === undefined || asOf <= lastDay
      ? "in-force"
      : renewalPending === true
        ? "renewal-pending"
        : "ended"

const entryOf = (
  judgement: Judgement,
  exemption: Exemption | undefined,
  claims: ReadonlyArray<Claimed>,
  paths: Paths
): CalendarEntry => {
  const [first] = claims as readonly [Claimed]
  const rejudged = afterwards(judgement, exemption)
  return {
    exemption: exemption?.id ?? first.claim,
    state: exemption === undefined ? "unknown" : stateOf(exemption, judgement.asOf),
    regulations: [...new Set(claims.map(({ ruleSet }) => ruleSet.id))],
    scope: exemption?.scope,
    categories: exemption?.categories,
    validFrom: exemption?.validFrom,
    lastDay: exemption?.lastDay,
    daysLeft: exemption?.lastDay === undefined ? undefined : daysBetween(judgement.asOf, exemption.lastDay),
    renewalPending: exemption?.renewalPending === true,
    source: exemption?.source,
    claims: claims.map((claimed) => {
      const { part, finding } = claimed
      const outcome = outcomeOf(claimed, exemption)
      return {
        partNumber: part.partNumber,
        name: part.name,
        path: paths.first(part.key),
        rule: finding.rule,
        substance: finding.substance.name,
        measured: Text.measuredText(finding),
        outcome,
        reason: finding.reason,
        afterwards: outcome === "used" ? rejudged(claimed) : undefined,
        evidence: finding.evidence
      }
    })
  }
}

const outcomeOf = ({ finding, claim }: Claimed, exemption: Exemption | undefined): ClaimOutcome => {
  const { status, reason } = finding
  if (status === "exempt") {
    const names = (id: string) => reason?.message.startsWith(`Exemption ${id}:`) === true
    return names(exemption?.id ?? claim) || reason?.code !== "exemption.valid" ? "used" : "not-needed"
  }
  if (status === "non-compliant" || status === "above-threshold") return "refused"
  return status === "unknown" ? "open" : "not-needed"
}

/** Judges a part again without an exemption, on the day after its end; on the day itself when that is past or not set. */
const afterwards = (judgement: Judgement, exemption: Exemption | undefined) => {
  const { asOf, root } = judgement
  const day = exemption?.lastDay === undefined || exemption.lastDay < asOf ? asOf : dayAfter(exemption.lastDay)
  const ended = new Map<RuleSet, RuleSet>()
  const found = new Map<string, ReadonlyArray<Finding>>()
  return ({ ruleSet, facts, part, finding }: Claimed): FindingStatus | undefined => {
    const without = ended.get(ruleSet) ?? {
      ...ruleSet,
      exemptions: ruleSet.exemptions.filter((one) => exemption === undefined || !isSame(one, exemption))
    }
    ended.set(ruleSet, without)
    const key = JSON.stringify([ruleSet.id, part.key])
    const again =
      found.get(key) ??
      judge(facts, without, { ...judgement, asOf: day }, part.key === root.key).map((one) =>
        overridden(one, part.key, { ...judgement, asOf: day })
      )
    found.set(key, again)
    return again.find((one) => one.rule === finding.rule && hasSameEvidence(one, finding))?.status
  }
}

const isSame = (a: Exemption, b: Exemption): boolean =>
  a === b || JSON.stringify(termsOf(a)) === JSON.stringify(termsOf(b))

const hasSameEvidence = (a: Finding, b: Finding): boolean => JSON.stringify(a.evidence) === JSON.stringify(b.evidence)

const byEnd = (a: CalendarEntry, b: CalendarEntry): number => {
  const [left, right] = [endOf(a), endOf(b)]
  return left < right ? -1 : left > right ? 1 : a.exemption < b.exemption ? -1 : a.exemption > b.exemption ? 1 : 0
}

const endOf = ({ state, lastDay }: CalendarEntry): string => (state === "unknown" ? "~~" : (lastDay ?? "~"))

/** Parts that fail once the exemption has ended. */
export const failingAfter = ({ claims }: CalendarEntry): ReadonlySet<string> =>
  new Set(claims.flatMap(({ partNumber, afterwards }) => (afterwards === "non-compliant" ? [partNumber] : [])))

export const exemptionsCsv = ({ exemptions, asOf, product }: ExemptionReport): string =>
  csvFile(
    [
      "product",
      "as_of",
      "exemption",
      "state",
      "last_day",
      "days_left",
      "renewal_pending",
      "scope",
      "categories",
      "part_number",
      "path",
      "rule",
      "substance",
      "measured",
      "outcome",
      "afterwards",
      "code",
      "message",
      "evidence",
      "source"
    ],
    exemptions.flatMap((entry) =>
      entry.claims.map((claim) => [
        product.partNumber,
        asOf,
        entry.exemption,
        entry.state,
        entry.lastDay,
        entry.daysLeft,
        entry.renewalPending ? "yes" : "no",
        entry.scope,
        entry.categories?.join("; "),
        claim.partNumber,
        Text.pathText(claim.path),
        claim.rule,
        claim.substance,
        claim.measured,
        claim.outcome,
        claim.afterwards,
        claim.reason?.code,
        claim.reason?.message,
        claim.evidence.map(Text.evidenceText).join("; "),
        entry.source?.text
      ])
    )
  )

/** Claims listed of one exemption in a text. */
const MAX_CLAIMS = 50

export const exemptionsText = (report: ExemptionReport): string =>
  Text.textOf([
    ...Text.titleLines(report, `Exemption calendar, as of ${report.asOf}`),
    "",
    ...(report.exemptions.length === 0
      ? ["No declaration claims an exemption."]
      : [
          row("last day", "days left", "exemption", "state", "in use", "then fail"),
          Text.ruleLine,
          ...report.exemptions.map(entryRow),
          "",
          ...Text.wrapped("In use and then fail: distinct parts. Last day: of placing on the market.", 0, 0),
          ...report.exemptions.flatMap(entryLines)
        ]),
    ...(report.unjudged.length === 0
      ? []
      : [
          "",
          "Claimed, but no finding rests on the row:",
          ...Text.listed(report.unjudged, MAX_CLAIMS, ({ exemption, partNumber, substance, document, line }) =>
            Text.wrapped(`${exemption} for ${substance} in ${partNumber} (${document} line ${line})`, 2)
          )
        ])
  ])

const row = (day: string, left: string, id: string, state: string, used: string, fail: string): string =>
  `${Text.cell(day, 12)}${Text.numberCell(left, 9)}  ${Text.cell(id, 18)} ${Text.cell(state, 16)}${Text.numberCell(used, 9)}${Text.numberCell(fail, 11)}`

const entryRow = (entry: CalendarEntry): string =>
  row(
    entry.lastDay ?? "none",
    entry.daysLeft === undefined ? "" : String(entry.daysLeft),
    entry.exemption,
    entry.state,
    String(partsWith(entry, "used").size),
    String(failingAfter(entry).size)
  )

const partsWith = ({ claims }: CalendarEntry, outcome: ClaimOutcome): ReadonlySet<string> =>
  new Set(claims.filter((claim) => claim.outcome === outcome).map(({ partNumber }) => partNumber))

const entryLines = (entry: CalendarEntry): ReadonlyArray<string> => [
  "",
  ...Text.wrapped(`${entry.exemption}: ${entry.scope ?? "an exemption that no rule set here knows"}`),
  ...(entry.categories === undefined ? [] : Text.wrapped(`for categories ${entry.categories.join(", ")}`, 2)),
  ...(entry.renewalPending
    ? Text.wrapped("A renewal was applied for; it stays valid past its last day until that is decided.", 2)
    : []),
  ...(entry.source === undefined ? [] : Text.wrapped(`Source (${entry.source.standing}): ${entry.source.text}`, 2)),
  ...Text.listed(
    [...Map.groupBy(entry.claims, (claim) => claimHead(claim).join("\n")).values()],
    MAX_CLAIMS,
    (claims) => claimLines(entry, claims as [ExemptionClaim])
  )
]

const claimHead = ({ path, name, substance, measured, evidence: [first] }: ExemptionClaim): ReadonlyArray<string> => [
  ...Text.wrapped(`${Text.pathText(path)}${name === undefined ? "" : `, ${name}`}`, 2),
  ...Text.wrapped(
    `${substance}${measured === "" ? "" : ` ${measured}`}${first === undefined ? "" : ` (${Text.evidenceText(first)})`}`,
    4
  )
]

/** What several rule sets say of the same claim stands together. */
const claimLines = (
  { lastDay }: CalendarEntry,
  claims: readonly [ExemptionClaim, ...ReadonlyArray<ExemptionClaim>]
): ReadonlyArray<string> => [
  ...claimHead(claims[0]),
  ...claims.flatMap(({ rule, outcome, afterwards, reason }) =>
    Text.wrapped(`${rule}: ${outcomeText(outcome, afterwards, lastDay, reason)}`, 4)
  )
]

const outcomeText = (
  outcome: ClaimOutcome,
  afterwards: FindingStatus | undefined,
  lastDay: string | undefined,
  reason: Reason | undefined
): string => {
  switch (outcome) {
    case "used":
      return `in use; ${lastDay === undefined ? "without it" : `after ${lastDay}`} ${afterwards ?? "not judged"}`
    case "not-needed":
      return "not needed"
    default:
      return `${outcome === "refused" ? "refused" : "cannot be told"}${reason === undefined ? "" : `: ${reason.message} [${reason.code}]`}`
  }
}
