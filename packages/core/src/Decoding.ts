/** How documents are decoded: in the thread at hand, unless another way is provided. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { DocumentSource } from "./ingest/Decoded.ts"
import { type DecodedDocument, type DocumentOptions, readDocument } from "./ingest/Document.ts"
import { readRows } from "./ingest/table/Table.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"

/** Decoding ended for a reason that is not in the document. */
export class DecodingFailed extends Schema.TaggedError<DecodingFailed>()("DecodingFailed", {
  document: Schema.String,
  /** Name of the thread that ended. */
  thread: Schema.String,
  detail: Schema.String
}) {
  override get message(): string {
    return `${this.document}: the thread ${this.thread} ended while it decoded it: ${this.detail}`
  }
}

export interface DecodingOptions extends Omit<DocumentOptions, "wanted"> {
  /** Keeps only declarations of these parts; the others are validated and counted all the same. */
  readonly wanted?: { readonly has: (partKey: string) => boolean; readonly keys: () => Iterable<string> } | undefined
}

/** A document that is being decoded. Bytes go in by `push` in any pieces; run `end` once after the last. */
export interface OpenDocument {
  /** Gives what is known by then, in the order of the document; waits while too much is being worked on. */
  readonly push: (
    chunk: Uint8Array
  ) => Effect.Effect<ReadonlyArray<DecodedDocument>, UnreadableDocument | DecodingFailed>
  /** Gives the rest. */
  readonly end: Effect.Effect<ReadonlyArray<DecodedDocument>, UnreadableDocument | DecodingFailed>
}

export interface DecodingShape {
  /** What works on the document is let go with the scope. */
  readonly open: (document: DocumentSource, options: DecodingOptions) => Effect.Effect<OpenDocument, never, Scope.Scope>
}

/** Decodes in the thread at hand. */
export const here: DecodingShape = {
  open: (document, options) =>
    Effect.sync(() => {
      const reader = readDocument(document, documentOptions(options), readRows)
      const taking = (run: () => void) =>
        unreadable(() => {
          run()
          return reader.take()
        })
      return { push: (chunk) => taking(() => reader.push(chunk)), end: taking(() => reader.end()) }
    })
}

export const Decoding: Context.Reference<DecodingShape> = Context.Reference<DecodingShape>("@certivo/core/Decoding", {
  defaultValue: () => here
})

export const documentOptions = ({ wanted, ...options }: DecodingOptions): DocumentOptions =>
  wanted === undefined ? options : { ...options, wanted: (part) => wanted.has(part) }

/** Runs a decoder, which throws {@link UnreadableDocument}, as an Effect. */
export const unreadable = <A>(decode: () => A): Effect.Effect<A, UnreadableDocument> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(decode())
    } catch (error) {
      return error instanceof UnreadableDocument ? Effect.fail(error) : Effect.die(error)
    }
  })
