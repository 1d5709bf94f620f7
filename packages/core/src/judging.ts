/** Judges by the rule sets that are in force for a tenant, which its repository holds. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { nextAudited, writeAudit } from "./audit.ts"
import { canonical } from "./domain/Hash.ts"
import type { Override } from "./domain/Override.ts"
import { type Bom, partKey } from "./domain/Part.ts"
import { type JudgedBy, type RuleSetNames, ruleSetNames } from "./domain/Rules.ts"
import { type JudgedProduct, judgeBom, Shared } from "./engine/Rollup.ts"
import { type RuleSet, ruleSetHash } from "./engine/Rule.ts"
import { judgedUntil } from "./engine/Until.ts"
import type { KeptRuleSet, Repository, RepositoryError, TenantId } from "./ports/Repository.ts"
import { documentLimits } from "./regulations/index.ts"

export interface Rules {
  readonly names: RuleSetNames
  readonly ruleSets: ReadonlyArray<RuleSet>
}

/** Every verdict holds; what was begun is taken back. */
class NothingToJudge extends Data.TaggedError("NothingToJudge") {}

/** Parts after which a transaction that judges again ends, so that imports need not wait for long. */
const PARTS_AT_ONCE = 2000

/** Products looked up for one transaction. */
const PRODUCTS_AT_ONCE = 100

/** Parts and declarations that products judged together hold in common, before they begin anew. */
const MAX_SHARED = 100_000

/** Rule sets that are kept in memory once they were read. */
const MAX_KNOWN = 64

const kept = (ruleSet: RuleSet): KeptRuleSet => {
  const { id, version } = ruleSet
  return { id, version, hash: ruleSetHash(ruleSet), body: canonical(ruleSet) }
}

const none = Effect.succeed<ReadonlyArray<never>>([])

