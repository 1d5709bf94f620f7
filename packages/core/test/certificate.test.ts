import { certificateOf, certificateText, checkDocument, check as checkEffect, type Declaration } from "@certivo/core"
import { judgeBom, type RuleSet } from "@certivo/core/engine"
import { certify, NotACertificate, type Override, verifyCertificate, verifyDocuments } from "@certivo/core/promise"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { assert, describe, it } from "vitest"

const encode = (text: string) => new TextEncoder().encode(text)

const source = { text: "Act 1", url: "https://example.test", standing: "primary" as const, taken: "2026-01-02" }
const act: RuleSet = {
  id: "act",
  version: "3",
  title: "The Act",
  listVersions: { first: "2020-01-01" },
  rules: [
    {
      id: "lead",
      name: "Lead",
      level: "homogeneous-material",
      comparison: "above",
      limitPpm: "1000",
      basis: "element",
      element: "Pb",
      aggregation: "sum",
      members: [
        { cas: "7439-92-1", names: ["lead"] },
        { cas: "1317-36-8", formula: "PbO" }
      ],
      effectiveFrom: "2019-07-22",
      outcome: "non-compliant",
      source
    },
    {
      id: "duty",
      name: "Cadmium",
      level: "article",
      comparison: "at-or-above",
      limitPpm: "0.1",
      basis: "compound",
      aggregation: "single",
      members: [{ cas: "7440-43-9", names: ["cadmium"] }],
      scope: { exceptCategories: ["recovered"] },
      outcome: "declare",
      source
    }
  ],
  exemptions: [
    {
      id: "6(c)",
      members: [{ cas: "7439-92-1" }],
      scope: "copper alloys",
      maxPpm: "40000",
      lastDay: "2027-06-30",
      source
    }
  ]
}

const bom = JSON.stringify({
  format: "certivo-bom/1",
  product: {
    partNumber: "P",
    name: "Product",
    children: [
      {
        partNumber: "B",
        quantity: "2",
        children: [
          { partNumber: "A", quantity: "2.5", material: "Brass", mass: { value: "12.5", unit: "g" } },
          { partNumber: "C", quantity: "1", mass: { value: "3", unit: "g" } }
        ]
      },
      { partNumber: "C", quantity: "4" }
    ]
  }
})
const csv = [
  "part_number,substance,cas,threshold_ppm,concentration,unit,exemption",
  "A,Lead,7439-92-1,1000,2.5,%,6(c)",
  "A,Cadmium,7440-43-9,,<0.01,%,",
  "C,Lead monoxide,1317-36-8,,500-900,ppm,",
  "C,Cadmium,7440-43-9,,2,ppm,",
  "C,Cadmium,7440-43-9,,x,ppm,"
].join("\n")
const decision: Override = {
  id: "o-1",
  part: "C",
  rule: "act/duty",
  status: "below-threshold",
  reason: "Report 7",
  by: "Q. M.",
  on: "2026-02-01",
  until: "2027-01-01"
}

const inputs = { bom: encode(bom), csv: encode(csv) }
/** Judged by the invented rules alone: the built-in ones would only make certificates long. */
const checked = async (
  options: {
    readonly overrides?: ReadonlyArray<Override>
    readonly asOf?: string
    readonly knownAt?: string
    readonly categories?: ReadonlyArray<string>
    readonly ranges?: "worst-case"
    readonly csv?: string
  } = {}
) => {
  const { csv: rows, ...rest } = options
  const result = await Effect.runPromise(
    checkEffect({
      bom: { name: "bom.json", bytes: inputs.bom },
      declarations: [{ name: "rows.csv", bytes: Stream.succeed(rows === undefined ? inputs.csv : encode(rows)) }],
      asOf: "2026-11-23",
      ...rest
    })
  )
  const { bom, facts, options: judgeOptions } = result.judged
  const evidence = {
    declarations: (key: string) => facts.get(key)?.declarations ?? [],
    omitted: (key: string) => facts.get(key)?.omitted ?? 0
  }
  return { ...result, judged: judgeBom(bom, evidence, [act], judgeOptions) }
}

type Json = null | boolean | number | string | ReadonlyArray<Json> | { readonly [key: string]: Json }

/** Every pointer of a document, inner nodes too. */
const pointers = (value: Json, path: ReadonlyArray<string> = []): ReadonlyArray<ReadonlyArray<string>> => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, item]) => pointers(item, [...path, key]))
    : [])
]

const at = (document: unknown, path: ReadonlyArray<string>): Json =>
  path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document) as Json

const altered = (
  text: string,
  path: ReadonlyArray<string>,
  change: (parent: Record<string, unknown>, key: string) => void
): string => {
  const document = JSON.parse(text) as unknown
  const [key, ...rest] = [...path].reverse()
  change(at(document, rest.reverse()) as unknown as Record<string, unknown>, key as string)
  return rewritten(document)
}

