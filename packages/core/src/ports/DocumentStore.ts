/** Keeps the original files as evidence, named by the SHA-256 of their bytes. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
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

export interface StoredDocument {
  readonly sha256: string
  readonly bytes: number
  /** When it was last stored, ISO 8601, UTC. */
  readonly storedAt: string
}

export interface LinkOptions {
  /** The name under which a browser saves the file. */
  readonly fileName: string
  /** How long the link works; at most 300. */
  readonly seconds: number
}

export class DocumentStore extends Context.Service<
  DocumentStore,
  {
    /** Stores the bytes and returns their hash and number; storing the same bytes again renews `storedAt`, and nothing else. */
    readonly put: <E, R>(
      tenant: string,
      bytes: Stream.Stream<Uint8Array, E, R>
    ) => Effect.Effect<{ readonly sha256: string; readonly bytes: number }, E | DocumentStoreError, R>
    /** The bytes; fails at the end when they are not those that were stored. */
    readonly get: (tenant: string, sha256: string) => Stream.Stream<Uint8Array, DocumentStoreError>
    /** A link that lets anybody who has it download the document for a while; none from stores that cannot give any. */
    readonly link: (
      tenant: string,
      sha256: string,
      options: LinkOptions
    ) => Effect.Effect<Option.Option<string>, DocumentStoreError>
    /** All documents of the tenant, in no particular order. */
    readonly list: (tenant: string) => Stream.Stream<StoredDocument, DocumentStoreError>
    /** Removes a document; one that is not there is no error. */
    readonly remove: (tenant: string, sha256: string) => Effect.Effect<void, DocumentStoreError>
    /**
     * Removes documents that were stored before a time (ISO 8601, UTC) and are not kept, and what uploads have left that
     * broke off before it; returns how many documents it removed. One that is stored again meanwhile stays.
     */
    readonly sweep: <E, R>(
      tenant: string,
      before: string,
      isKept: (sha256: string) => Effect.Effect<boolean, E, R>
    ) => Effect.Effect<number, E | DocumentStoreError, R>
  }
>()("@certivo/core/ports/DocumentStore") {}
