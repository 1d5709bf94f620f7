/** What a change would do, as a stream of events that are made when they are taken. */
import { Api, InvalidProposal, TooLarge } from "@certivo/api"
import { Compliance, documentLimits, type Preview, packs, Repository, type RuleSet } from "@certivo/core"
import * as Effect from "effect/Effect"
import { HttpApiBuilder } from "effect/http-api"
import * as Stream from "effect/Stream"
import { savedMappingIn, tenantOf, today, unavailable } from "./answers.ts"
import { previewedProductOf } from "./encode.ts"

const invalid = (detail: string) => Effect.fail(new InvalidProposal({ code: "invalid-proposal", detail }))

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

/** A failure on the way breaks the stream off. */
const eventsOf = ({ documents, products }: Preview) =>
  Stream.concat(
    Stream.succeed({ documents }),
    Stream.map(Stream.orDie(products), (product) => ({ product: previewedProductOf(product) }))
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
          .pipe(
            Effect.catchTags({
              RepositoryError: unavailable,
              UnreadableDocument: Effect.die,
              DecodingFailed: Effect.die,
              TooManyProposedRows: Effect.die
            })
          )
        return eventsOf(preview)
      }),
      declarations: Effect.fn(function* ({ payload, query: { name, mapping, asOf } }) {
        const columns = mapping === undefined ? undefined : yield* savedMapping(mapping)
        const bytes = payload.pipe(Stream.mapError(() => new TooLarge({ code: "too-large" })))
        const proposal = { declarations: [{ name, bytes, mapping: columns }], asOf }
        const preview: Preview = yield* compliance.preview(yield* tenantOf, proposal, yield* today).pipe(
          Effect.catchTags({
            RepositoryError: unavailable,
            UnreadableDocument: ({ message }) => invalid(message),
            DecodingFailed: ({ message }) => invalid(message),
            TooManyProposedRows: ({ message }) => invalid(message)
          })
        )
        return eventsOf(preview)
      })
    })
  })
)