/** Written as certificates are, so that only the change differs. */
const rewritten = (document: unknown): string => certificateText(document as Parameters<typeof certificateText>[0])

const set =
  (value: unknown) =>
  (parent: Record<string, unknown>, key: string): void => {
    parent[key] = value
  }

const remove = (parent: Record<string, unknown>, key: string): void => {
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
}

const otherThan = (value: unknown): unknown =>
  typeof value === "boolean"
    ? !value
    : typeof value === "number"
      ? value + 1
      : typeof value === "string"
        ? /^\d+$/.test(value)
          ? `${value}1`
          : /^\d{4}-\d\d-\d\d$/.test(value)
            ? "2001-01-01"
            : `${value}~`
        : []

const holds = (text: string): Promise<boolean> =>
  verifyCertificate(text).then(
    (verification) => verification.holds,
    (error) => {
      assert.instanceOf(error, NotACertificate)
      return false
    }
  )

describe("a certificate", () => {
  it("holds, says so with one hash, and is the same bytes again", async () => {
    const result = await checked({ overrides: [decision] })
    const text = await certify(result)
    const verification = await verifyCertificate(text)
    assert.isTrue(verification.holds)
    assert.deepStrictEqual(verification.product, { partNumber: "P", status: "unknown", duty: "unknown" })
    assert.strictEqual(await certify(await checked({ overrides: [decision] })), text)
    assert.isTrue((await verifyCertificate(encode(text))).holds)
    assert.strictEqual(JSON.parse(text).hashes.certificate, verification.hash)
    assert.strictEqual(JSON.parse(text).product.factsHash, checkDocument(result).product.factsHash)
  })

  it.each([
    ["plain", {}],
    [
      "with decisions and days",
      { overrides: [decision], knownAt: "2026-11-23", categories: ["8"], ranges: "worst-case" as const }
    ],
    ["of nothing declared", { csv: "part_number,substance,cas,concentration,unit\nNONE,Lead,7439-92-1,1,ppm\n" }]
  ])(
    "%s does not hold when anything in it is altered, left out or added",
    async (_, options) => {
      const text = await certify(await checked(options))
      assert.isTrue((await verifyCertificate(text)).holds)
      const document = JSON.parse(text) as Json
      for (const path of pointers(document)) {
        const value = at(document, path)
        const name = `/${path.join("/")}`
        if (typeof value !== "object" || value === null) {
          assert.isFalse(await holds(altered(text, path, set(otherThan(value)))), `altered ${name}`)
          assert.isFalse(await holds(altered(text, path, set(null))), `null ${name}`)
        }
        if (path.length > 0) assert.isFalse(await holds(altered(text, path, remove)), `without ${name}`)
        if (typeof value === "object" && !Array.isArray(value))
          assert.isFalse(await holds(altered(text, [...path, "extra"], set(1))), `more in ${name}`)
        if (Array.isArray(value) && value.length > 0)
          assert.isFalse(
            await holds(
              altered(text, [...path, "0"], (parent) => void (parent as unknown as Array<unknown>).push(value[0]))
            ),
            `twice in ${name}`
          )
      }
    },
    120_000
  )

  it.each([
    ["verdicts/2/findings/0/status", "compliant", /^\/verdicts\/2\/findings\/0\/status$/],
    ["nodes/0/declarations/0/amount/low", "1", /^\/nodes\/0\/factsHash$/],
    ["nodes/0/declarations/0/text", "1 %", /^\/nodes\/0\/evidenceHash$/],
    ["nodes/0/declarations/0/source/line", 3, /^\/nodes\/0\/factsHash$/],
    ["ruleSets/0/rules/rules/0/limitPpm", "2000", /^\/ruleSets\/0\/hash$/],
    ["options/asOf", "2027-11-23", /^\/hashes\/options$/],
    ["documents/1/sha256", "0".repeat(64), /^\/hashes\/documents$/],
    ["hashes/nodes", "sha256:", /^\/hashes\/nodes$/],
    ["nodes/0/key", "P", /^\/nodes\/2\/children\/0\/key$/]
  ])("whose %s is altered names the first difference", async (path, value, pointer) => {
    const text = await certify(await checked())
    const { holds, difference } = await verifyCertificate(altered(text, path.split("/"), set(value)))
    assert.isFalse(holds)
    assert.match(difference?.pointer ?? "", pointer)
    assert.notStrictEqual(difference?.stated, difference?.found)
  })

  it("does not hold when the same values are written otherwise, or a field stands twice", async () => {
    const text = await certify(await checked())
    for (const other of [
      text.replace('"product"', ' "product"'),
      text.replace('"status":"', '"status":"compliant","status":"'),
      `${text}\n`
    ]) {
      const { holds, difference } = await verifyCertificate(other)
      assert.isFalse(holds)
      assert.strictEqual(difference?.pointer, "")
    }
  })

  it("of another engine is verified all the same, and says which", async () => {
    const certificate = certificateOf(await checked(), "1.9.0")
    const verification = await verifyCertificate(certificateText(certificate))
    assert.isTrue(verification.holds)
    assert.strictEqual(verification.engine.stated, "1.9.0")
    assert.notStrictEqual(verification.engine.running, "1.9.0")
  })

  it("says how many rows it leaves out when a part has very many", async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `A,S${index % 7},,1000,${index},ppm,\n`).join("")
    const result = await checked({
      csv: `part_number,substance,cas,threshold_ppm,concentration,unit,exemption\n${rows}`
    })
    const text = await certify(result)
    const node = JSON.parse(text).nodes[0]
    assert.strictEqual(node.declarations.length + node.declarationsOmitted, 5000)
    assert.isAbove(node.declarationsOmitted, 0)
    assert.isTrue((await verifyCertificate(text)).holds)
  })

  it("that stands for numbers without end is refused before they are calculated", async () => {
    const text = await certify(await checked())
    const document = JSON.parse(text)
    const [leaf] = document.nodes
    document.nodes = Array.from({ length: 3000 }, (_, index) => ({
      ...leaf,
      key: `N${index}`,
      declarations: [],
      children: index === 0 ? [] : [{ key: `N${index - 1}`, quantity: "9".repeat(5000) }]
    }))
    const { holds, difference } = await verifyCertificate(rewritten(document))
    assert.isFalse(holds)
    assert.strictEqual(difference?.pointer, "/nodes")
  })

  it.each([
    ["an empty file", ""],
    ["an empty object", "{}"],
    ["null", "null"],
    ["another version", '{"certificate":"certivo-certificate/2"}'],
    ["a table", "part_number,substance\n"],
    ["a list nested a million deep", "[".repeat(1_000_000)]
  ])("is not %s", async (_, text) => {
    const error = await verifyCertificate(text).then(
      () => undefined,
      (error) => error
    )
    assert.instanceOf(error, NotACertificate)
  })

  it("with something nested very deep inside is refused, not a crash", async () => {
    const text = await certify(await checked())
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`
    for (const field of ["product", "options", "extra"]) {
      const other = text.replace(/\n"product": .*,/, `\n"${field}": ${deep},`)
      assert.isFalse(await holds(other), field)
    }
  })
})

describe("the documents of a certificate", () => {
  const original = (name: string, bytes: Uint8Array) => ({ name, bytes: () => bytes })

  it("bear it out under any name, and those that are missing are named", async () => {
    const text = await certify(await checked())
    assert.deepStrictEqual(await verifyDocuments(text, [original("x.csv", inputs.csv), original("y", inputs.bom)]), {
      holds: true,
      compared: ["bom.json", "rows.csv"],
      missing: []
    })
    assert.deepStrictEqual((await verifyDocuments(text, [original("x", inputs.csv)])).missing, ["bom.json"])
  })

  it("that it does not rest on are refused", async () => {
    const text = await certify(await checked())
    const { holds, difference } = await verifyDocuments(text, [original("rows.csv", encode(`${csv}\n`))])
    assert.isFalse(holds)
    assert.strictEqual(difference?.pointer, "/documents")
  })

  it("expose a certificate that is consistent in itself, but not with them", async () => {
    const { judged, documents } = await checked()
    const forged = async (change: (rows: ReadonlyArray<Declaration>) => ReadonlyArray<Declaration>) => {
      const declarations = (key: string) => {
        const rows = judged.facts.get(key)?.declarations ?? []
        return key === "A" ? change(rows) : rows
      }
      const text = certificateText(
        certificateOf({
          judged: judgeBom(judged.bom, { declarations }, judged.ruleSets, judged.options),
          documents,
          mapping: undefined
        })
      )
      assert.isTrue((await verifyCertificate(text)).holds)
      return verifyDocuments(text, [original("rows.csv", inputs.csv)])
    }
    const reworded = await forged((rows) => rows.map((row, index) => (index === 0 ? { ...row, text: "0 ppm" } : row)))
    assert.strictEqual(reworded.difference?.pointer, "/nodes/0/declarations/0")
    const moved = await forged(([first, ...rows]) => [
      { ...first, source: { ...first?.source, line: 9 } } as Declaration,
      ...rows
    ])
    assert.include(moved.difference?.found ?? "", "on line 9")
    const dropped = await forged((rows) => rows.slice(1))
    assert.strictEqual(dropped.difference?.pointer, "/nodes/0/declarations")
    assert.include(dropped.difference?.found ?? "", "rows.csv, line 2: Lead")
  })
})
