/** Decisions of people in a store: the products they are about are judged again in the transaction that keeps them. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { writeAudit } from "./audit.ts"
import { dayBefore } from "./domain/Day.ts"
import { canonical, hashOf, hasSameContent } from "./domain/Hash.ts"
import { MAX_OVERRIDES_AT_ONCE, type Override } from "./domain/Override.ts"
import { MAX_PART_NUMBER, partKey } from "./domain/Part.ts"
import type { Judging } from "./judging.ts"
import type { Repository, TenantId } from "./ports/Repository.ts"

/** An override that a store does not take, so that it takes none of those that came with it. */
export class RefusedOverride extends Schema.TaggedError<RefusedOverride>()("RefusedOverride", {
  id: Schema.String,
  detail: Schema.String
}) {
  override get message(): string {
    return `The override ${JSON.stringify(this.id)} is refused: ${this.detail}`
  }
}

/** All of it is there already; what was begun is taken back. */
class NothingNew extends Data.TaggedError("NothingNew") {}

export interface Overridden {
  /** The overrides that are in the store now and were not, or not so, before. */
  readonly overrides: ReadonlyArray<Override>
  /** How many products were judged again. */
  readonly judged: number
}

const nothing: Overridden = { overrides: [], judged: 0 }

const ID = /^[A-Za-z0-9][A-Za-z0-9 ._:()/+-]{0,99}$/
const PART = new RegExp(`^[^\\p{Cc}\\p{Cs}]{1,${MAX_PART_NUMBER}}$`, "u")

const whyNot = ({ id, part, on, until }: Override): string | undefined => {
  if (!ID.test(id))
    return "its id must begin with a letter or digit, and hold up to 100 of them, blanks and . _ : ( ) / + -"
  if (!PART.test(partKey(part)))
    return `its part must have 1 to ${MAX_PART_NUMBER} characters, none of them a control character`
  if (until !== undefined && until < on) return `it would end on ${until}, before it begins on ${on}`
  return undefined
}

/** Fails for an override that no store takes, whatever it holds already. */
export const acceptable = (override: Override): Effect.Effect<void, RefusedOverride> => {
  const detail = whyNot(override)
  return detail === undefined ? Effect.void : Effect.fail(new RefusedOverride({ id: override.id, detail }))
}

export const makeOverriding = (repository: Repository["Service"], judging: Judging) => {
  /** Keeps decisions, and judges what they are about, as the revision that the transaction has taken. */
  const keep = Effect.fnUntraced(function* (
    tenant: TenantId,
    overrides: ReadonlyArray<Override>,
    revision: number,
    asOf: string
  ) {
    for (const override of overrides) yield* repository.putOverride(tenant, override)
    const parts = [...new Set(overrides.map(({ part }) => partKey(part)))]
    const products = yield* repository.productsUsing(tenant, { parts })
    return { overrides, judged: yield* judging.judgeProducts(tenant, products, revision, asOf) } satisfies Overridden
  })

  /** Those that are not in the store yet; fails for one whose id is another's. */
  const unknownOf = Effect.fnUntraced(function* (tenant: TenantId, overrides: ReadonlyArray<Override>) {
    const found = new Map<string, Override>()
    for (const override of overrides) {
      const { id } = override
      yield* acceptable(override)
      const stored = yield* repository.override(tenant, id)
      const known = found.get(id) ?? Option.getOrUndefined(stored)
      if (known === undefined) found.set(id, override)
      else if (!hasSameContent(known, override))
        return yield* new RefusedOverride({ id, detail: "another one has its id; give it an id of its own" })
    }
    return [...found.values()]
  })

  const add = Effect.fnUntraced(function* (
    tenant: TenantId,
    overrides: ReadonlyArray<Override>,
    asOf: string,
    by?: string
  ) {
    const revision = yield* repository.nextRevision(tenant)
    const unknown = yield* unknownOf(tenant, overrides)
    if (unknown.length === 0) return yield* new NothingNew()
    const subject = hashOf("overrides/1", unknown.map(canonical))
    const change = { by, did: "overrides.added", subject, detail: { overrides: unknown } } as const
    yield* writeAudit(repository, tenant, revision, change)
    return yield* keep(tenant, unknown, revision, asOf)
  })

  const withdraw = Effect.fnUntraced(function* (tenant: TenantId, id: string, asOf: string, by?: string) {
    const revision = yield* repository.nextRevision(tenant)
    const before = Option.getOrUndefined(yield* repository.override(tenant, id))
    const until = dayBefore(asOf)
    if (before === undefined || (before.until !== undefined && before.until <= until)) return yield* new NothingNew()
    const change = { by, did: "override.withdrawn", subject: id, detail: { until, before } } as const
    yield* writeAudit(repository, tenant, revision, change)
    return yield* keep(tenant, [{ ...before, until }], revision, asOf)
  })

  return {
    add: (tenant: TenantId, overrides: ReadonlyArray<Override>, asOf: string, by?: string) => {
      if (overrides.length <= MAX_OVERRIDES_AT_ONCE)
        return repository
          .transaction(tenant, add(tenant, overrides, asOf, by))
          .pipe(Effect.catchTag("NothingNew", () => Effect.succeed(nothing)))
      const detail = `it is one of ${overrides.length}; a store takes up to ${MAX_OVERRIDES_AT_ONCE} at once`
      return Effect.fail(new RefusedOverride({ id: overrides[0]?.id ?? "", detail }))
    },
    withdraw: Effect.fnUntraced(function* (tenant: TenantId, id: string, asOf: string, by?: string) {
      const withdrawn = yield* repository
        .transaction(tenant, withdraw(tenant, id, asOf, by))
        .pipe(Effect.catchTag("NothingNew", () => Effect.succeed(nothing)))
      const isThere = yield* repository.transaction(tenant, repository.override(tenant, id))
      return Option.as(isThere, withdrawn)
    })
  }
}
