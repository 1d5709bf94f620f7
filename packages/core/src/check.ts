/** Judges a BOM against declarations on the spot: no store, constant memory for declarations of any length. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { Decoding, type DecodingFailed, type DecodingOptions, unreadable } from "./Decoding.ts"
import * as Decimal from "./domain/Decimal.ts"
import type { Reject, RejectedRow, TableHeader } from "./domain/Declaration.ts"
import { hasher } from "./domain/Hash.ts"
import type { Mapping } from "./domain/Mapping.ts"
import type { ProductVerdict } from "./domain/Verdict.ts"
import { checkedOptions, type InvalidOptions } from "./engine/Options.ts"
import { type BomOptions, type JudgedProduct, judgeBom } from "./engine/Rollup.ts"
import { type RuleSet, ruleSetHash } from "./engine/Rule.ts"
import type { DecodedBom } from "./ingest/bom/BomBuilder.ts"
import { type DecodedDocument, decodeDocument } from "./ingest/Document.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import { KeptRejects } from "./KeptRejects.ts"
import { Remarks } from "./Remarks.ts"
import { RowKeeper } from "./RowKeeper.ts"
import { documentLimits } from "./regulations/index.ts"

export interface CheckInput<E, R> extends BomOptions {
  readonly bom: { readonly name: string; readonly bytes: Uint8Array }
  readonly declarations: ReadonlyArray<{ readonly name: string; readonly bytes: Stream.Stream<Uint8Array, E, R> }>
  /** What the columns of tables hold; found by their names when left out. */
  readonly mapping?: Mapping | undefined
  /** Added to the limits that the declarations state themselves. */
  readonly rules?: ReadonlyArray<RuleSet> | undefined
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
  readonly rejects: ReadonlyArray<RejectedRow>
  /** Rejects that are counted in `rejected` but not listed. */
  readonly rejectsOmitted: number
  /** Remarks about rows that were accepted. */
  readonly warned: number
  readonly warnings: ReadonlyArray<Reject>
  /** How often each code occurs, rejects and warnings alike. */
  readonly codes: Readonly<Record<string, number>>
  /** The header of a table; a file of rejects is written by it. */
  readonly table: TableHeader | undefined
}

export interface CheckResult {
  readonly asOf: string
  readonly ruleSets: ReadonlyArray<{ readonly id: string; readonly version: string; readonly hash: string }>
  /** The rule sets themselves, in the same order. */
  readonly rules: ReadonlyArray<RuleSet>
  readonly product: ProductVerdict
  readonly root: JudgedProduct["root"]
  readonly facts: JudgedProduct["facts"]
  /** What each assembly contains, by part key; quantities as plain decimals. */
  readonly lines: ReadonlyMap<string, ReadonlyArray<{ readonly child: string; readonly quantity: string }>>
  readonly documents: ReadonlyArray<DocumentReport>
  /** The judgement with all that it rests on, to explain and to certify. */
  readonly judged: JudgedProduct
  readonly mapping: Mapping | undefined
}

/**
 * Reads the BOM and streams the declarations past it.
 *
 * Fails with {@link UnreadableDocument} when a document cannot be taken as a whole, and with
 * {@link InvalidOptions} for options that cannot be used; a bad row never fails, it is reported in `documents`.
 * Documents are decoded as {@link Decoding} provides.
 */
