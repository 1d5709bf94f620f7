/** The proof of a verdict in words: from the status down to the document and the line. */
import { rank } from "../domain/Status.ts"
import type { Finding, PartVerdict } from "../domain/Verdict.ts"

export interface Explanation {
  readonly headline: string
  readonly steps: ReadonlyArray<{ readonly depth: number; readonly text: string }>
}

export interface ExplainedChild {
  readonly partNumber: string
  readonly quantity: string
  readonly status: PartVerdict["status"]
}

export const explain = (verdict: PartVerdict, children: ReadonlyArray<ExplainedChild> = []): Explanation => {
  const worstFirst = [...verdict.findings].sort((a, b) => rank(b.status) - rank(a.status))
  const decisive = children.filter((child) => child.status === verdict.status && verdict.ownStatus !== verdict.status)
  const listed = decisive.length > 0 ? decisive : children
  return {
    headline: `${verdict.partNumber} is ${verdict.status}${because(verdict, worstFirst[0], decisive)}`,
    steps: [
      ...verdict.reasons.map((reason) => ({ depth: 0, text: `${reason.message} (${reason.code})` })),
      ...worstFirst.flatMap(findingSteps),
      ...(verdict.findingsOmitted > 0
        ? [{ depth: 0, text: `${verdict.findingsOmitted} further rows are judged and no worse than those listed.` }]
        : []),
      ...listed.map((child) => ({
        depth: 0,
        text: `Contains ${child.quantity} × ${child.partNumber}: ${child.status}`
      })),
      { depth: 0, text: `Facts ${verdict.factsHash}` }
    ]
  }
}

const because = (verdict: PartVerdict, worst: Finding | undefined, decisive: ReadonlyArray<ExplainedChild>): string => {
  if (decisive.length > 0)
    return ` because of ${decisive.length === 1 ? "one part" : `${decisive.length} parts`} it contains.`
  const reason = verdict.reasons[0]
  if (reason !== undefined) return `: ${reason.message}`
  if (worst === undefined) return "."
  if (worst.range !== undefined && worst.status === "non-compliant")
    return `: ${worst.substance.name} at ${concentrationText(worst)} ppm against a limit of ${worst.limitPpm} ppm.`
  if (worst.ppm === undefined) return `: ${worst.reason?.message ?? ""}`
  if (worst.status === "compliant") return ": nothing declared is above its limit."
  const ppm = worst.ppm === worst.limitPpm ? `just above ${worst.ppm}` : worst.ppm
  return `: ${worst.substance.name} at ${ppm} ppm against a limit of ${worst.limitPpm} ppm.`
}

/** The concentration or its bounds, without the unit. */
export const concentrationText = ({ ppm, range }: Finding): string => {
  if (range === undefined) return ppm ?? ""
  const { low, lowOpen, high, highOpen } = range
  if (high === undefined) return `${lowOpen ? "more than" : "at least"} ${low}`
  return low === "0" ? `${highOpen ? "less than" : "at most"} ${high}` : `${low} to ${high}`
}

const findingSteps = (finding: Finding): ReadonlyArray<{ readonly depth: number; readonly text: string }> => [
  {
    depth: 0,
    text: `${finding.substance.name}: ${finding.status} by ${finding.rule}${
      concentrationText(finding) === ""
        ? ""
        : `, ${concentrationText(finding)} ppm, limit ${finding.limitPpm} ppm at ${finding.level} level`
    }`
  },
  ...(finding.arithmetic === undefined ? [] : [{ depth: 1, text: finding.arithmetic }]),
  ...(finding.reason === undefined ? [] : [{ depth: 1, text: `${finding.reason.message} (${finding.reason.code})` }]),
  ...finding.evidence.map((evidence) => ({
    depth: 1,
    text: `${evidence.document}, line ${evidence.line}${evidence.text === undefined ? "" : `: "${evidence.text}"`}, sha256 ${evidence.sha256.slice(0, 16)}…`
  }))
]

/** The explanation as plain text, two spaces a level. */
export const explanationText = (explanation: Explanation): string =>
  [explanation.headline, ...explanation.steps.map((step) => `${"  ".repeat(step.depth + 1)}${step.text}`)].join("\n")
