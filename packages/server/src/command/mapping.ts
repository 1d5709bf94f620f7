/** Mappings of columns on the command line, and proposals of them in the terminal. */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { Mapping, type ProposedColumn } from "@certivo/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { CommandExit, exitCodes } from "./exit.ts"

const decode = Schema.decodeUnknownEffect(Mapping)

/** A JSON file, or `header=field` pairs; `field:unit` states a unit. */
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

const pair = (text: string): readonly [string, object] => {
  const at = text.lastIndexOf("=")
  const [field = "", unit] = text
    .slice(at + 1)
    .trim()
    .split(":")
  return [text.slice(0, Math.max(0, at)).trim(), unit === undefined ? { field } : { field, unit }]
}

/** The proposal as lines for a terminal, and how to confirm it. */
export const proposalText = (proposal: ReadonlyArray<ProposedColumn> | undefined): string => {
  if (proposal === undefined) return ""
  const lines = proposal.map(({ header, mapping, confidence }) => {
    const what = mapping === undefined ? "not used" : `${mapping.field}, ${Math.round(100 * confidence)} % sure`
    return `  ${JSON.stringify(header)}: ${what}`
  })
  return `\nThe columns as they are understood:\n${lines.join("\n")}\nState those that are wrong or unsure with --map, for example --map "${proposal[0]?.header ?? "MPN"}=part_number"`
}
