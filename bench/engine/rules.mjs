/** One rule a substance, at the level of the article: the workload in the form of a rule set. */
import { substances } from "./generate.mjs"

const source = { text: "made up for the benchmark", standing: "primary", taken: "2026-11-23" }

export const ruleOf = (substance, limit) => ({
  id: `rule-${substance}`,
  name: `Substance ${substance}`,
  level: "article",
  comparison: "above",
  limitPpm: String(limit),
  basis: "compound",
  aggregation: "single",
  members: [{ names: [`substance ${substance}`] }],
  outcome: "non-compliant",
  source
})

export const ruleSetOf = (limitOf) => ({
  id: "benchmark",
  version: "1",
  title: "Benchmark",
  undeclared: "not-applicable",
  rules: Array.from({ length: substances }, (_, substance) => ruleOf(substance, limitOf(substance))),
  exemptions: []
})
