/** What a repository must hold of rule sets, and of lists by how their rows stand by each of them. */
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { dutyStatuses, type FindingStatus, statuses } from "../domain/Status.ts"
import type { ProductVerdict, RegulationStanding } from "../domain/Verdict.ts"
import {
  type InvalidCursor,
  type KeptRuleSet,
  type ListRequest,
  type Page,
  type PartRow,
  type ProductRow,
  Repository,
  type RepositoryError,
  type TenantId
} from "../ports/Repository.ts"
import { hasStatus } from "../ports/verdicts.ts"
import { judgedBy, newTenant, verdictOf } from "./samples.ts"

const ruleSet = (id: string, version = "1"): KeptRuleSet => ({
  id,
  version,
  hash: `sha256:${id}-${version}`,
  body: { id, version, rules: [{ limitPpm: "0.1", name: "\u0000 \ud800 %" }], exemptions: [] }
})

/** Ones of every kind: a restriction, a duty, both, and neither. */
const standingsAt = (index: number): ReadonlyArray<RegulationStanding> => [
  { regulation: "rohs", status: statuses[index % 5] ?? "unknown" },
  { regulation: "svhc", duty: dutyStatuses[(index >> 1) % 5] ?? "unknown" },
  { regulation: "both", status: statuses[(index >> 2) % 5] ?? "unknown", duty: dutyStatuses[index % 3] ?? "unknown" },
  { regulation: "neither" }
]

const statusAt = (index: number) => statuses[(index * 3) % 5] ?? "unknown"

const verdictAt = (product: string, index: number, parts: number): ProductVerdict => {
  const keys = Array.from({ length: parts }, (_, part) => `${part % 2 === 0 ? "gasket" : "relay"} ${part + 100}`)
  const verdict = verdictOf(
    product,
    keys.map((key, part) => [key, statusAt(part)])
  )
  return {
    ...verdict,
    status: statusAt(index),
    byRegulation: standingsAt(index),
    parts: verdict.parts.map((part, at) => ({ ...part, byRegulation: standingsAt(at) }))
  }
}

type Filter = Omit<ListRequest, "limit" | "cursor">

const standings: ReadonlyArray<Filter> = [
  {},
  { regulation: "rohs" },
  ...statuses.map((status) => ({ status })),
  { status: "above-threshold" },
  { status: "unknown", regulation: "neither" },
  { status: "unknown", regulation: "nobody's" },
  ...(["rohs", "svhc", "both"] as const).flatMap((regulation) =>
    [...new Set<FindingStatus>([...statuses, ...dutyStatuses])].map((status) => ({ status, regulation }))
  )
]

const filters = standings.flatMap(
  (filter): ReadonlyArray<Filter> => [filter, { ...filter, search: "GASKET 1" }, { ...filter, search: "none" }]
)

type Row = Pick<PartRow | ProductRow, "key" | "partNumber" | "status" | "byRegulation">

const isMeant = (row: Row, { search, ...filter }: Filter): boolean =>
  hasStatus(row, filter) && (search === undefined || row.partNumber.includes(search.toLowerCase()))

/** Reads a list forwards and back, whatever it is narrowed to; each must be the part of the whole list that is meant. */
const readEveryWay = Effect.fnUntraced(function* <A extends Row>(
  read: (request: ListRequest) => Effect.Effect<Page<A>, RepositoryError | InvalidCursor>
) {
  const all = (yield* read({ limit: 1000 })).items
  for (const filter of filters) {
    const meant = all.filter((row) => isMeant(row, filter))
    const pages = [yield* read({ ...filter, limit: 4 })]
    for (let cursor = pages[0]?.next; cursor !== undefined; cursor = pages.at(-1)?.next)
      pages.push(yield* read({ ...filter, limit: 4, cursor }))
    const back = pages.slice(-1)
    for (let cursor = back[0]?.previous; cursor !== undefined; cursor = back[0]?.previous)
      back.unshift(yield* read({ ...filter, limit: 4, cursor }))
    for (const found of [pages, back])
      assert.deepStrictEqual(
        found.flatMap(({ items }) => items),
        meant,
        JSON.stringify(filter)
      )
    for (const { total } of pages) assert.deepStrictEqual(total, { count: meant.length, atLeast: false })
  }
})

const put = Effect.fnUntraced(function* (tenant: TenantId, ...verdicts: ReadonlyArray<ProductVerdict>) {
  const repository = yield* Repository
  for (const verdict of verdicts)
    yield* repository.transaction(tenant, repository.putVerdict(tenant, verdict, 1, judgedBy("a")))
})

