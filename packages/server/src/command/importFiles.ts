/** Documents into a store, one after the other: each becomes current with the verdicts that follow from it. */
import { Compliance, type Job, MAX_LISTED_REJECTS, rejectsFile } from "@certivo/core"
import { layer as threads } from "@certivo/core/adapters/threads"
import { Repository, type TenantId } from "@certivo/core/ports"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { CommandExit, exitCodes } from "./exit.ts"
import { streamFile, writeOut, writeText } from "./files.ts"
import { proposalText, readMapping } from "./mapping.ts"
import { numbered } from "./rejects.ts"
import { orUnreadable, storeOptions } from "./store.ts"
import { chosenRules, judgeByRules, judgedText } from "./useRules.ts"

export interface ImportInput {
  readonly files: ReadonlyArray<string>
  readonly data: string
  readonly tenant: TenantId
  readonly map: Option.Option<string>
  readonly rejects: Option.Option<string>
  readonly rules: Option.Option<string>
  readonly threads: Option.Option<number>
}

export const importFiles = Effect.fnUntraced(function* (input: ImportInput) {
  const { storeOf } = yield* Effect.promise(() => import("../store.ts"))
  const { tenant } = input
  const mapping = Option.isNone(input.map) ? undefined : yield* readMapping(input.map.value)
  const rules = yield* chosenRules(input.rules)
  const services = Compliance.layer.pipe(
    Layer.provide(threads({ threads: Option.getOrUndefined(input.threads) })),
    Layer.provideMerge(storeOf(yield* storeOptions(input.data)))
  )
  const imported = Effect.fnUntraced(function* (path: string) {
    const compliance = yield* Compliance
    const now = new Date(yield* Clock.currentTimeMillis).toISOString()
    const file = streamFile(path)
    const job = yield* compliance.submit(tenant, { ...file, id: crypto.randomUUID(), now, mapping })
    const ended = yield* compliance.run(tenant, job.id, now.slice(0, 10), showProgress)
    yield* clearProgress
    yield* writeOut(`${lineOf(ended)}\n`)
    return ended
  })
  const all = Effect.gen(function* () {
    const { judged } = yield* judgeByRules(tenant, rules)
    if (judged > 0) yield* writeOut(`${judgedText(judged)}\n`)
    const jobs = yield* Effect.forEach(input.files, imported)
    if (Option.isSome(input.rejects)) yield* writeRejects(tenant, input.rejects.value, jobs)
    return jobs
  })
  const jobs = yield* orUnreadable(Effect.provide(all, services))
  const failed = jobs.filter(({ state }) => state === "failed")
  if (failed.length > 0)
    return yield* new CommandExit({
      code: exitCodes.unreadable,
      message: failed.map(({ error, proposal }) => `${error}${proposalText(proposal)}`).join("\n")
    })
})

const lineOf = ({ accepted, documentName, product, rejected, rows, state, warned }: Job): string => {
  if (state === "failed") return `${documentName}: not imported`
  const counts = [`${accepted} of ${rows} rows accepted`, ...(rejected > 0 ? [`${rejected} rejected`] : [])]
  if (warned > 0) counts.push(warned === 1 ? "1 remark" : `${warned} remarks`)
  return `${documentName}: ${counts.join(", ")}${product === undefined ? "" : `; product ${product}`}`
}

const writeRejects = Effect.fnUntraced(function* (tenant: TenantId, path: string, jobs: ReadonlyArray<Job>) {
  const repository = yield* Repository
  const withRejects = jobs.filter(({ kind, rejected }) => kind === "declarations" && rejected > 0)
  for (const [index, { sha256, table }] of withRejects.entries()) {
    const rows = yield* repository.rejects(tenant, sha256, MAX_LISTED_REJECTS)
    yield* writeText(numbered(path, index), rejectsFile(table, rows))
  }
})

/** Only on a terminal. */
const toTerminal = (text: string) => Effect.sync(() => process.stderr.isTTY && process.stderr.write(text))

const showProgress = ({ bytesDone, bytesTotal, documentName }: Job) =>
  Effect.asVoid(
    toTerminal(`\r\u001b[K${documentName} ${bytesTotal === 0 ? 100 : Math.floor((100 * bytesDone) / bytesTotal)} %`)
  )

const clearProgress = toTerminal("\r\u001b[K")
