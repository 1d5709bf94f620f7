/** Compares the facts of a certificate with the documents they were read from, by hash and line. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { type DocumentReport, readBom, readDeclarations } from "../check.ts"
import { type DecodingFailed, unreadable } from "../Decoding.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { hasher } from "../domain/Hash.ts"
import { MAX_BOM_BYTES } from "../ingest/Document.ts"
import { UnreadableDocument } from "../ingest/UnreadableDocument.ts"
import type {
  CertificateInputs,
  CertificateTooLarge,
  CertifiedDeclaration,
  CertifiedDocument,
  CertifiedNode,
  NotACertificate
} from "./Certificate.ts"
import { childrenOf, declarationOf, partOf } from "./certificateOf.ts"
import { type Difference, differenceAt, firstDifference } from "./Difference.ts"
import { readCertificate } from "./verify.ts"

export interface OriginalDocument<E, R> {
  readonly name: string
  /** May be read twice: once for its hash, once for its rows. */
  readonly bytes: Stream.Stream<Uint8Array, E, R>
}

export interface DocumentsVerification {
  readonly holds: boolean
  readonly difference?: Difference
  /** Documents of the certificate that were compared, and those that were not given. */
  readonly compared: ReadonlyArray<string>
  readonly missing: ReadonlyArray<string>
}

/**
 * Whether what a certificate lists stands in these documents, and nothing that counts was left out of them.
 * Documents are recognised by their hash, whatever they are called. Does not verify the certificate itself.
 */
export const verifyDocuments = Effect.fn("verifyDocuments")(function* <E, R>(
  file: string | Uint8Array,
  documents: ReadonlyArray<OriginalDocument<E, R>>,
  newHasher: typeof hasher = hasher
): Effect.fn.Return<
  DocumentsVerification,
  E | UnreadableDocument | DecodingFailed | NotACertificate | CertificateTooLarge,
  R
> {
  const { inputs } = yield* readCertificate(file)
  if ("pointer" in inputs) return { holds: false, difference: inputs, compared: [], missing: [] }
  const compared = new Set<number>()
  const result = (difference?: Difference): DocumentsVerification => ({
    holds: difference === undefined,
    ...(difference === undefined ? {} : { difference }),
    compared: inputs.documents.filter((_, index) => compared.has(index)).map(({ name }) => name),
    missing: inputs.documents.filter((_, index) => !compared.has(index)).map(({ name }) => name)
  })
  for (const document of documents) {
    const sha256 = yield* hashOfStream(document.bytes, newHasher())
    const known = [...inputs.documents.entries()].filter(([, one]) => one.sha256 === sha256)
    if (known.length === 0)
      return result({
        pointer: "/documents",
        found: `${document.name} with the SHA-256 ${sha256}, which is none of the certificate's`
      })
    for (const [index, certified] of known) {
      const difference = yield* certified.kind === "bom"
        ? compareBom(inputs, certified, index, document, newHasher)
        : compareRows(inputs, certified, index, document, newHasher)
      if (difference !== undefined) return result(difference)
      compared.add(index)
    }
  }
  return result()
})

const hashOfStream = <E, R>(bytes: Stream.Stream<Uint8Array, E, R>, hash: ReturnType<typeof hasher>) =>
  Stream.runForEach(bytes, (chunk) => Effect.sync(() => hash.update(chunk))).pipe(Effect.map(() => hash.digest()))

const compareReport = (
  certified: CertifiedDocument,
  index: number,
  { kind, rows, accepted, rejected, warned, codes }: DocumentReport
): Difference | undefined =>
  firstDifference(certified, { ...certified, kind, rows, accepted, rejected, warned, codes }, ["documents", index])

