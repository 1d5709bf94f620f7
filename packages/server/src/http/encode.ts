/** Rows of the core in the shapes that the API sends. */
import type { Job as ApiJob, Part, PartDetail, Product } from "@certivo/api/types"
import type { Job, Listed, PartReport, PartRow, ProductRow, RejectedRow } from "@certivo/core"

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

export const pageOf = <A, B>({ isCurrent, page, revision }: Listed<A>, encode: (item: A) => B) => ({
  items: page.items.map(encode),
  page: {
    ...(page.next === undefined ? {} : { next: page.next }),
    ...(page.previous === undefined ? {} : { previous: page.previous }),
    total: { count: page.total.count, type: page.total.atLeast ? ("at_least" as const) : ("exact" as const) },
    asOfRevision: revision,
    current: isCurrent
  }
})
