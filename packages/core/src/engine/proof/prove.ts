/** Builds the proof of a node's verdict from the judgement alone. */
import * as Decimal from "../../domain/Decimal.ts"
import { partKey } from "../../domain/Part.ts"
import { rank } from "../../domain/Status.ts"
import type { Finding, PartVerdict } from "../../domain/Verdict.ts"
import type { Facts } from "../Facts.ts"
import { type Judgement, judgements } from "../Judge.ts"
import type { JudgedProduct } from "../Rollup.ts"
import { type RuleSet, ruleSetHash } from "../Rule.ts"
import { ENGINE_VERSION } from "../Version.ts"
import { calculation } from "./Calculation.ts"
import { type Descendant, descendants } from "./Decisive.ts"
import { headline } from "./Headline.ts"
import {
  evidenceNode,
  exemptionNodes,
  noteNode,
  omittedNode,
  overrideNode,
  reasonNode,
  remedyNode,
  sourceNode
} from "./Leaves.ts"
import {
  type FindingNode,
  type PartNode,
  type Proof,
  type ProofLimits,
  type ProofNode,
  proofLimits,
  type RegulationNode,
  type RuleNode
} from "./Proof.ts"
import { partRemedy, remedies } from "./Remedy.ts"
import { foundText, limitText, ruleText, standingText, statusText } from "./Words.ts"

export interface ProveOptions {
  /** Only findings of rules that begin so: `eu-rohs`, `eu-rohs/lead`. */
  readonly rule?: string | undefined
  readonly limits?: Partial<ProofLimits> | undefined
}

interface Context {
  readonly judged: JudgedProduct
  readonly verdicts: ReadonlyMap<string, PartVerdict>
  readonly rule: string
  readonly limits: ProofLimits
}

/** The proof of the verdict on a part, an assembly or the product; undefined when the BOM does not hold it. */
export const prove = (judged: JudgedProduct, partNumber: string, options: ProveOptions = {}): Proof | undefined => {
  const { asOf, knownAt } = judged.options
  const verdicts = new Map([judged.root, ...judged.product.parts].map((verdict) => [verdict.key, verdict]))
  const verdict = verdicts.get(partKey(partNumber))
  const limits = { ...proofLimits, ...options.limits }
  if (verdict === undefined) return undefined
  return {
    engine: ENGINE_VERSION,
    asOf,
    ...(knownAt === undefined ? {} : { knownAt }),
    limits,
    root: rootNode({ judged, verdicts, rule: options.rule ?? "", limits }, verdict)
  }
}

const rootNode = (context: Context, verdict: PartVerdict): PartNode => {
  const own = partNode(context, verdict, () => true)
  if (!verdict.assembly) return own
  const { root, bom } = { root: verdict, bom: context.judged.bom }
  const deciding = (key: string): boolean => decides(context, verdict, context.verdicts.get(key))
  const below = descendants(bom, root.key, deciding, context.limits)
  const parts = below.listed.map((descendant) => descendantNode(context, verdict, descendant))
  const more =
    below.omitted === 0 ? [] : [omittedNode(below.omitted, `${below.omitted} further parts below decide as well.`)]
  const facts = own.children[own.children.length - 1] as ProofNode
  return {
    ...own,
    text: headline(verdict, own, below.listed.length + below.omitted),
    children: [...own.children.slice(0, -1), ...parts, ...more, facts]
  }
}

/** Whether a part's own findings are as bad as the assembly's worst, by restriction or by duty. */
const decides = (context: Context, assembly: PartVerdict, part: PartVerdict | undefined): boolean => {
  if (part === undefined) return false
  const isWorst = isDecisive(assembly)
  return (
    (part.ownStatus === assembly.status && part.reasons.length > 0 && isListed(assembly.status)) ||
    part.findings.some((finding) => isWorst(finding) && finding.rule.startsWith(context.rule))
  )
}

const isListed = (status: Finding["status"]): boolean => rank(status) >= 2

