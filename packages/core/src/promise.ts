/** The same service for people who do not use Effect: Promises and async iterables. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type Bytes, streamOf } from "./bytes.ts"
import { type CheckResult, check as checkEffect, type DocumentReport } from "./check.ts"
import { checkDocument } from "./checkDocument.ts"
import { type Certivo, type CertivoOptions, createCertivo } from "./createCertivo.ts"
import { DecodingFailed } from "./Decoding.ts"
import type { Mapping } from "./domain/Mapping.ts"
import { rejectsFile } from "./ingest/RejectsFile.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import { packs } from "./regulations/index.ts"

export {
  type Bytes,
  type Certivo,
  type CertivoOptions,
  type CheckResult,
  checkDocument,
  createCertivo,
  DecodingFailed,
  type DocumentReport,
  type Mapping,
  rejectsFile,
  UnreadableDocument
}

export interface CheckOptions {
  readonly bom: { readonly name: string; readonly bytes: Uint8Array }
  readonly declarations: ReadonlyArray<{ readonly name: string; readonly bytes: Bytes }>
  /** Names of built-in packs to add to the documents' own limits: `eu-rohs`. */
  readonly rules?: ReadonlyArray<string> | undefined
  /** What the columns of tables hold; found by their names when left out. */
  readonly mapping?: Mapping | undefined
  /** The day whose law applies, `YYYY-MM-DD`; today in UTC when left out. */
  readonly asOf?: string | undefined
  /** How documents are decoded; in the thread at hand when left out. `layer()` of `@certivo/core/adapters/threads` spreads large ones. */
  readonly decoding?: Layer.Layer<never> | undefined
}

/**
 * Judges a BOM against declarations. Rejects with {@link UnreadableDocument} when a document
 * cannot be read at all; bad rows are reported in `documents`.
 *
 * ```ts
 * const result = await check({
 *   bom: { name: "bom.json", bytes: await readFile("bom.json") },
 *   declarations: [{ name: "compliance.csv", bytes: createReadStream("compliance.csv") }]
 * })
 * console.log(result.product.status)
 * ```
 */
export const check = (options: CheckOptions): Promise<CheckResult> => {
  const rules = (options.rules ?? []).map((name) => {
    const pack = packs.get(name)
    if (pack === undefined)
      throw new RangeError(`No rule pack is named ${name}. Known: ${[...packs.keys()].join(", ")}`)
    return pack
  })
  return Effect.runPromise(
    checkEffect({
      bom: options.bom,
      declarations: options.declarations.map(({ name, bytes }) => ({ name, bytes: streamOf(bytes) })),
      rules,
      mapping: options.mapping,
      asOf: options.asOf ?? new Date().toISOString().slice(0, 10)
    }).pipe(Effect.provide(options.decoding ?? Layer.empty))
  )
}
