/** The one sentence a person reads first. */
import type { Finding, PartVerdict } from "../../domain/Verdict.ts"
import type { PartNode, ProofNode } from "./Proof.ts"
import { foundText, statusText } from "./Words.ts"

/** @param deciding how many parts below decide the status */
export const headline = (verdict: PartVerdict, { children }: Pick<PartNode, "children">, deciding: number): string => {
  const findings = children.flatMap(findingsIn)
  const restriction = findings.find(({ outcome, status }) => outcome === undefined && status === verdict.ownStatus)
  const duty = findings.find(({ outcome, status }) => outcome !== undefined && status === "above-threshold")
  const told =
    duty !== undefined
      ? ` ${capital(statusText(duty.status, duty.outcome))}: ${measured(duty)}.`
      : verdict.duty === "above-threshold"
        ? " There is a duty to inform because of what it contains."
        : verdict.duty === "unknown"
          ? " Whether there is a duty to inform is unknown."
          : ""
  return `${verdict.partNumber} is ${verdict.status}${because(verdict, restriction, deciding)}${told}`
}

const findingsIn = (node: ProofNode): ReadonlyArray<Finding> =>
  node.kind === "finding" ? [node.finding] : node.kind === "regulation" ? node.children.flatMap(findingsIn) : []

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const because = (verdict: PartVerdict, worst: Finding | undefined, deciding: number): string => {
  if (verdict.ownStatus !== verdict.status && deciding > 0)
    return ` because of ${deciding === 1 ? "one part" : `${deciding} parts`} it contains.`
  const [reason] = verdict.reasons
  if (reason !== undefined) return `: ${reason.message}`
  if (worst === undefined) return "."
  if (worst.override !== undefined) return ` by decision of ${worst.override.by} on ${worst.override.on}.`
  if (verdict.status === "compliant") return ": nothing declared is above its limit."
  if (foundText(worst) === "") return worst.reason === undefined ? "." : `: ${worst.reason.message}`
  return `: ${measured(worst)}.`
}

const measured = (finding: Finding): string => {
  const noun = finding.outcome === undefined ? "limit" : "threshold"
  const found = foundText(finding)
  if (found === "") return finding.substance.name
  return `${finding.substance.name} at ${found}${finding.limitPpm === undefined ? "" : ` against a ${noun} of ${finding.limitPpm} ppm`}`
}