/** Findings that give the worst restriction or the worst duty; what is simply in order decides nothing. */
const isDecisive =
  ({ status, duty }: PartVerdict) =>
  (finding: Finding): boolean =>
    isListed(finding.status) && finding.status === (finding.outcome === undefined ? status : duty)

const descendantNode = (context: Context, assembly: PartVerdict, descendant: Descendant): PartNode => {
  const verdict = context.verdicts.get(descendant.key) as PartVerdict
  const node = partNode(context, verdict, isDecisive(assembly))
  const { path, stepsOmitted, quantity, usedIn } = descendant
  const steps = path.map(({ partNumber, quantity: pieces }, index) =>
    index === 0 ? partNumber : `${pieces} × ${partNumber}`
  )
  if (stepsOmitted > 0) steps.splice(Math.floor(context.limits.steps / 2), 0, `… ${stepsOmitted} steps …`)
  const ways = usedIn > 1 ? `, used in ${usedIn} places` : ""
  return {
    ...node,
    path,
    ...(stepsOmitted === 0 ? {} : { stepsOmitted }),
    quantity,
    usedIn,
    text: `${node.text} [${steps.join(" > ")}; ${quantity} in all${ways}]`
  }
}

const partNode = (context: Context, verdict: PartVerdict, include: (finding: Finding) => boolean): PartNode => {
  const { judged } = context
  const facts = judged.facts.get(verdict.key) as Facts
  const { name, massGrams, partNumber, status, duty, factsHash, findingsOmitted } = verdict
  const found = findingsOf(context, verdict, facts).filter(
    ({ finding }) => finding.rule.startsWith(context.rule) && include(finding)
  )
  const listed = found.slice(0, context.limits.findings)
  const more = found.length - listed.length
  const node = {
    kind: "part" as const,
    role:
      verdict.key === judged.bom.product
        ? ("product" as const)
        : verdict.assembly
          ? ("assembly" as const)
          : ("part" as const),
    partNumber,
    ...(name === undefined ? {} : { name }),
    status,
    duty,
    ...(massGrams === undefined ? {} : { massGrams }),
    factsHash,
    text: "",
    children: [
      ...verdict.reasons.flatMap((reason) => [reasonNode(reason), ...partRemedy(facts, reason).map(remedyNode)]),
      ...judged.ruleSets.flatMap((ruleSet) => regulationNode(context, facts, ruleSet, listed)),
      ...(more === 0 ? [] : [omittedNode(more, `${more} further findings, none of them worse.`)]),
      ...(findingsOmitted === 0
        ? []
        : [
            omittedNode(findingsOmitted, `${findingsOmitted} further rows are counted and no worse than those listed.`)
          ]),
      factsNode(facts)
    ]
  }
  return { ...node, text: headline(verdict, node, 0) }
}

interface Proven extends Judgement {
  readonly ruleSet: RuleSet
}

/** The findings of the verdict, worst first, each with its working: the judgement is made again for this one part. */
const findingsOf = ({ judged }: Context, verdict: PartVerdict, facts: Facts): ReadonlyArray<Proven> => {
  const again = judged.ruleSets.flatMap((ruleSet) =>
    judgements(facts, ruleSet, judged.options, verdict.key === judged.bom.product).map((one) => ({ ...one, ruleSet }))
  )
  return again
    .map((one, index) => ({ ...one, finding: verdict.findings[index] ?? one.finding }))
    .sort((a, b) => rank(b.finding.status) - rank(a.finding.status))
}

const regulationNode = (
  context: Context,
  facts: Facts,
  ruleSet: RuleSet,
  found: ReadonlyArray<Proven>
): ReadonlyArray<RegulationNode> => {
  const own = found.filter((one) => one.ruleSet === ruleSet)
  const [worst] = own
  if (worst === undefined) return []
  const { id, version, title, notice } = ruleSet
  const standing = standingText(ruleSet)
  const { status, outcome } = worst.finding
  return [
    {
      kind: "regulation",
      id,
      version,
      title,
      hash: ruleSetHash(ruleSet),
      status,
      text: `${title} (${id}, version ${version}): ${statusText(status, outcome)}`,
      children: [
        ...[...(notice === undefined ? [] : [notice]), ...(standing === undefined ? [] : [standing])].map((message) =>
          noteNode({ code: "rules.notice", message })
        ),
        ...own.map((one) => findingNode(context, facts, one))
      ]
    }
  ]
}

