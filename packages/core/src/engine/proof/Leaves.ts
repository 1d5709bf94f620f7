/** The ends of a proof. */
import type { Evidence, Finding, Reason } from "../../domain/Verdict.ts"
import { claimedIn } from "../Exempt.ts"
import type { Working } from "../Judge.ts"
import type { Exemption, RuleSet, Source } from "../Rule.ts"
import type {
  EvidenceNode,
  ExemptionNode,
  NoteNode,
  OmittedNode,
  OverrideNode,
  ReasonNode,
  RemedyNode,
  SourceNode
} from "./Proof.ts"
import { sourceText, statusText } from "./Words.ts"

export const evidenceNode = (evidence: Evidence): EvidenceNode => ({
  kind: "evidence",
  text: `${evidence.document}, line ${evidence.line}${evidence.text === undefined ? "" : `: "${evidence.text}"`}, sha256 ${evidence.sha256.slice(0, 16)}…`,
  evidence,
  children: []
})

export const reasonNode = ({ code, message }: Reason): ReasonNode => ({
  kind: "reason",
  code,
  text: `${message} (${code})`,
  children: []
})

export const noteNode = ({ code, message }: Reason): NoteNode => ({
  kind: "note",
  code,
  text: `${message} (${code})`,
  children: []
})

export const remedyNode = (text: string): RemedyNode => ({ kind: "remedy", text, children: [] })

export const omittedNode = (count: number, text: string): OmittedNode => ({
  kind: "omitted",
  count,
  text,
  children: []
})

export const sourceNode = (source: Source): SourceNode => ({
  kind: "source",
  text: sourceText(source),
  source,
  children: []
})

export const overrideNode = ({ status, outcome, override }: Finding): ReadonlyArray<OverrideNode> =>
  override === undefined
    ? []
    : [
        {
          kind: "override",
          ...override,
          status,
          text: `Decided by ${override.by} on ${override.on}: ${statusText(status, outcome)}, because "${override.reason}" (${override.id}). The evidence by itself gives: ${statusText(override.calculated, outcome)}.`,
          children: []
        }
      ]

/** The exemptions that the rows behind a finding claim, with their dates. */
export const exemptionNodes = (working: Working | undefined, ruleSet: RuleSet): ReadonlyArray<ExemptionNode> => {
  const claims = new Map<string, ReadonlyArray<Exemption>>()
  for (const { witnesses } of working?.contributions ?? [])
    for (const { declaration } of witnesses)
      for (const { claim, exemptions } of claimedIn(declaration, ruleSet)) claims.set(claim, exemptions)
  return [...claims].flatMap(([claim, exemptions]) =>
    exemptions.length === 0 ? [unknownExemption(claim)] : exemptions.map(exemptionNode)
  )
}

const unknownExemption = (id: string): ExemptionNode => ({
  kind: "exemption",
  id,
  known: false,
  text: `Exemption ${id} is claimed; it is not in the rule set.`,
  children: []
})

const exemptionNode = (exemption: Exemption): ExemptionNode => {
  const { id, scope, maxPpm, minPpm, validFrom, lastDay, renewalPending, categories, source } = exemption
  const bounds = [
    ...(categories === undefined ? [] : [`for categories ${categories.join(", ")}`]),
    ...(minPpm === undefined ? [] : [`from ${minPpm} ppm`]),
    ...(maxPpm === undefined ? [] : [`up to ${maxPpm} ppm`]),
    ...(validFrom === undefined ? [] : [`from ${validFrom}`]),
    ...(lastDay === undefined ? ["no last day"] : [`last day ${lastDay}`]),
    ...(renewalPending === true ? ["its renewal is applied for"] : [])
  ]
  return {
    kind: "exemption",
    id,
    known: true,
    scope,
    ...(maxPpm === undefined ? {} : { maxPpm }),
    ...(minPpm === undefined ? {} : { minPpm }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(lastDay === undefined ? {} : { lastDay }),
    text: `Exemption ${id} is claimed: ${scope}; ${bounds.join(", ")}.`,
    children: [sourceNode(source)]
  }
}
