/** What a change would do, as a stream of events that are made when they are taken. */
import { Api, InvalidProposal, TooLarge, Unavailable } from "@certivo/api"
import { Compliance, documentLimits, type Preview, packs, Repository, type RuleSet } from "@certivo/core"
import * as Effect from "effect/Effect"
import { HttpApiBuilder } from "effect/http-api"
import * as Stream from "effect/Stream"
import { savedMappingIn, tenantOf, today, unavailable } from "./answers.ts"
import { previewedProductOf } from "./encode.ts"

const invalid = (detail: string) => Effect.fail(new InvalidProposal({ code: "invalid-proposal", detail }))

const unusable = ({ message }: { readonly message: string }) => invalid(message)

const refusals = {
  RepositoryError: unavailable,
  UnreadableDocument: unusable,
  DecodingFailed: unusable,
  TooManyProposedRows: unusable,
  RefusedOverride: unusable
}

/** As `certivo rules use` takes them: beside the documents' own limits. */
const ruleSetsOf = (ids: ReadonlyArray<string>) =>
  Effect.map(
    Effect.forEach(ids, (id): Effect.Effect<RuleSet, InvalidProposal> => {
      const pack = packs.get(id)
      return pack === undefined
        ? invalid(`No rule pack is named ${id}. Known: ${[...packs.keys()].join(", ")}`)
        : Effect.succeed(pack)
    }),
    (chosen) => [documentLimits, ...chosen]
  )

/** Ends with a failure that says nothing of its cause, which would be sent along whatever it is. */
const eventsOf = ({ documents, products }: Preview) =>
  Stream.concat(
    Stream.succeed({ documents }),
    Stream.map(products, (product) => ({ product: previewedProductOf(product) }))
  ).pipe(
    Stream.catchCause((cause) =>
      Stream.fromEffect(
        Effect.andThen(
          Effect.logError("A preview has failed", cause),
          Effect.fail(new Unavailable({ code: "unavailable" }))
        )
      )
    )
  )

export const Previews = HttpApiBuilder.group(
  Api,
  "previews",
  Effect.fn(function* (handlers) {
    const compliance = yield* Compliance
    const savedMapping = savedMappingIn(yield* Repository)
    return handlers.handleAll({
      change: Effect.fn(function* ({ payload: { rules, overrides, asOf } }) {
        const ruleSets = rules === undefined ? undefined : yield* ruleSetsOf(rules)
        const preview: Preview = yield* compliance
          .preview(yield* tenantOf, { ruleSets, overrides, asOf }, yield* today)
          .pipe(Effect.catchTags(refusals))
        return eventsOf(preview)
      }),
      declarations: Effect.fn(function* ({ payload, query: { name, mapping, asOf } }) {
        const columns = mapping === undefined ? undefined : yield* savedMapping(mapping)
        const bytes = payload.pipe(Stream.mapError(() => new TooLarge({ code: "too-large" })))
        const proposal = { declarations: [{ name, bytes, mapping: columns }], asOf }
        const preview: Preview = yield* compliance
          .preview(yield* tenantOf, proposal, yield* today)
          .pipe(Effect.catchTags(refusals))
        return eventsOf(preview)
      })
    })
  })
)