const findingNode = (context: Context, facts: Facts, { finding, rule, ruleSet, working }: Proven): FindingNode => {
  const { asOf, ranges = "indeterminate" } = context.judged.options
  const found = foundText(finding)
  const against = finding.limitPpm === undefined || found === "" ? "" : ` against ${finding.limitPpm} ppm`
  const calculated =
    working === undefined
      ? []
      : calculation({ facts, level: finding.level, rule, ranges, asOf, limits: context.limits }, working)
  const shown = new Set(calculated.flatMap((node) => (node.kind === "term" ? node.children : [])).flatMap(lineOf))
  const rows = finding.evidence.map(evidenceNode).filter((node) => !shown.has(lineOf(node)[0] ?? ""))
  const rest = rows.slice(0, context.limits.rows)
  const omitted = calculated.some(({ kind }) => kind === "omitted") ? 0 : rows.length - rest.length
  return {
    kind: "finding",
    rule: finding.rule,
    status: finding.status,
    finding,
    text: `${finding.substance.name}${finding.material === undefined ? "" : ` in ${finding.material}`}: ${statusText(finding.status, finding.outcome)}${found === "" ? "" : `, ${found}${against}`} (${finding.rule})`,
    children: [
      ...overrideNode(finding),
      ...(rule === undefined ? ownLimit(finding) : [ruleNode({ text: ruleText(rule), rule })]),
      ...calculated,
      ...exemptionNodes(working, ruleSet),
      ...(finding.reason === undefined ? [] : [reasonNode(finding.reason)]),
      ...(finding.notes ?? []).map(noteNode),
      ...(calculated.some(({ kind }) => kind === "omitted") ? [] : rest),
      ...(omitted === 0 ? [] : [omittedNode(omitted, `${omitted} further rows say so as well.`)]),
      ...remedies({ facts, ruleSet, rule, working, asOf }, finding).map(remedyNode)
    ]
  }
}

const lineOf = (node: ProofNode): ReadonlyArray<string> =>
  node.kind === "evidence" ? [`${node.evidence.sha256} ${node.evidence.line} ${node.evidence.text}`] : []

const ruleNode = ({ text, rule }: { readonly text: string; readonly rule: NonNullable<Proven["rule"]> }): RuleNode => {
  const { effectiveFrom, effectiveTo, listedOn, source } = rule
  const dates = [
    ...(effectiveFrom === undefined ? [] : [`in force from ${effectiveFrom}`]),
    ...(effectiveTo === undefined ? [] : [`until ${effectiveTo}`]),
    ...(listedOn === undefined ? [] : [`on the list since ${listedOn}`])
  ]
  return {
    kind: "rule",
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
    ...(effectiveTo === undefined ? {} : { effectiveTo }),
    ...(listedOn === undefined ? {} : { listedOn }),
    text: dates.length === 0 ? text : `${text} It is ${dates.join(", ")}.`,
    children: [sourceNode(source)]
  }
}

/** A row's own limit has no source in the law; a statement about a list has no limit. */
const ownLimit = (finding: Finding): ReadonlyArray<RuleNode> =>
  finding.limitPpm === undefined
    ? []
    : [{ kind: "rule", text: `${limitText(finding)} The declaration itself states the limit.`, children: [] }]

const factsNode = ({ hash, massGrams, declarations, omitted }: Facts): ProofNode => ({
  kind: "note",
  code: "facts",
  text: `Facts ${hash}: ${massGrams === undefined ? "mass not known" : `${Decimal.toText(massGrams)} g`}, ${declarations.length + omitted} declared rows`,
  children: []
})
