/** Small products, judged. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type CheckResult, check, type Rule, type RuleSet } from "@certivo/core"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { assert } from "vitest"

const encode = (text: string) => new TextEncoder().encode(text)

export interface Node {
  readonly number: string
  readonly quantity?: string
  readonly grams?: string
  readonly material?: string
  readonly supplier?: string
  readonly children?: ReadonlyArray<Node>
}

const bomNode = ({ number, quantity, grams, material, supplier, children }: Node): object => ({
  partNumber: number,
  ...(quantity === undefined ? {} : { quantity }),
  ...(material === undefined ? {} : { material }),
  ...(supplier === undefined ? {} : { supplier }),
  ...(grams === undefined ? {} : { mass: { value: grams, unit: "g" } }),
  ...(children === undefined ? {} : { children: children.map(bomNode) })
})

export interface Given {
  readonly children: ReadonlyArray<Node>
  /** Rows below the header. */
  readonly rows: ReadonlyArray<string>
  readonly header?: string
  readonly rules?: ReadonlyArray<RuleSet>
  readonly asOf?: string
  readonly document?: string
}

/** `part_number,material,substance,cas,concentration,unit,exemption` */
export const HEADER = "part_number,material,substance,cas,concentration,unit,exemption"

export const judged = ({
  children,
  rows,
  header = HEADER,
  rules = [],
  asOf = "2026-11-23",
  document = "a.csv"
}: Given) =>
  Effect.runPromise(
    check({
      bom: {
        name: "bom.json",
        bytes: encode(JSON.stringify({ format: "certivo-bom/1", product: bomNode({ number: "P", children }) }))
      },
      declarations: [{ name: document, bytes: Stream.make(encode(`${[header, ...rows].join("\n")}\n`)) }],
      rules,
      asOf
    })
  )

const gateway = fileURLToPath(new URL("../../../../examples/edge-gateway/", import.meta.url))

export const edgeGateway = (asOf = "2026-11-23", rules: ReadonlyArray<RuleSet> = []): Promise<CheckResult> =>
  Effect.runPromise(
    check({
      bom: { name: "bom.json", bytes: readFileSync(`${gateway}bom.json`) },
      declarations: [{ name: "compliance.csv", bytes: Stream.make(readFileSync(`${gateway}compliance.csv`)) }],
      rules,
      asOf
    })
  )

const source = { text: "a test", standing: "unchecked" } as const

export const rule = (id: string, more: Partial<Rule> & Pick<Rule, "members">): Rule => ({
  id,
  name: id,
  level: "homogeneous-material",
  comparison: "above",
  limitPpm: "1000",
  basis: "compound",
  aggregation: "single",
  outcome: "non-compliant",
  source,
  ...more
})

export const ruleSet = (id: string, rules: ReadonlyArray<Rule>, more: Partial<RuleSet> = {}): RuleSet => ({
  id,
  version: "1",
  title: `The ${id} list`,
  rules,
  exemptions: [],
  ...more
})

const lead = { cas: "7439-92-1", ec: "231-100-4", names: ["lead"] }

/** Lead, with the exemptions of the worked cases. */
export const rohs = ruleSet("eu-rohs", [rule("lead", { name: "Lead", members: [lead] })], {
  exemptions: [
    { id: "6(a)", members: [lead], scope: "steel", maxPpm: "3500", lastDay: "2026-12-11", source },
    { id: "6(a)-I", members: [lead], scope: "steel for machining", maxPpm: "3500", lastDay: "2027-06-30", source },
    { id: "6(c)", members: [lead], scope: "copper alloys", maxPpm: "40000", lastDay: "2027-06-30", source },
    { id: "8(e)", members: [lead], scope: "a renewal", lastDay: "2026-01-01", renewalPending: true, source }
  ]
})

const duty = (id: string, name: string, cas: string, ec: string, listedOn: string): Rule =>
  rule(id, { name, level: "article", outcome: "declare", listedOn, members: [{ cas, ec }] })

export const svhc = ruleSet(
  "eu-reach-svhc",
  [
    duty("dehp", "DEHP", "117-81-7", "204-211-0", "2008-10-28"),
    duty("lead", "Lead", "7439-92-1", "231-100-4", "2018-06-27")
  ],
  { version: "test" }
)

/** Within the columns of a terminal. */
export const assertFits = (text: string): void => {
  const wide = text.split("\n").filter((line) => line.length > 80)
  assert.deepStrictEqual(wide, [])
  assert.isTrue(text.endsWith("\n"))
}

/** Rows of a CSV file as records. */
export const records = (csv: string): ReadonlyArray<Record<string, string>> => {
  assert.isTrue(csv.startsWith("\uFEFF") && csv.endsWith("\r\n"))
  const rows = csv
    .slice(1, -2)
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, bare = ""]) => quoted?.replaceAll('""', '"') ?? bare
      )
    )
  const [header = [], ...body] = rows
  return body.map((cells) => {
    assert.strictEqual(cells.length, header.length)
    return Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ""]))
  })
}
