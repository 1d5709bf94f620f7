/** How every document store sweeps: `remove` looks once more whether the document is stale, and says whether it removed it. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

export const removeStale = <E, R, E2, R2, E3>(
  stale: Stream.Stream<string, E3>,
  isKept: (sha256: string) => Effect.Effect<boolean, E, R>,
  remove: (sha256: string) => Effect.Effect<boolean, E2, R2>
): Effect.Effect<number, E | E2 | E3, R | R2> =>
  stale.pipe(
    Stream.mapEffect((sha256) =>
      Effect.flatMap(isKept(sha256), (kept) => (kept ? Effect.succeed(false) : remove(sha256)))
    ),
    Stream.runFold(
      () => 0,
      (removed, wasRemoved) => (wasRemoved ? removed + 1 : removed)
    )
  )