export const regulating = (it: Vitest.MethodsNonLive<Repository>): void => {
  it.effect("products are listed by their status as a whole and by each regulation, searched or not", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const [tenant, other] = [newTenant(), newTenant()]
      const keys = Array.from({ length: 30 }, (_, index) => `${index % 2 === 0 ? "gasket" : "relay"} ${index + 100}`)
      const moved = keys.map((key, index) => verdictAt(key, index + 7, 1))
      yield* put(tenant, ...moved, ...keys.map((key, index) => verdictAt(key, index, 1)))
      yield* put(other, verdictAt("gasket 1", 4, 1))
      yield* readEveryWay((request) => repository.products(tenant, request))
      const { items } = yield* repository.products(tenant, { limit: 1, regulation: "svhc", status: "above-threshold" })
      assert.deepStrictEqual(items[0]?.byRegulation, standingsAt(8))
    })
  )

  it.effect("parts are listed by their status as a whole and by each regulation, searched or not", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      yield* put(tenant, verdictAt("P", 1, 60), verdictAt("Q", 2, 9), verdictAt("P", 3, 40))
      yield* readEveryWay((request) => repository.parts(tenant, "P", request))
      const { items } = yield* repository.parts(tenant, "P", { limit: 1, search: "relay 139" })
      assert.deepStrictEqual(items[0]?.byRegulation, standingsAt(39))
    })
  )

  it.effect("rule sets are in force until others are, and those that were are kept", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const [tenant, other] = [newTenant(), newTenant()]
      const inForce = repository.transaction(tenant, repository.rules(tenant))
      const use = (since: number, ...ruleSets: ReadonlyArray<KeptRuleSet>) =>
        repository.transaction(tenant, repository.putRules(tenant, ruleSets, since))
      assert.deepStrictEqual(yield* inForce, Option.none())
      const [rohs, svhc, newer] = [ruleSet("rohs"), ruleSet("svhc"), ruleSet("rohs", "2")]
      yield* use(1, rohs, svhc)
      yield* use(3, svhc, newer)
      const { hash, ruleSets, since } = Option.getOrThrow(yield* inForce)
      const names = [svhc, newer].map(({ body: _, ...name }) => name)
      assert.deepStrictEqual([ruleSets, since], [names, 3])
      for (const kept of [rohs, svhc, newer]) {
        const body = yield* repository.transaction(tenant, repository.ruleSet(tenant, kept.hash))
        assert.deepStrictEqual(body, Option.some(kept.body))
      }
      yield* use(4, newer, svhc)
      assert.notStrictEqual(Option.getOrThrow(yield* inForce).hash, hash)
      assert.deepStrictEqual(yield* repository.rules(other), Option.none())
      assert.deepStrictEqual(yield* repository.ruleSet(other, rohs.hash), Option.none())
    })
  )

  it.effect("products that are by other rule sets are found until they are judged again", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      yield* put(tenant, ...["A", "B", "C"].map((key) => verdictOf(key, [])))
      const [before, now] = [judgedBy("a"), judgedBy("a", "b")]
      const toJudge = (rules: string, limit = 10, day = "2026-11-20") =>
        Effect.map(repository.productsToJudge(tenant, rules, day, limit), (keys) => [...keys].sort())
      assert.deepStrictEqual(yield* toJudge(before.hash), [])
      assert.deepStrictEqual(yield* toJudge(now.hash), ["A", "B", "C"])
      assert.strictEqual((yield* toJudge(now.hash, 2)).length, 2)
      yield* repository.transaction(tenant, repository.putVerdict(tenant, verdictOf("B", []), 2, now))
      assert.deepStrictEqual(yield* toJudge(now.hash), ["A", "C"])
      assert.deepStrictEqual(yield* toJudge(before.hash), ["B"])
      const row = Option.getOrThrow(yield* repository.transaction(tenant, repository.product(tenant, "B")))
      assert.deepStrictEqual(row.judgedBy, now)
    })
  )

  it.effect("products are found from the day behind the last one on which their verdict holds", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const [forEver, { asOf: _, ...fromBefore }] = [judgedBy("a"), judgedBy("a")]
      const { hash } = forEver
      const judged = { A: { ...forEver, until: "2026-12-31" }, B: forEver, C: fromBefore }
      for (const [key, by] of Object.entries(judged))
        yield* repository.transaction(tenant, repository.putVerdict(tenant, verdictOf(key, []), 1, by))
      const toJudge = (day: string, rules = hash) =>
        Effect.map(repository.productsToJudge(tenant, rules, day, 10), (keys) => [...keys].sort())
      assert.deepStrictEqual(yield* toJudge("2026-12-31"), ["C"])
      assert.deepStrictEqual(yield* toJudge("2027-01-01"), ["A", "C"])
      assert.deepStrictEqual(yield* toJudge("2027-01-01", "sha256:other"), ["A", "B", "C"])
      const row = Option.getOrThrow(yield* repository.transaction(tenant, repository.product(tenant, "A")))
      assert.deepStrictEqual(row.judgedBy, judged.A)
    })
  )
}
