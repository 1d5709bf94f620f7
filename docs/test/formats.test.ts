import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Mapping } from "@certivo/core"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { messageOf } from "../../packages/core/src/ingest/Messages.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const folder = join(root, "docs/reference/formats")
const page = (name: string) => readFileSync(join(folder, name), "utf8")

const sources = ["packages/core/src/ingest", "packages/core/src/imports.ts", "packages/core/src/check.ts"].flatMap(
  (place) =>
    place.endsWith(".ts")
      ? [place]
      : (readdirSync(join(root, place), { recursive: true }) as ReadonlyArray<string>)
          .filter((name) => name.endsWith(".ts"))
          .map((name) => `${place}/${name}`)
)

/** Every code that stands in the source as a text of its own. */
const emitted = new Set(
  sources.flatMap((source) =>
    [...readFileSync(join(root, source), "utf8").matchAll(/"([a-z_]+\.[a-z_]+)"/g)].map((match) => match[1] as string)
  )
)

const rows = [...page("rejects-and-codes.md").matchAll(/^\| `([a-z_.]+)`\s*\| (\w+)\s*\| (.+?)\s*\|$/gm)]

describe("the page of codes", () => {
  it("has every code that can be emitted, once, and no other", () => {
    const documented = rows.map((row) => row[1] as string)
    assert.deepStrictEqual([...documented].sort(), [...emitted].sort())
  })

  it("says what rejects and remarks mean, as their messages do", () => {
    for (const [, code = "", severity] of rows)
      if (severity !== "refused" && !spokenByDecoders.has(code)) assert.notStrictEqual(messageOf(code, ""), code, code)
  })
})

/** Codes whose message names numbers of the row, and is written where they are known. */
const spokenByDecoders = new Set([
  "row.column_count",
  "bom.level_gap",
  "bom.parent_not_found",
  "part.invalid",
  "part.conflict",
  "part.not_hardware",
  "value.unit_unknown",
  "quantity.non_numeric",
  "quantity.designator_count",
  "declaration.unsigned",
  "document.part_skipped",
  "ipc.class_b_skipped"
])

it.each(["column-mapping.md", "declaration-table.md"])("the mappings of %s are mappings", (name) => {
  const blocks = [...page(name).matchAll(/```json\n([\s\S]*?)```/g)]
  assert.isAbove(blocks.length, 0)
  for (const [, text = ""] of blocks) Schema.decodeUnknownSync(Mapping)(JSON.parse(text), { onExcessProperty: "error" })
})

it("every page has an example, and every example a page", () => {
  const pages = readdirSync(folder).map(page).join("\n")
  for (const name of readdirSync(join(root, "examples/formats"))) assert.include(pages, `examples/formats/${name})`)
  for (const name of readdirSync(folder)) assert.match(page(name), /examples\/formats/, name)
})
