/** Mappings of columns on the command line, and proposals of them in the terminal. */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { type ColumnMapping, casOfName, Mapping, type ProposedColumn } from "@certivo/core"
import { Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { CommandExit, exitCodes } from "./exit.ts"

export const mapFlag = Flag.String("map").pipe(
  Flag.withDescription(
    "What columns hold: a JSON file, or pairs such as MPN=part_number,Anteil=concentration:%,Pb=contains:Lead"
  ),
  Flag.optional
)

const decode = Schema.decodeUnknownEffect(Mapping)

/** A JSON file, or pairs: `header=field`, with `field:unit` for a unit, and `contains:Lead` for what a yes means. */
export const readMapping = Effect.fnUntraced(function* (text: string) {
  const refused = (cause: string) =>
    new CommandExit({ code: exitCodes.usage, message: `--map ${text} cannot be used: ${cause}` })
  if (!existsSync(text) && !text.includes("="))
    return yield* refused("there is no such file, and it has no header=field pair")
  const plain = existsSync(text)
    ? yield* Effect.tryPromise({
        try: async () => JSON.parse(await readFile(text, "utf8")) as unknown,
        catch: (error) => refused((error as Error).message)
      })
    : { columns: Object.fromEntries(text.split(",").map(pair)) }
  return yield* decode(plain).pipe(Effect.mapError((error) => refused(error.message)))
})

const meanings = ["contains", "free", "compliant", "non-compliant"] as const

/** `Pb=contains:Lead` states what a yes means, `RoHS=compliant:eu-rohs` of which list. */
const pair = (text: string): readonly [string, object] => {
  const at = text.lastIndexOf("=")
  const [field = "", rest] = text
    .slice(at + 1)
    .trim()
    .split(/:(.*)/s)
  const header = text.slice(0, Math.max(0, at)).trim()
  const means = meanings.find((meaning) => meaning === field)
  if (means === undefined) return [header, rest === undefined ? { field } : { field, unit: rest }]
  const about = rest ?? header
  if (means === "compliant" || means === "non-compliant") return [header, { field: "answer", list: about, means }]
  const cas = casOfName(about)
  return [header, { field: "answer", substance: about, means, ...(cas === undefined ? {} : { cas }) }]
}

/** The proposal as lines for a terminal, and how to confirm it. */
export const proposalText = (proposal: ReadonlyArray<ProposedColumn> | undefined): string => {
  if (proposal === undefined) return ""
  const shown = proposal.slice(0, MAX_COLUMNS)
  const lines = shown.map(({ header, mapping, confidence }) => {
    const sure = mapping === undefined ? "" : `, ${Math.round(100 * confidence)} % sure`
    return `  ${JSON.stringify(short(header))}: ${mapping === undefined ? "not used" : pairOf(mapping)}${sure}`
  })
  const more = proposal.length > shown.length ? [`  … and ${proposal.length - shown.length} more`] : []
  const open = proposal.find(({ mapping, confidence }) => mapping !== undefined && confidence < 1) ?? proposal[0]
  const example = `${short(open?.header ?? "MPN")}=${open?.mapping === undefined ? "part_number" : pairOf(open.mapping)}`
  return [
    "",
    "The columns as they are understood:",
    ...lines,
    ...more,
    "State those that are wrong or unsure with --map, for example",
    `  --map ${JSON.stringify(example)}`
  ].join("\n")
}

const MAX_COLUMNS = 40

const short = (header: string): string => (header.length > 40 ? `${header.slice(0, 39)}…` : header)

/** What a column holds, as `--map` takes it. */
const pairOf = (mapping: ColumnMapping): string =>
  mapping.field === "answer"
    ? `${mapping.means}:${"list" in mapping ? mapping.list : mapping.substance}`
    : `${mapping.field}${mapping.unit === undefined ? "" : `:${mapping.unit}`}`
