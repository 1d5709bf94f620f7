/** What every repository must do. Run it on your own adapter with vitest. */
import { assert, describe, layer as withLayer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { Status } from "../domain/Status.ts"
import { type ListRequest, Repository } from "../ports/Repository.ts"
import { auditing } from "./auditing.ts"
import { boms } from "./boms.ts"
import { dumps } from "./dumps.ts"
import { finding } from "./finding.ts"
import { overriding } from "./overriding.ts"
import { regulating } from "./regulating.ts"
import { bomOf, declarationOf, documentOf, jobOf, judgedBy, newTenant, verdictOf } from "./samples.ts"
import { staging } from "./staging.ts"

/** Registers the suite; `layer` is built once for all of it. */
export const repositoryContract = <E>(name: string, layer: Layer.Layer<Repository, E>): void => {
  describe(`${name} keeps the repository contract`, () => {
    withLayer(layer, { timeout: 60_000 })((it) => {
      it.effect("revisions are gap-free under concurrent transactions", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const one = repository.transaction(tenant, repository.nextRevision(tenant))
          const taken = yield* Effect.all(
            Array.from({ length: 20 }, () => one),
            { concurrency: 20 }
          )
          assert.deepStrictEqual(
            [...taken].sort((a, b) => a - b),
            Array.from({ length: 20 }, (_, index) => index + 1)
          )
          assert.strictEqual(yield* repository.transaction(tenant, repository.revision(tenant)), 20)
        })
      )

      it.effect("a transaction that fails leaves nothing behind", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const exit = yield* repository
            .transaction(
              tenant,
              Effect.gen(function* () {
                yield* repository.nextRevision(tenant)
                yield* repository.putJob(tenant, jobOf("job-1"))
                return yield* Effect.fail("no")
              })
            )
            .pipe(Effect.exit)
          assert.isTrue(Exit.isFailure(exit))
          assert.strictEqual(yield* repository.transaction(tenant, repository.revision(tenant)), 0)
          assert.isTrue(Option.isNone(yield* repository.transaction(tenant, repository.job(tenant, "job-1"))))
        })
      )

      it.effect("a transaction that dies or is interrupted leaves nothing behind, and others go on", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const take = repository.nextRevision(tenant)
          for (const end of [Effect.die("a bug"), Effect.interrupt])
            yield* Effect.exit(repository.transaction(tenant, Effect.andThen(take, end)))
          assert.strictEqual(yield* repository.transaction(tenant, take), 1)
        })
      )

      it.effect("staged rows are invisible until their document is committed, and staged once", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const document = documentOf("a")
          const chunk = { index: 0, declarations: [declarationOf("P1", document.sha256, 2)], rejects: [], warnings: [] }
          const read = repository.transaction(tenant, repository.declarations(tenant, ["P1"]))
          yield* repository.transaction(tenant, repository.stage(tenant, document.sha256, chunk))
          yield* repository.transaction(tenant, repository.stage(tenant, document.sha256, chunk))
          assert.deepStrictEqual(yield* read, [])
          const commit = repository.transaction(tenant, repository.putDocument(tenant, document))
          yield* commit
          yield* commit
          yield* repository.transaction(tenant, repository.discardStaged(tenant, document.sha256))
          yield* repository.transaction(tenant, repository.stage(tenant, document.sha256, { ...chunk, index: 1 }))
          assert.deepStrictEqual(yield* read, chunk.declarations)
          assert.deepStrictEqual(
            yield* repository.transaction(tenant, repository.findDocument(tenant, document.sha256)),
            Option.some(document)
          )
        })
      )

      it.effect("discarded staging starts anew", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const document = documentOf("b")
          const remark = { line: 3, column: "x", code: "value.missing", value: "", message: "m" }
          const reject = {
            ...remark,
            offset: 99,
            suggestion: "s",
            document: "a.zip/b.csv",
            cells: ["P1", 'a "quoted" one', ""]
          }
          const chunk = {
            index: 2 ** 40,
            declarations: [declarationOf("P1", document.sha256, 2)],
            rejects: [reject],
            warnings: [remark]
          }
          const stage = repository.transaction(tenant, repository.stage(tenant, document.sha256, chunk))
          const staged = repository.transaction(tenant, repository.stagedChunks(tenant, document.sha256))
          yield* stage
          assert.deepStrictEqual(yield* staged, [2 ** 40])
          yield* repository.transaction(tenant, repository.discardStaged(tenant, document.sha256))
          assert.deepStrictEqual(yield* staged, [])
          yield* stage
          yield* repository.transaction(tenant, repository.putDocument(tenant, document))
          const rows = yield* repository.transaction(tenant, repository.declarations(tenant, ["P1"]))
          assert.strictEqual(rows.length, 1)
          assert.deepStrictEqual(
            yield* repository.transaction(tenant, repository.rejects(tenant, document.sha256, 10)),
            [reject]
          )
          assert.deepStrictEqual(
            yield* repository.transaction(tenant, repository.warnings(tenant, document.sha256, 10)),
            [remark]
          )
        })
      )

      it.effect("keeps several statements of one line, and amounts that are exact", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const document = documentOf("e")
          const vague = declarationOf("P1", document.sha256, 2)
          const declarations = [
            vague,
            {
              ...vague,
              cas: undefined,
              ec: undefined,
              material: undefined,
              materialMassMg: undefined,
              partMassMg: undefined,
              basis: undefined,
              limitPpm: undefined,
              exemption: undefined,
              claim: undefined,
              amount: { ...vague.amount, unit: "ppm" as const, high: undefined }
            }
          ]
          const chunk = { index: 0, declarations, rejects: [], warnings: [] }
          yield* repository.transaction(
            tenant,
            Effect.andThen(repository.stage(tenant, document.sha256, chunk), repository.putDocument(tenant, document))
          )
          assert.deepStrictEqual(
            yield* repository.transaction(tenant, repository.declarations(tenant, ["P1"])),
            declarations
          )
        })
      )

      it.effect("mappings are saved by name, listed, replaced and deleted", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const [mine, theirs] = [newTenant(), newTenant()]
          const first = { columns: { MPN: { field: "part_number" as const } } }
          const second = { columns: { "Anteil [%]": { field: "concentration" as const, unit: "%" } } }
          const within = <A, E>(effect: Effect.Effect<A, E>) => repository.transaction(mine, effect)
          yield* within(repository.putMapping(mine, "b", first))
          yield* within(repository.putMapping(mine, "a", first))
          yield* within(repository.putMapping(mine, "b", second))
          assert.deepStrictEqual(yield* within(repository.mappings(mine)), [
            { name: "a", mapping: first },
            { name: "b", mapping: second }
          ])
          assert.deepStrictEqual(yield* repository.transaction(theirs, repository.mappings(theirs)), [])
          yield* within(repository.deleteMapping(mine, "b"))
          assert.isTrue(Option.isNone(yield* within(repository.mapping(mine, "b"))))
          assert.deepStrictEqual(yield* within(repository.mapping(mine, "a")), Option.some(first))
        })
      )

      it.effect("finds the products that a document speaks of", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const document = documentOf("c")
          yield* repository.transaction(tenant, repository.putBom(tenant, bomOf("P", { P: [["X", "1"]] })))
          yield* repository.transaction(tenant, repository.putBom(tenant, bomOf("Q", { Q: [["Y", "1"]] })))
          yield* repository.transaction(
            tenant,
            repository.stage(tenant, document.sha256, {
              index: 0,
              declarations: [declarationOf("X", document.sha256, 2)],
              rejects: [],
              warnings: []
            })
          )
          assert.deepStrictEqual(
            yield* repository.transaction(tenant, repository.productsUsing(tenant, { document: document.sha256 })),
            ["P"]
          )
        })
      )

      it.effect("pages cover every part once, worst first, for each filter and search", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const statuses: ReadonlyArray<Status> = ["compliant", "unknown", "non-compliant", "exempt"]
          const keys = Array.from({ length: 53 }, (_, index) => `P%_${String(index).padStart(3, "0")}`)
          const verdict = verdictOf(
            "PRODUCT",
            keys.map((key, index) => [key, statuses[index % 4] as Status] as const)
          )
          yield* repository.transaction(tenant, repository.putVerdict(tenant, verdict, 1, judgedBy("a")))
          yield* repository.transaction(tenant, repository.putVerdict(tenant, verdict, 2, judgedBy("a")))
          const all = Effect.fnUntraced(function* (request: Omit<ListRequest, "limit" | "cursor">) {
            const found: Array<readonly [string, Status]> = []
            let cursor: string | undefined
            do {
              const page = yield* repository.transaction(
                tenant,
                repository.parts(tenant, "PRODUCT", { ...request, limit: 7, cursor })
              )
              for (const row of page.items) found.push([row.key, row.status])
              assert.isAtMost(page.items.length, 7)
              cursor = page.next
            } while (cursor !== undefined)
            return found
          })
          const everything = yield* all({})
          assert.deepStrictEqual(everything.map(([key]) => key).sort(), keys)
          assert.deepStrictEqual(
            [...new Set(everything.map(([, status]) => status))],
            ["non-compliant", "unknown", "exempt", "compliant"]
          )
          assert.strictEqual((yield* all({ status: "exempt" })).length, 13)
          assert.deepStrictEqual((yield* all({ search: "%_01" })).length, 10)
          assert.deepStrictEqual(
            (yield* all({ search: "p%_052" })).map(([key]) => key),
            ["P%_052"]
          )
          assert.deepStrictEqual(yield* all({ search: "\\" }), [])
          const row = Option.getOrThrow(yield* repository.transaction(tenant, repository.product(tenant, "PRODUCT")))
          assert.strictEqual(row.revision, 2)
        })
      )

      it.effect("pages can be walked back the way they came", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const statuses: ReadonlyArray<Status> = ["compliant", "unknown", "non-compliant"]
          const parts = Array.from({ length: 25 }, (_, index) => [`P${index}`, statuses[index % 3] as Status] as const)
          yield* repository.transaction(
            tenant,
            repository.putVerdict(tenant, verdictOf("PRODUCT", parts), 1, judgedBy("a"))
          )
          const read = (cursor: string | undefined) =>
            repository.transaction(tenant, repository.parts(tenant, "PRODUCT", { limit: 6, cursor }))
          const forth = [yield* read(undefined)]
          for (let next = forth[0]?.next; next !== undefined; next = forth.at(-1)?.next) forth.push(yield* read(next))
          assert.strictEqual(forth.length, 5)
          assert.isUndefined(forth[0]?.previous)
          const back = [forth.at(-1) as (typeof forth)[number]]
          for (let previous = back[0]?.previous; previous !== undefined; previous = back[0]?.previous)
            back.unshift(yield* read(previous))
          const keys = (pages: typeof forth) => pages.map(({ items }) => items.map(({ key }) => key))
          assert.deepStrictEqual(keys(back), keys(forth))
          assert.deepStrictEqual((yield* read(back[0]?.next)).items, forth[1]?.items)
        })
      )

      it.effect("a cursor of one's own making is refused", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const error = yield* repository
            .transaction(tenant, repository.products(tenant, { limit: 10, cursor: "nonsense" }))
            .pipe(Effect.flip)
          assert.strictEqual(error._tag, "InvalidCursor")
        })
      )

      it.effect("one tenant sees nothing of another", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const [mine, theirs] = [newTenant(), newTenant()]
          const document = documentOf("d")
          const bom = bomOf("P", { P: [["X", "1"]] })
          yield* repository.transaction(
            mine,
            Effect.all([
              repository.stage(mine, document.sha256, {
                index: 0,
                declarations: [declarationOf("X", document.sha256, 2)],
                rejects: [{ line: 3, column: "", code: "c", value: "", message: "", cells: [] }],
                warnings: []
              }),
              repository.putDocument(mine, document),
              repository.putBom(mine, bom),
              repository.putVerdict(mine, verdictOf("P", [["X", "compliant"]]), 1, judgedBy("a")),
              repository.putJob(mine, jobOf("job-2"))
            ])
          )
          const seen = yield* repository.transaction(
            theirs,
            Effect.all({
              document: repository.findDocument(theirs, document.sha256),
              rejects: repository.rejects(theirs, document.sha256, 10),
              bom: repository.bom(theirs, "P"),
              declarations: repository.declarations(theirs, ["X"]),
              products: Effect.map(repository.products(theirs, { limit: 10 }), (page) => page.items),
              product: repository.product(theirs, "P"),
              parts: Effect.map(repository.parts(theirs, "P", { limit: 10 }), (page) => page.items),
              using: repository.productsUsing(theirs, { parts: ["X"] }),
              usedIn: repository.whereUsed(theirs, "X", 10),
              job: repository.job(theirs, "job-2")
            })
          )
          assert.deepStrictEqual(seen, {
            document: Option.none(),
            rejects: [],
            bom: Option.none(),
            declarations: [],
            products: [],
            product: Option.none(),
            parts: [],
            using: [],
            usedIn: [],
            job: Option.none()
          })
        })
      )

      it.effect("unfinished jobs are found again until they end", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const tenant = newTenant()
          const put = (job: ReturnType<typeof jobOf>) => repository.transaction(tenant, repository.putJob(tenant, job))
          const mine = Effect.map(repository.unfinishedJobs, (jobs) =>
            jobs.filter((entry) => entry.tenant === tenant).map((entry) => entry.job)
          )
          const job = jobOf("job-3")
          yield* put(job)
          yield* put({ ...job, state: "running", bytesDone: 5 })
          assert.deepStrictEqual(yield* mine, [{ ...job, state: "running", bytesDone: 5 }])
          yield* put({ ...job, state: "succeeded", revision: 1 })
          assert.deepStrictEqual(yield* mine, [])
        })
      )

      auditing(it)
      boms(it)
      finding(it)
      regulating(it)
      overriding(it)
      staging(it)
      dumps(it)
    })
  })
}
