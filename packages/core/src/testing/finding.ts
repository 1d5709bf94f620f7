/** What every repository must find of declarations and documents. */
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Declaration } from "../domain/Declaration.ts"
import { type DeclarationsBy, type DocumentRecord, Repository, type TenantId } from "../ports/Repository.ts"
import { allOf } from "./reading.ts"
import { declarationOf, documentOf, newTenant } from "./samples.ts"

const commit = Effect.fnUntraced(function* (
  tenant: TenantId,
  document: DocumentRecord,
  declarations: ReadonlyArray<Declaration>
) {
  const repository = yield* Repository
  const chunk = { index: 0, declarations, rejects: [], warnings: [] }
  yield* repository.transaction(tenant, repository.stage(tenant, document.sha256, chunk))
  yield* repository.transaction(
    tenant,
    Effect.andThen(repository.nextRevision(tenant), repository.putDocument(tenant, document))
  )
})

const statementsOf = ({ sha256 }: DocumentRecord): ReadonlyArray<Declaration> => {
  const sample = declarationOf("P1", sha256, 2)
  const { source } = sample
  return [
    sample,
    { ...sample, part: "P2", source: { ...source, line: 3, supplier: "Borg" } },
    { ...sample, cas: undefined, ec: "231-100-4", source: { ...source, line: 4 } },
    {
      ...sample,
      substance: "Secret",
      cas: undefined,
      ec: undefined,
      material: "Paint",
      source: { ...source, line: 5 }
    },
    { ...sample, substance: "Zinc", cas: "7440-66-6", material: undefined, source: { ...source, line: 6 } }
  ]
}

