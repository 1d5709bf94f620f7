/** Keeps the original files as evidence, named by the SHA-256 of their bytes. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Stream from "effect/Stream"

export class DocumentStoreError extends Schema.TaggedError<DocumentStoreError>()("DocumentStoreError", {
  operation: Schema.String,
  cause: Schema.Defect()
}) {
  override get message(): string {
    return `The document store could not ${this.operation}: ${this.cause instanceof Error ? this.cause.message : String(this.cause)}`
  }
}

export class DocumentStore extends Context.Service<
  DocumentStore,
  {
    /** Stores the bytes and returns their hash and number; storing the same bytes again changes nothing. */
    readonly put: <E, R>(
      tenant: string,
      bytes: Stream.Stream<Uint8Array, E, R>
    ) => Effect.Effect<{ readonly sha256: string; readonly bytes: number }, E | DocumentStoreError, R>
    readonly get: (tenant: string, sha256: string) => Stream.Stream<Uint8Array, DocumentStoreError>
  }
>()("@certivo/core/ports/DocumentStore") {}
