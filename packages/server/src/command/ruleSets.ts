/** Rule sets named on the command line: packs by their ids, and files. */
import { existsSync } from "node:fs"
import { open } from "node:fs/promises"
import { basename } from "node:path"
import { MAX_RULE_SET_BYTES, packs, readRuleSet, UnreadableRuleSet } from "@certivo/core"
import * as Effect from "effect/Effect"
import { CommandExit, exitCodes } from "./exit.ts"

const readBytes = async (path: string): Promise<Uint8Array> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > MAX_RULE_SET_BYTES) throw new Error("a rule set may have at most 32 MiB")
    return new Uint8Array(await file.readFile())
  } finally {
    await file.close()
  }
}

export const readRuleSetFile = (path: string) =>
  Effect.tryPromise({
    try: async () => readRuleSet(basename(path), await readBytes(path)),
    catch: (error) =>
      new CommandExit({
        code: exitCodes.unreadable,
        message:
          error instanceof UnreadableRuleSet ? error.message : `${path} cannot be read: ${(error as Error).message}`
      })
  })

/** The pack with this id, else the rule set in the file of this name. */
export const findRuleSet = Effect.fnUntraced(function* (name: string) {
  const pack = packs.get(name)
  if (pack !== undefined) return pack
  if (!existsSync(name))
    return yield* new CommandExit({
      code: exitCodes.usage,
      message: `No rule pack or file is named ${name}. Packs: ${[...packs.keys()].join(", ")}`
    })
  return yield* readRuleSetFile(name)
})

/** Several of them, separated by commas; each id once, since findings are named by it. */
export const findRuleSets = Effect.fnUntraced(function* (names: string) {
  const sets = yield* Effect.forEach(
    names.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()])),
    findRuleSet
  )
  const ids = sets.map(({ id }) => id)
  const twice = ids.find((id, index) => ids.indexOf(id) !== index)
  if (twice !== undefined)
    return yield* new CommandExit({ code: exitCodes.usage, message: `Two of the rule sets have the id ${twice}.` })
  return sets
})
