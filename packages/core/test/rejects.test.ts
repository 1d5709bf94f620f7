import { Compliance, Repository, rejectsFile, TenantId } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { zipSync } from "fflate"

const tenant = TenantId.make("acme")
const live = () => Compliance.layer.pipe(Layer.provideMerge(memory))
const encode = (text: string) => new TextEncoder().encode(text)

let ids = 0
const importBytes = Effect.fnUntraced(function* (name: string, bytes: Uint8Array) {
  const compliance = yield* Compliance
  const job = yield* compliance.submit(tenant, {
    name,
    bytes: Stream.succeed(bytes),
    id: `job-${ids++}`,
    now: "2026-11-23T00:00:00.000Z"
  })
  return yield* compliance.run(tenant, job.id, "2026-11-23", () => Effect.void)
})

const rejectsOf = Effect.fnUntraced(function* (job: { readonly sha256: string }) {
  const repository = yield* Repository
  return yield* repository.transaction(tenant, repository.rejects(tenant, job.sha256, 1000))
})

const parts = Array.from({ length: 12 }, (_, index) => `P${index}`)

/** What is declared, whichever document says so. */
const declared = Effect.gen(function* () {
  const repository = yield* Repository
  const rows = yield* repository.transaction(tenant, repository.declarations(tenant, parts))
  return rows.map(({ source: _source, text: _text, ...row }) => JSON.stringify(row, big)).sort()
})
const big = (_key: string, value: unknown) => (typeof value === "bigint" ? String(value) : value)

const header = "part_number,substance,cas,threshold_ppm,substance_mass_mg,note\n"
const dirty = `${header}P0,Lead,7439-92-1,1000,0.25,
P1,Lead,7439-92-2,1000,1,wrong digit
P2,"Al, 319",,1000,n/a,no number
P3,Lead,,1000,1,5,unquoted comma
P4,Lead,,1000
P5,"Lead"x,,1000,2,stray quote
P6,,,1000,3,no name
P7,Lead,,1000,"1,5",comma among points
=P8,Lead,,1000,-4,negative
P9,Lead,,1000,2.5,good
`
const clean = `${header}P0,Lead,7439-92-1,1000,0.25,
P1,Lead,7439-92-1,1000,1,
P2,"Al, 319",,1000,12.5,
P3,Lead,,1000,1.5,
P4,Lead,,1000,0.125,
P5,Lead,,1000,2,
P6,Zinc,,1000,3,
P7,Lead,,1000,1.5,
=P8,Lead,,1000,4,
P9,Lead,,1000,2.5,
`

/** The file as a person corrects it in a spreadsheet: row by row, taking the right cells from the clean file. */
const corrected = (file: string): string => {
  const right = new Map((parse(clean, { from_line: 2 }) as Array<Array<string>>).map((row) => [row[0], row]))
  const [first = [], ...rows] = parse(file, { bom: true }) as Array<Array<string>>
  const clear = first.indexOf("certivo_clear")
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const fixed = rows.map((row) => {
    const number = (row[0] ?? "").replace(/^'/, "").replace(/,.*$/, "")
    const cells = row.map((cell, index) => (index === clear ? "" : (right.get(number)?.[index] ?? cell)))
    return index0(cells, row[0] ?? "", number)
  })
  return [first, ...fixed].map((row) => row.map(quoted).join(",")).join("\n")
}

/** The part number as the spreadsheet shows it, with the apostrophe that keeps a formula from running. */
const index0 = (cells: ReadonlyArray<string>, written: string, number: string) => [
  written.startsWith("'") ? written : number,
  ...cells.slice(1)
]

describe("a file of rejects", () => {
  it.effect("once corrected fills the gaps, and nothing stands twice", () =>
    Effect.gen(function* () {
      const job = yield* importBytes("dirty.csv", encode(dirty))
      assert.deepStrictEqual([job.accepted, job.rejected], [2, 8])
      const file = rejectsFile(job.table, yield* rejectsOf(job))
      const again = yield* importBytes("corrected.csv", encode(corrected(file)))
      assert.deepStrictEqual([again.accepted, again.rejected], [8, 0])
      const found = yield* declared
      const expected = yield* importBytes("clean.csv", encode(clean)).pipe(
        Effect.andThen(declared),
        Effect.provide(live(), { local: true })
      )
      assert.deepStrictEqual(found, expected)
    }).pipe(Effect.provide(live()))
  )

  it.effect("sent back as it is changes nothing, however often", () =>
    Effect.gen(function* () {
      const job = yield* importBytes("dirty.csv", encode(dirty))
      const before = yield* declared
      let file = rejectsFile(job.table, yield* rejectsOf(job))
      for (const round of [1, 2, 3]) {
        const again = yield* importBytes(`rejects-${round}.csv`, encode(file))
        assert.deepStrictEqual([again.accepted, again.rejected], [0, 8], `round ${round}`)
        assert.deepStrictEqual(yield* declared, before)
        const next = rejectsFile(again.table, yield* rejectsOf(again))
        assert.strictEqual(next.split("\r\n")[0], file.split("\r\n")[0])
        file = next
      }
    }).pipe(Effect.provide(live()))
  )

  it.effect("keeps formulas from running, and the cells of another header from standing under the first", () =>
    Effect.gen(function* () {
      const job = yield* importBytes(
        "two.zip",
        zipSync({
          "a.csv": encode("part_number,substance,substance_mass_mg\n=cmd(),Lead,x\n"),
          "b.csv": encode("MPN,CAS,Conc (ppm)\n@X,7439-92-2,5\n")
        })
      )
      const file = rejectsFile(job.table, yield* rejectsOf(job))
      const [first = [], ...rows] = parse(file, { bom: true }) as Array<Array<string>>
      assert.deepStrictEqual(first.slice(0, 3), ["part_number", "substance", "substance_mass_mg"])
      assert.deepStrictEqual(
        rows.map((row) => row.slice(0, 3)),
        [
          ["'=cmd()", "Lead", "x"],
          ["", "", ""]
        ]
      )
      assert.isTrue(rows.flat().every((cell) => !/^[=+\-@]/.test(cell)))
    }).pipe(Effect.provide(live()))
  )
})