export const finding = (it: Vitest.MethodsNonLive<Repository>): void => {
  it.effect("declarations are found by what they are about, and by who and what states them", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const [tenant, other] = [newTenant(), newTenant()]
      const [first, second] = [documentOf("1"), { ...documentOf("2"), revision: 2 }]
      yield* commit(tenant, first, statementsOf(first))
      yield* commit(tenant, second, statementsOf(second))
      yield* commit(other, first, statementsOf(first))
      const staged = documentOf("3").sha256
      const waiting = { index: 0, declarations: statementsOf(documentOf("3")), rejects: [], warnings: [] }
      yield* repository.transaction(tenant, repository.stage(tenant, staged, waiting))
      const linesBy = (by: DeclarationsBy) =>
        Effect.map(
          allOf((cursor) => repository.findDeclarations(tenant, { by, limit: 2, cursor })),
          (found) => found.map(({ source }) => `${source.document} ${source.line}`)
        )
      const ofBoth = (...lines: ReadonlyArray<number>) =>
        [first, second].flatMap(({ name }) => lines.map((line) => `${name} ${line}`))
      assert.deepStrictEqual(yield* linesBy({ substance: "7440-66-6" }), ofBoth(6))
      assert.deepStrictEqual(yield* linesBy({ substance: "Lead" }), ofBoth(2, 3))
      assert.deepStrictEqual(yield* linesBy({ substance: "231-100-4" }), ofBoth(2, 3, 4))
      assert.deepStrictEqual(yield* linesBy({ substance: "Secret" }), ofBoth(5))
      assert.deepStrictEqual(yield* linesBy({ supplier: "Borg" }), ofBoth(3))
      assert.deepStrictEqual(yield* linesBy({ supplier: "Acme Metals" }), ofBoth(2, 4, 5, 6))
      assert.deepStrictEqual(yield* linesBy({ material: "Paint" }), ofBoth(5))
      assert.deepStrictEqual(
        yield* linesBy({ document: second.sha256 }),
        [2, 3, 4, 5, 6].map((line) => `${second.name} ${line}`)
      )
      assert.deepStrictEqual(yield* linesBy({ document: staged }), [])
      assert.deepStrictEqual(yield* linesBy({ supplier: "borg\u0000'%" }), [])
      const [found] = (yield* repository.findDeclarations(tenant, { by: { material: "Solder" }, limit: 1 })).items
      assert.deepStrictEqual(found, statementsOf(first)[0])
    })
  )

  it.effect("names of any length are kept, also those that no index holds", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const document = documentOf("1")
      const long = Array.from(crypto.getRandomValues(new Uint16Array(3000)), (code) => code.toString(36)).join("")
      const sample = declarationOf("P1", document.sha256, 2)
      const statement = {
        ...sample,
        substance: long,
        cas: undefined,
        ec: undefined,
        material: long,
        exemption: long,
        text: long,
        source: { ...sample.source, supplier: long }
      }
      yield* commit(tenant, document, [statement])
      assert.deepStrictEqual(yield* repository.declarations(tenant, ["P1"]), [statement])
      const { items } = yield* repository.findDeclarations(tenant, { by: { document: document.sha256 }, limit: 10 })
      assert.deepStrictEqual(items, [statement])
    })
  )

  it.effect("documents are listed by the day they arrived", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const days = ["2026-11-20", "2026-11-22", undefined, "2026-11-21", "2026-11-22"]
      const sent = days.map((arrived, index): DocumentRecord => {
        const { arrived: _, ...document } = documentOf(String(index))
        return { ...document, revision: index + 1, ...(arrived === undefined ? {} : { arrived }) }
      })
      for (const document of sent) yield* commit(tenant, document, [])
      const namesOf = (range: { readonly since?: string; readonly until?: string; readonly named?: string }) =>
        Effect.map(
          allOf((cursor) => repository.documents(tenant, { ...range, limit: 2, cursor })),
          (found) => found.map(({ name }) => name[0]).join("")
        )
      assert.strictEqual(yield* namesOf({}), "41302")
      const again = { ...documentOf("9"), name: "1.csv", arrived: "2026-11-23", revision: 6 }
      yield* commit(tenant, again, [])
      const hashes = (named: string, range: object = {}) =>
        Effect.map(
          allOf((cursor) => repository.documents(tenant, { named, ...range, limit: 1, cursor })),
          (found) => found.map(({ sha256 }) => sha256[0]).join("")
        )
      assert.strictEqual(yield* hashes("1.csv"), "91")
      assert.strictEqual(yield* hashes("1.csv", { until: "2026-11-22" }), "1")
      assert.strictEqual(yield* hashes("1"), "")
      assert.strictEqual(yield* hashes("\u0000"), "")
      assert.strictEqual(yield* namesOf({ since: "2026-11-21", until: "2026-11-22" }), "413")
      assert.strictEqual(yield* namesOf({ since: "2026-11-20", until: "2026-11-21" }), "30")
      assert.deepStrictEqual((yield* repository.documents(tenant, { limit: 1 })).items, [again])
    })
  )

  it.effect("a later page tells how many rows there are by then, and by its own filter", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const send = (digit: string, arrived: string) => commit(tenant, { ...documentOf(digit), arrived }, [])
      yield* send("1", "2026-11-20")
      yield* send("2", "2026-11-21")
      yield* send("3", "2026-11-22")
      const { next } = yield* repository.documents(tenant, { limit: 1 })
      const counted = Effect.fnUntraced(function* (since?: string) {
        const { total } = yield* repository.documents(tenant, { limit: 1, cursor: next, since })
        return total.count
      })
      assert.strictEqual(yield* counted(), 3)
      assert.strictEqual(yield* counted("2026-11-21"), 2)
      yield* send("4", "2026-11-19")
      assert.strictEqual(yield* counted(), 4)
      assert.strictEqual(yield* counted("2026-11-21"), 2)
    })
  )

  it.effect("a cursor of another list is refused", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const document = documentOf("1")
      yield* commit(tenant, document, statementsOf(document))
      for (const cursor of ["", "x", btoa("[]"), btoa('{"reads":"after","at":["1","2","3"]}')]) {
        const errors = yield* Effect.all([
          Effect.flip(repository.findDeclarations(tenant, { by: { material: "Solder" }, limit: 1, cursor })),
          Effect.flip(repository.documents(tenant, { limit: 1, cursor }))
        ])
        for (const error of errors) assert.strictEqual(error._tag, "InvalidCursor")
      }
    })
  )
}
