/** The exact judge as a portfolio asks it. */
import type { Part } from "../../domain/Part.ts"
import type { Facts } from "../Facts.ts"
import { judge } from "../Judge.ts"
import { overridden } from "../Override.ts"
import { type BomOptions, dutyStatus, restrictionStatus, worstBy } from "../Rollup.ts"
import type { RuleSet } from "../Rule.ts"
import type { Careful, Evidence } from "./Portfolio.ts"

/** @param partOf what is known of a part, beyond its mass and what is declared of it */
export const exactJudge =
  (partOf: (part: number) => Part, options: Omit<BomOptions, "asOf" | "knownAt">): Careful =>
  ({ part, ruleSet, asOf, isProduct, evidence }) => {
    const facts = factsOf(partOf, evidence, part, looksBelow(ruleSet))
    const findings = judge(facts, ruleSet, { ...options, asOf }, isProduct).map((finding) =>
      overridden(finding, facts.part.key, { ...options, asOf })
    )
    const worst = worstBy(options.rollup)
    return {
      status: worst(["not-applicable", ...findings.flatMap((finding) => restrictionStatus(finding) ?? [])]),
      duty: worst(["not-applicable", ...findings.flatMap((finding) => dutyStatus(finding) ?? [])])
    }
  }

const looksBelow = ({ rules }: RuleSet): boolean =>
  rules.some(({ level }) => level === "product" || level === "battery")

/** Facts without a hash: they are judged and forgotten. With `below`, those of everything below the part as well. */
const factsOf = (partOf: (part: number) => Part, evidence: Evidence, root: number, below: boolean): Facts => {
  const facts = new Map<number, Facts>()
  const order = below ? childrenFirst(evidence, root) : [root]
  for (const part of order) {
    const own = partOf(part)
    const lines = evidence.linesOf(part)
    const assembly = lines.length > 0
    facts.set(part, {
      part: own,
      massGrams: evidence.massOf(part),
      assembly,
      homogeneous: !assembly && own.material !== undefined,
      declarations: evidence.declarationsOf(part),
      omitted: 0,
      children: below ? lines.map(({ child, ...line }) => ({ facts: facts.get(child) as Facts, ...line })) : [],
      hash: ""
    })
  }
  return facts.get(root) as Facts
}

/** A node and everything below it, each once. */
const childrenFirst = (evidence: Evidence, root: number): ReadonlyArray<number> => {
  const order: Array<number> = []
  const seen = new Set([root])
  const path = [{ part: root, lines: evidence.linesOf(root), next: 0 }]
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const child = top.lines[top.next++]?.child
    if (child === undefined) {
      order.push(top.part)
      path.pop()
    } else if (!seen.has(child)) {
      seen.add(child)
      path.push({ part: child, lines: evidence.linesOf(child), next: 0 })
    }
  }
  return order
}