const compareBom = Effect.fnUntraced(function* <E, R>(
  { nodes, mapping }: CertificateInputs,
  certified: CertifiedDocument,
  index: number,
  { name, bytes }: OriginalDocument<E, R>,
  newHasher: typeof hasher
): Effect.fn.Return<Difference | undefined, E | UnreadableDocument, R> {
  const whole = yield* wholeOf(name, bytes)
  const { bom, report } = yield* unreadable(() => readBom({ name, bytes: whole }, mapping, newHasher()))
  for (const [place, node] of nodes.entries()) {
    const part = bom.parts.get(node.key)
    const { declarations: _d, declarationsOmitted: _o, factsHash: _f, evidenceHash: _e, ...stated } = node
    const found = part && {
      ...partOf(part),
      children: childrenOf(bom, node.key)
    }
    const difference = firstDifference(stated, found, ["nodes", place])
    if (difference !== undefined) return difference
  }
  const product = nodes.length - 1
  return (
    firstDifference(nodes[product]?.key, bom.product, ["nodes", product, "key"]) ??
    compareReport(certified, index, report)
  )
})

const wholeOf = Effect.fnUntraced(function* <E, R>(
  name: string,
  bytes: Stream.Stream<Uint8Array, E, R>
): Effect.fn.Return<Uint8Array, E | UnreadableDocument, R> {
  const chunks: Array<Uint8Array> = []
  let size = 0
  yield* Stream.runForEach(bytes, (chunk) => {
    size += chunk.length
    if (size > MAX_BOM_BYTES)
      return Effect.fail(
        new UnreadableDocument({ document: name, code: "document.too_large", detail: "a BOM may have at most 256 MiB" })
      )
    chunks.push(chunk)
    return Effect.void
  })
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
})

interface Expected {
  readonly place: ReadonlyArray<PropertyKey>
  readonly row: CertifiedDeclaration
  left: number
}

/** What a row says and where it stands, but for the hash and the arrival, which no document states of itself. */
const keyOf = (part: string, { source, ...row }: CertifiedDeclaration): string =>
  JSON.stringify([part, row, source.document, source.line, source.issued ?? null, source.validTo ?? null])

const compareRows = Effect.fnUntraced(function* <E, R>(
  { nodes, mapping, options }: CertificateInputs,
  certified: CertifiedDocument,
  index: number,
  { bytes }: OriginalDocument<E, R>,
  newHasher: typeof hasher
): Effect.fn.Return<Difference | undefined, E | UnreadableDocument | DecodingFailed, R> {
  const places = new Map(nodes.map(({ key }, place) => [key, place]))
  const expected = expectedRows(nodes, certified)
  let leftOut: Difference | undefined
  const add = (rows: Iterable<Declaration>): void => {
    for (const row of rows) {
      if (options.knownAt !== undefined && row.source.issued !== undefined && row.source.issued > options.knownAt)
        continue
      const found = declarationOf(row)
      const known = expected.get(keyOf(row.part, found))
      const place = places.get(row.part) as number
      if (known !== undefined && known.left > 0) known.left--
      else if (nodes[place]?.declarationsOmitted === 0)
        leftOut ??= {
          pointer: `/nodes/${place}/declarations`,
          found: `${certified.name}, line ${found.source.line}: ${found.substance} "${found.text}", which the certificate leaves out`
        }
    }
  }
  const report = yield* readDeclarations(
    { name: certified.name, bytes },
    "",
    { as: "declarations", wanted: places, mapping, today: options.asOf },
    { add },
    newHasher()
  )
  const missing = [...expected.values()].find(({ left }) => left > 0)
  if (missing !== undefined)
    return {
      ...differenceAt(missing.place, `${missing.row.substance} "${missing.row.text}"`, undefined),
      found: `nothing of the kind in ${certified.name} on line ${missing.row.source.line}`
    }
  return leftOut ?? compareReport(certified, index, report)
})

const expectedRows = (
  nodes: ReadonlyArray<CertifiedNode>,
  { name, sha256 }: CertifiedDocument
): ReadonlyMap<string, Expected> => {
  const expected = new Map<string, Expected>()
  for (const [place, { key: part, declarations }] of nodes.entries())
    for (const [at, row] of declarations.entries()) {
      if (row.source.sha256 !== sha256 || !isIn(row.source.document, name)) continue
      const key = keyOf(part, row)
      const known = expected.get(key)
      if (known === undefined) expected.set(key, { place: ["nodes", place, "declarations", at], row, left: 1 })
      else known.left++
    }
  return expected
}

/** A file inside an archive is called by the archive's name and its own. */
const isIn = (document: string, name: string): boolean => document === name || document.startsWith(`${name}/`)