export const check = Effect.fn("check")(function* <E, R>(
  input: CheckInput<E, R>
): Effect.fn.Return<CheckResult, E | UnreadableDocument | InvalidOptions | DecodingFailed, R> {
  const { asOf, knownAt, ranges, rollup, categories, overrides } = input
  const options = yield* checkedOptions({ asOf, knownAt, ranges, rollup, categories, overrides })
  const newHasher = input.hasher ?? hasher
  const { bom, report } = yield* unreadable(() => readBom(input.bom, input.mapping, newHasher()))
  const keeper = new RowKeeper()
  const documents: Array<DocumentReport> = [report]
  const hashes = new Map<number, string>()
  for (const [index, document] of input.declarations.entries()) {
    const report = yield* readDeclarations(
      document,
      String(index),
      { as: "declarations", wanted: bom.parts, mapping: input.mapping, today: input.asOf },
      keeper,
      newHasher()
    )
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
  const judged = judgeBom(bom, evidence, ruleSets, options)
  return {
    asOf,
    ruleSets: ruleSets.map((ruleSet) => ({ id: ruleSet.id, version: ruleSet.version, hash: ruleSetHash(ruleSet) })),
    rules: ruleSets,
    product: judged.product,
    root: judged.root,
    facts: judged.facts,
    lines: new Map(
      [...bom.lines].map(([parent, lines]) => [
        parent,
        lines.map((line) => ({ child: line.child, quantity: Decimal.toText(line.quantity) }))
      ])
    ),
    documents,
    judged,
    mapping: input.mapping
  }
})

/** @throws UnreadableDocument */
export const readBom = (
  { name, bytes }: CheckInput<never, never>["bom"],
  mapping: Mapping | undefined,
  hash: ReturnType<typeof hasher>
): { readonly bom: DecodedBom["bom"]; readonly report: DocumentReport } => {
  hash.update(bytes)
  const sha256 = hash.digest()
  const decoder = decodeDocument({ name, sha256 }, { as: "bom", mapping })
  const bom = decoder.push(bytes).bom ?? decoder.end().bom
  if (bom === undefined)
    throw new UnreadableDocument({ document: name, code: "document.not_a_bom", detail: "it holds no BOM" })
  const tally = new Tally()
  tally.add({
    accepted: bom.rows - bom.rejects.length,
    rejected: bom.rejects.length,
    rejects: bom.rejects,
    warnings: bom.warnings
  })
  return { bom: bom.bom, report: tally.report(name, "bom", sha256) }
}

/** Counts what a document gave, and lists its remarks up to their bounds. */
class Tally {
  readonly #remarks = new Remarks()
  readonly #rejects = new KeptRejects()
  readonly #warnings: Array<Reject> = []
  #accepted = 0
  #rejected = 0
  #table: TableHeader | undefined

  add(found: Pick<DecodedDocument, "accepted" | "rejected" | "rejects" | "warnings" | "table">): void {
    this.#accepted += found.accepted
    this.#rejected += found.rejected
    this.#table ??= found.table
    for (const reject of this.#remarks.rejects(found.rejects)) this.#rejects.add(reject)
    for (const warning of this.#remarks.warnings(found.warnings)) this.#warnings.push(warning)
  }

  report(name: string, kind: DocumentReport["kind"], sha256: string): DocumentReport {
    return {
      name,
      kind,
      sha256,
      rows: this.#accepted + this.#rejected,
      accepted: this.#accepted,
      rejected: this.#rejected,
      rejects: this.#rejects.rows(),
      rejectsOmitted: this.#rejected - this.#rejects.length,
      warned: this.#remarks.warned,
      warnings: this.#warnings,
      codes: this.#remarks.codes,
      table: this.#table
    }
  }
}

/** A document's hash is known only after its last byte; until then rows carry its index in place of it. */
export const readDeclarations = Effect.fnUntraced(function* <E, R>(
  document: { readonly name: string; readonly bytes: Stream.Stream<Uint8Array, E, R> },
  index: string,
  options: DecodingOptions,
  keeper: Pick<RowKeeper, "add">,
  hash: ReturnType<typeof hasher>
): Effect.fn.Return<DocumentReport, E | UnreadableDocument | DecodingFailed, R> {
  const decoding = yield* Decoding
  const tally = new Tally()
  const take = (found: ReadonlyArray<DecodedDocument>): void => {
    for (const one of found) {
      tally.add(one)
      keeper.add(one.declarations)
    }
  }
  yield* Effect.scoped(
    Effect.gen(function* () {
      const opened = yield* decoding.open({ name: document.name, sha256: index }, options)
      yield* Stream.runForEach(document.bytes, (chunk) => {
        hash.update(chunk)
        return Effect.map(opened.push(chunk), take)
      })
      take(yield* opened.end)
    })
  )
  return tally.report(document.name, "declarations", hash.digest())
})
