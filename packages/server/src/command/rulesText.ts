/** Rule sets as people read them in a terminal of 80 columns. */
import { type Rule, type RuleSet, ruleSetHash } from "@certivo/core"

const WIDTH = 80

const cell = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width)

const wrapped = (text: string): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1]
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.flatMap((line) => line.match(new RegExp(`.{1,${WIDTH}}`, "gu")) ?? [])
}

const standings = ["primary", "secondary", "unchecked"] as const

/** How many facts of a pack were read in the act or list itself, as others report them, or are still to be checked. */
export const sourcesOf = ({ rules, exemptions }: RuleSet): Readonly<Record<(typeof standings)[number], number>> => {
  const count = { primary: 0, secondary: 0, unchecked: 0 }
  for (const { source } of [...rules, ...exemptions]) count[source.standing]++
  return count
}

const sourcesText = (set: RuleSet): string => {
  const count = sourcesOf(set)
  return standings.flatMap((standing) => (count[standing] === 0 ? [] : [`${standing} ${count[standing]}`])).join(", ")
}

export const listText = (sets: ReadonlyArray<RuleSet>): string =>
  [
    `${cell("id", 17)} ${"rules".padStart(5)}  ${cell("version", 25)}  primary secondary unchecked`,
    "-".repeat(WIDTH),
    ...sets.map((set) => {
      const { primary, secondary, unchecked } = sourcesOf(set)
      const counts = `${String(primary).padStart(8)} ${String(secondary).padStart(9)} ${String(unchecked).padStart(9)}`
      return `${cell(set.id, 17)} ${String(set.rules.length).padStart(5)}  ${cell(set.version, 25)} ${counts}`
    }),
    ""
  ].join("\n")

const levels: Readonly<Record<Rule["level"], string>> = {
  "homogeneous-material": "material",
  article: "article",
  "packaging-component": "packaging",
  battery: "battery",
  product: "product",
  presence: "anywhere"
}

const placeOf = ({ level }: Rule): string => (level === "presence" ? "anywhere" : `in each ${levels[level]}`)

const limitOf = ({ comparison, limitPpm, element }: Rule): string => {
  const what = element === undefined ? "" : ` ${element}`
  if (limitPpm === undefined) return comparison
  return `${comparison === "above" ? ">" : "≥"} ${limitPpm} ppm${what}`
}

const headOf = (set: RuleSet): ReadonlyArray<string> => [
  ...wrapped(set.title),
  ...wrapped(`${set.id}, version ${set.version}`),
  `rules: ${set.rules.length}, exemptions: ${set.exemptions.length}, sources: ${sourcesText(set)}`,
  ruleSetHash(set),
  ...(set.notice === undefined ? [] : ["", ...wrapped(set.notice)])
]

/** The set with a line for each rule. */
export const showText = (set: RuleSet): string =>
  [
    ...headOf(set),
    "",
    `${cell("rule", 20)} ${cell("name", 26)} ${cell("in each", 9)} breaks it`,
    "-".repeat(WIDTH),
    ...set.rules.map((rule) =>
      `${cell(rule.id, 20)} ${cell(rule.name, 26)} ${cell(levels[rule.level], 9)} ${cell(limitOf(rule), 22)}`.trimEnd()
    ),
    ...(set.exemptions.length === 0
      ? []
      : [
          "",
          `${cell("exemption", 12)} ${cell("up to ppm", 9)} ${cell("last day", 10)} for`,
          "-".repeat(WIDTH),
          ...set.exemptions.map(({ id, maxPpm = "", lastDay = "", scope }) =>
            `${cell(id, 12)} ${cell(maxPpm, 9)} ${cell(lastDay, 10)} ${cell(scope, 46)}`.trimEnd()
          )
        ]),
    ""
  ].join("\n")

/** Single rules with all that is known of them. */
export const rulesText = (set: RuleSet, rules: ReadonlyArray<Rule>): string =>
  rules
    .flatMap((rule) => {
      const { scope, source } = rule
      const words = (name: string, list: ReadonlyArray<string> | undefined) =>
        list === undefined ? [] : wrapped(`${name}: ${list.join(", ")}`)
      const days = [
        rule.effectiveFrom === undefined ? "" : `from ${rule.effectiveFrom}`,
        rule.effectiveTo === undefined ? "" : `until ${rule.effectiveTo}`,
        rule.listedOn === undefined ? "" : `on the list since ${rule.listedOn}`
      ].filter((text) => text !== "")
      return [
        ...wrapped(`${set.id}/${rule.id}: ${rule.name}`),
        `${rule.outcome} when ${limitOf(rule)}, ${placeOf(rule)}, ${rule.aggregation === "sum" ? "all together" : "each by itself"}`,
        ...(days.length === 0 ? [] : [days.join(", ")]),
        ...words("only", scope?.categories),
        ...words("not", scope?.exceptCategories),
        ...words("materials", scope?.materials),
        ...(scope?.note === undefined ? [] : wrapped(scope.note)),
        ...wrapped(
          `source: ${source.text} (${source.standing}${source.taken === undefined ? "" : `, ${source.taken}`})`
        ),
        ...(source.url === undefined ? [] : [`  ${source.url}`]),
        ...rule.members.map(({ cas = "", ec = "", formula = "", names = [] }) =>
          `  ${cell(cas, 12)} ${cell(ec, 10)} ${cell(formula, 12)} ${cell(names[0] ?? "", 40)}`.trimEnd()
        ),
        ""
      ]
    })
    .join("\n")

/** What an import found, in short. */
export const importText = (set: RuleSet, written: string | undefined): string =>
  [...headOf(set), ...(written === undefined ? [] : ["", `written to ${written}`]), ""].join("\n")
