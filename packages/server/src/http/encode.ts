/** Rows of the core in the shapes that the API sends. */
import type {
  AuditEntry as ApiAuditEntry,
  Declaration as ApiDeclaration,
  Job as ApiJob,
  PreviewedProduct as ApiPreviewedProduct,
  Document,
  Part,
  PartDetail,
  Product
} from "@certivo/api/types"
import type {
  AuditEntry,
  Declaration,
  DocumentRecord,
  Job,
  Listed,
  Page,
  PartReport,
  PartRow,
  PreviewedProduct,
  ProductRow,
  RejectedRow
} from "@certivo/core"
import { Decimal } from "@certivo/core/domain"

/** The object without its undefined fields. */
const defined = <A extends object>(value: A): { [Key in keyof A]: Exclude<A[Key], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as never

const massOf = (grams: string | undefined) => (grams === undefined ? undefined : { value: grams, unit: "g" as const })

export const productOf = ({ key: _key, judgedBy, ...row }: ProductRow): Product =>
  defined({ ...row, ruleSets: judgedBy.ruleSets, asOf: judgedBy.asOf, until: judgedBy.until })

export const partOf = ({ key: _key, massGrams, ...row }: PartRow): Part => defined({ ...row, mass: massOf(massGrams) })

export const partDetailOf = ({ massGrams, ...report }: PartReport): PartDetail =>
  defined({ ...report, mass: massOf(massGrams) })

export const jobOf = ({ bytesDone, bytesTotal, table: _table, ...job }: Job): ApiJob =>
  defined({ ...job, progress: { done: bytesDone, total: bytesTotal, unit: "bytes" as const } })

export const rejectOf = ({ cells: _cells, ...reject }: RejectedRow) => reject

export const documentOf = ({ table: _table, ...record }: DocumentRecord): Document => defined(record)

export const auditEntryOf = (entry: AuditEntry): ApiAuditEntry => defined(entry)

const decimalOf = (value: Declaration["limitPpm"]) => (value === undefined ? undefined : Decimal.toText(value))

export const declarationOf = (declaration: Declaration): ApiDeclaration => {
  const { amount, claim, limitPpm, materialMassMg, partMassMg, source, ...row } = declaration
  return defined({
    ...row,
    amount: defined({ ...amount, low: Decimal.toText(amount.low), high: decimalOf(amount.high) }),
    claim: claim && defined(claim),
    limitPpm: decimalOf(limitPpm),
    partMassMg: decimalOf(partMassMg),
    materialMassMg: decimalOf(materialMassMg),
    source: defined(source)
  })
}

export const evidencePageOf = <A, B>({ items, next, previous, total }: Page<A>, encode: (item: A) => B) => ({
  items: items.map(encode),
  page: {
    ...defined({ next, previous }),
    total: { count: total.count, type: total.atLeast ? ("at_least" as const) : ("exact" as const) }
  }
})

export const previewedProductOf = ({ parts, ...product }: PreviewedProduct): ApiPreviewedProduct =>
  defined({ ...product, parts: parts.map(defined) })

export const pageOf = <A, B>({ isCurrent, page, revision }: Listed<A>, encode: (item: A) => B) => {
  const listed = evidencePageOf(page, encode)
  return { ...listed, page: { ...listed.page, asOfRevision: revision, current: isCurrent } }
}