export const makeJudging = (repository: Repository["Service"]) => {
  /** In force where no others were put. */
  const unlessChosen: Rules = { names: ruleSetNames([kept(documentLimits)]), ruleSets: [documentLimits] }

  const known = new Map<string, RuleSet>()

  const ruleSetOf = (tenant: TenantId, hash: string): Effect.Effect<RuleSet, RepositoryError> =>
    Effect.suspend(() => {
      const found = known.get(hash)
      if (found !== undefined) return Effect.succeed(found)
      return Effect.map(repository.ruleSet(tenant, hash), (body) => {
        const ruleSet = Option.getOrThrow(body) as RuleSet
        if (known.size >= MAX_KNOWN) known.clear()
        known.set(hash, ruleSet)
        return ruleSet
      })
    })

  const names = (tenant: TenantId): Effect.Effect<RuleSetNames, RepositoryError> =>
    Effect.map(
      repository.rules(tenant),
      Option.getOrElse(() => unlessChosen.names)
    )

  /** The rule sets in force: in a transaction that has taken a revision, until it ends. */
  const inForce = Effect.fnUntraced(function* (tenant: TenantId) {
    const found = yield* names(tenant)
    if (found.hash === unlessChosen.names.hash) return unlessChosen
    const ruleSets = yield* Effect.forEach(found.ruleSets, ({ hash }) => ruleSetOf(tenant, hash))
    return { names: found, ruleSets } satisfies Rules
  })

  const use = Effect.fnUntraced(function* (tenant: TenantId, ruleSets: ReadonlyArray<RuleSet>, by?: string) {
    const chosen = ruleSets.map(kept)
    const { hash, ruleSets: detail } = ruleSetNames(chosen)
    if (hash === (yield* names(tenant)).hash) return
    const change = { by, did: "rules.changed", subject: hash, detail: { ruleSets: detail } } as const
    const revision = yield* nextAudited(repository, tenant, change)
    yield* repository.putRules(tenant, chosen, revision)
  })

  /** What is declared of parts, by part. */
  const declared = (tenant: TenantId, parts: ReadonlyArray<string>) =>
    Effect.map(parts.length === 0 ? none : repository.declarations(tenant, parts), (rows) =>
      Map.groupBy(rows, ({ part }) => part)
    )

  /** What was decided about parts, by part; also nothing. */
  const decided = (tenant: TenantId, parts: ReadonlyArray<string>) =>
    Effect.map(parts.length === 0 ? none : repository.overridesOn(tenant, parts), (overrides) => {
      const byPart = Map.groupBy(overrides, ({ part }) => partKey(part))
      return new Map(parts.map((part) => [part, byPart.get(part) ?? []]))
    })

  /** Judges BOMs in one transaction, each when it is given; what they have in common is read and judged once. */
  const together = (tenant: TenantId, { ruleSets }: Rules, asOf: string) => {
    let shared = new Shared()
    let decisions = new Map<string, ReadonlyArray<Override>>()
    return Effect.fnUntraced(function* (bom: Bom) {
      if (shared.size > MAX_SHARED) {
        shared = new Shared()
        decisions = new Map()
      }
      const parts = [...bom.parts.keys()]
      const unread = parts.filter((key) => !decisions.has(key))
      const byPart = yield* declared(tenant, unread)
      for (const [part, overrides] of yield* decided(tenant, unread)) decisions.set(part, overrides)
      const evidence = { declarations: (part: string) => byPart.get(part) ?? [] }
      const overrides = parts.flatMap((part) => decisions.get(part) ?? [])
      return judgeBom(bom, evidence, ruleSets, { asOf, overrides }, shared) satisfies JudgedProduct
    })
  }

  /** Stores what a product was judged to be. */
  const store = (tenant: TenantId, judged: JudgedProduct, { names }: Rules, revision: number) => {
    const until = judgedUntil(judged)
    const judgedBy: JudgedBy = { ...names, asOf: judged.options.asOf, ...(until !== undefined && { until }) }
    return repository.putVerdict(tenant, judged.product, revision, judgedBy)
  }

  /** Judges products anew, in the transaction of a revision. */
  const judgeProducts = Effect.fnUntraced(function* <E = never>(
    tenant: TenantId,
    products: ReadonlyArray<string>,
    revision: number,
    asOf: string,
    check: (bom: Bom) => Effect.Effect<void, E> = () => Effect.void
  ) {
    const rules = yield* inForce(tenant)
    const judge = together(tenant, rules, asOf)
    let judged = 0
    for (const product of products) {
      const bom = yield* repository.bom(tenant, product)
      if (Option.isNone(bom)) continue
      yield* check(bom.value)
      yield* store(tenant, yield* judge(bom.value), rules, revision)
      judged++
    }
    return judged
  })

  /** Judges some of the products whose verdict does not hold on a day, as one revision; how many. */
  const judgeSome = Effect.fnUntraced(function* (tenant: TenantId, asOf: string) {
    const revision = yield* repository.nextRevision(tenant)
    const rules = yield* inForce(tenant)
    const products = yield* repository.productsToJudge(tenant, rules.names.hash, asOf, PRODUCTS_AT_ONCE)
    if (products.length === 0) return yield* new NothingToJudge()
    const judge = together(tenant, rules, asOf)
    let [judged, parts] = [0, 0]
    for (const key of products) {
      const bom = Option.getOrThrow(yield* repository.bom(tenant, key))
      const found = yield* judge(bom)
      yield* store(tenant, found, rules, revision)
      judged++
      parts += found.product.parts.length + 1
      if (parts >= PARTS_AT_ONCE) break
    }
    const { hash, ruleSets } = rules.names
    const detail = { ruleSets, asOf, products: judged }
    yield* writeAudit(repository, tenant, revision, { did: "products.judged", subject: hash, detail })
    return judged
  })

  const judgeAgain = Effect.fn("Compliance.judgeAgain")(function* (tenant: TenantId, asOf: string) {
    const some = repository
      .transaction(tenant, judgeSome(tenant, asOf))
      .pipe(Effect.catchTag("NothingToJudge", () => Effect.succeed(0)))
    let total = 0
    while (!(yield* isCurrent(tenant, asOf))) total += yield* some
    return total
  })

  /** Whether the verdicts on all products hold on a day, by the rule sets in force. */
  const isCurrent = (tenant: TenantId, day: string) =>
    repository.transaction(
      tenant,
      Effect.gen(function* () {
        const { hash } = yield* names(tenant)
        return (yield* repository.productsToJudge(tenant, hash, day, 1)).length === 0
      })
    )

  return { names, inForce, use, declared, decided, together, judgeProducts, judgeAgain, isCurrent }
}

export type Judging = ReturnType<typeof makeJudging>
