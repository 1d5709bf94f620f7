/** Judges a BOM against declarations on the spot: no store, constant memory for declarations of any length. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Decimal from "./domain/Decimal.ts"
import type { Reject } from "./domain/Declaration.ts"
import { hasher } from "./domain/Hash.ts"
import type { ProductVerdict } from "./domain/Verdict.ts"
import { type JudgedProduct, judgeBom } from "./engine/Rollup.ts"
import { type RuleSet, ruleSetHash } from "./engine/Rule.ts"
import { decodeBom } from "./ingest/Bom.ts"
import { type DecodedRows, decodeDeclarations } from "./ingest/Declarations.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import { RowKeeper } from "./RowKeeper.ts"
import { documentLimits } from "./regulations/index.ts"

/** Rejects listed for a document; those beyond are counted. */
export const MAX_LISTED_REJECTS = 100_000

export interface CheckInput<E, R> {
  readonly bom: { readonly name: string; readonly bytes: Uint8Array }
  readonly declarations: ReadonlyArray<{ readonly name: string; readonly bytes: Stream.Stream<Uint8Array, E, R> }>
  /** Added to the limits that the declarations state themselves. */
  readonly rules?: ReadonlyArray<RuleSet> | undefined
  /** The day whose law applies, `YYYY-MM-DD`. */
  readonly asOf: string
  /** SHA-256 of chunks; a faster one than the built-in may be given. */
  readonly hasher?: typeof hasher | undefined
}

export interface DocumentReport {
  readonly name: string
  readonly kind: "bom" | "declarations"
  readonly sha256: string
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly rejects: ReadonlyArray<Reject>
  /** Rejects that are counted in `rejected` but not listed. */
  readonly rejectsOmitted: number
}

export interface CheckResult {
  readonly asOf: string
  readonly ruleSets: ReadonlyArray<{ readonly id: string; readonly version: string; readonly hash: string }>
  readonly product: ProductVerdict
  readonly root: JudgedProduct["root"]
  /** What each assembly contains, by part key; quantities as plain decimals. */
  readonly lines: ReadonlyMap<string, ReadonlyArray<{ readonly child: string; readonly quantity: string }>>
  readonly documents: ReadonlyArray<DocumentReport>
}

/**
 * Reads the BOM and streams the declarations past it.
 *
 * Fails with {@link UnreadableDocument} when a document cannot be taken as a whole; a bad row
 * never fails, it is reported in `documents`.
 */
export const check = Effect.fn("check")(function* <E, R>(
  input: CheckInput<E, R>
): Effect.fn.Return<CheckResult, E | UnreadableDocument, R> {
  const newHasher = input.hasher ?? hasher
  const { bom, rejects, rows } = yield* unreadable(() => decodeBom(input.bom.name, input.bom.bytes))
  const bomHash = newHasher()
  bomHash.update(input.bom.bytes)
  const keeper = new RowKeeper()
  const wanted = (part: string) => bom.parts.has(part)
  const documents: Array<DocumentReport> = [
    {
      name: input.bom.name,
      kind: "bom",
      sha256: bomHash.digest(),
      rows,
      accepted: rows - rejects.length,
      rejected: rejects.length,
      rejects,
      rejectsOmitted: 0
    }
  ]
  const hashes = new Map<number, string>()
  for (const [index, document] of input.declarations.entries()) {
    const report = yield* readDeclarations(document, String(index), wanted, keeper, newHasher())
    hashes.set(index, report.sha256)
    documents.push(report)
  }
  const ruleSets = [documentLimits, ...(input.rules ?? [])]
  const evidence = {
    omitted: (part: string) => keeper.omitted(part),
    declarations: (part: string) =>
      keeper
        .of(part)
        .map((row) => ({ ...row, source: { ...row.source, sha256: hashes.get(Number(row.source.sha256)) ?? "" } }))
  }
  const judged = judgeBom(bom, evidence, ruleSets, input.asOf)
  return {
    asOf: input.asOf,
    ruleSets: ruleSets.map((ruleSet) => ({ id: ruleSet.id, version: ruleSet.version, hash: ruleSetHash(ruleSet) })),
    product: judged.product,
    root: judged.root,
    lines: new Map(
      [...bom.lines].map(([parent, lines]) => [
        parent,
        lines.map((line) => ({ child: line.child, quantity: Decimal.toText(line.quantity) }))
      ])
    ),
    documents
  }
})

/** A document's hash is known only after its last byte; until then rows carry its index in place of it. */
const readDeclarations = Effect.fnUntraced(function* <E, R>(
  document: { readonly name: string; readonly bytes: Stream.Stream<Uint8Array, E, R> },
  index: string,
  wanted: (part: string) => boolean,
  keeper: RowKeeper,
  hash: ReturnType<typeof hasher>
): Effect.fn.Return<DocumentReport, E | UnreadableDocument, R> {
  const decoder = decodeDeclarations({ name: document.name, sha256: index }, { wanted })
  const rejects: Array<Reject> = []
  let accepted = 0
  let rejected = 0
  const take = (rows: DecodedRows): void => {
    accepted += rows.accepted
    rejected += rows.rejected
    keeper.add(rows.declarations)
    for (const reject of rows.rejects) if (rejects.length < MAX_LISTED_REJECTS) rejects.push(reject)
  }
  yield* Stream.runForEachArray(document.bytes, (chunks) =>
    unreadable(() => {
      for (const chunk of chunks) {
        hash.update(chunk)
        take(decoder.push(chunk))
      }
    })
  )
  yield* unreadable(() => take(decoder.end()))
  return {
    name: document.name,
    kind: "declarations",
    sha256: hash.digest(),
    rows: accepted + rejected,
    accepted,
    rejected,
    rejects,
    rejectsOmitted: rejected - rejects.length
  }
})

/** Runs a decoder, which throws {@link UnreadableDocument}, as an Effect. */
export const unreadable = <A>(decode: () => A): Effect.Effect<A, UnreadableDocument> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(decode())
    } catch (error) {
      return error instanceof UnreadableDocument ? Effect.fail(error) : Effect.die(error)
    }
  })
