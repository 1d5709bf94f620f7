/** Small values for the contract suites. */
import { type AuditEntry, auditEntry } from "../domain/Audit.ts"
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Override } from "../domain/Override.ts"
import type { Bom, BomLine, Part } from "../domain/Part.ts"
import { type JudgedBy, ruleSetNames } from "../domain/Rules.ts"
import type { Status } from "../domain/Status.ts"
import type { ProductVerdict } from "../domain/Verdict.ts"
import { type DocumentRecord, type Job, TenantId } from "../ports/Repository.ts"

let tenants = 0
/** A tenant that no other test has used, also not one of an earlier run on the same database. */
export const newTenant = () => TenantId.make(`t${Date.now().toString(36)}-${tenants++}`)

const decimal = (text: string) => Decimal.parse(text) as Decimal.Decimal

export const documentOf = (digit: string): DocumentRecord => ({
  sha256: digit.repeat(64),
  name: `${digit}.csv`,
  kind: "declarations",
  bytes: 100,
  rows: 1,
  accepted: 1,
  rejected: 0,
  warned: 2,
  codes: { "row.duplicate": 2 },
  table: { headers: ["MPN", "CAS"], delimiter: ",", decimal: "." },
  revision: 1,
  arrived: "2026-11-20"
})

export const declarationOf = (part: string, sha256: string, line: number): Declaration => ({
  part,
  substance: "Lead",
  cas: "7439-92-1",
  ec: "231-100-4",
  material: "Solder",
  materialMassMg: decimal("2.5"),
  partMassMg: decimal("12500.0001"),
  amount: { unit: "mg", low: decimal("0.000000000000000000001"), lowOpen: false, high: decimal("0.5"), highOpen: true },
  basis: "element",
  claim: { list: "eu-rohs", version: undefined, says: "compliant" },
  text: "0.000000000000000000001-<0.5 mg",
  limitPpm: decimal("1000"),
  exemption: "6(c)",
  intentional: false,
  source: {
    document: `${sha256[0]}.csv`,
    sha256,
    line,
    supplier: "Acme Metals",
    issued: "2026-01-31",
    validTo: "2027-01-31",
    arrived: "2026-11-20"
  }
})

export const bomOf = (
  product: string,
  children: Record<string, ReadonlyArray<readonly [child: string, quantity: string]>>
): Bom => {
  const lines = new Map<string, ReadonlyArray<BomLine>>(
    Object.entries(children).map(([parent, entries]) => [
      parent,
      entries.map(([child, quantity]) =>
        quantity === "AR"
          ? { parent, child, quantity: decimal("1"), uncounted: true }
          : { parent, child, quantity: decimal(quantity) }
      )
    ])
  )
  const keys = new Set([product, ...[...lines.values()].flat().flatMap((line) => [line.parent, line.child])])
  const parts = new Map<string, Part>(
    [...keys].map((key) => [
      key,
      {
        key,
        partNumber: key.toLowerCase(),
        name: undefined,
        material: "Brass",
        massGrams: decimal("12.5"),
        categories: ["packaging", "food-contact"],
        supplier: "Acme Metals"
      }
    ])
  )
  return { product, parts, lines }
}

export const verdictOf = (product: string, parts: ReadonlyArray<readonly [string, Status]>): ProductVerdict => ({
  key: product,
  partNumber: product,
  name: "A product",
  status: "unknown",
  duty: "not-applicable",
  byRegulation: [],
  factsHash: "sha256:0",
  summary: { parts: parts.length, compliant: 0, exempt: 0, unknown: 0, nonCompliant: 0, declaredPartsPercent: "100" },
  parts: parts.map(([key, status]) => ({
    key,
    partNumber: key,
    name: undefined,
    material: undefined,
    massGrams: "1",
    quantity: "1",
    assembly: false,
    declared: true,
    status,
    ownStatus: status,
    duty: "not-applicable",
    byRegulation: [],
    reasons: [],
    findings: [],
    findingsOmitted: 0,
    factsHash: "sha256:0"
  }))
})

/** A decision, with texts that not every database holds. */
export const overrideOf = (id: string, part: string): Override => ({
  id,
  part,
  rule: "eu-rohs/",
  status: "compliant",
  reason: "\u0000 \ud800 '%_",
  by: "Q. Manager",
  on: "2026-11-20",
  until: "2027-11-20"
})

/** Rule sets that a verdict may be judged by, on a day. */
export const judgedBy = (...ids: ReadonlyArray<string>): JudgedBy => ({
  ...ruleSetNames(ids.map((id) => ({ id, version: "1", hash: `sha256:${id}` }))),
  asOf: "2026-11-20"
})

/** An audit trail of this many revisions, with texts that not every database holds. */
export const trailOf = (revisions: number): ReadonlyArray<AuditEntry> => {
  const trail: Array<AuditEntry> = []
  for (let revision = 1; revision <= revisions; revision++)
    trail.push(
      auditEntry(trail.at(-1), revision, {
        at: "2026-11-23T10:00:00.000Z",
        by: revision % 2 === 0 ? "ann" : undefined,
        did: "mapping.saved",
        subject: `\u0000\ud800 ${revision}`,
        detail: { columns: { "b\u0000": { field: "part_number" }, a: ["'", null, 1.5] } }
      })
    )
  return trail
}

export const jobOf = (id: string): Job => ({
  id,
  state: "queued",
  kind: "declarations",
  documentName: "a.csv",
  sha256: "a".repeat(64),
  bytesTotal: 10,
  bytesDone: 0,
  rows: 0,
  accepted: 0,
  rejected: 0,
  warned: 0,
  codes: { "value.missing": 1 },
  mapping: { columns: { MPN: { field: "part_number" } } },
  proposal: undefined,
  table: { headers: ["MPN"], delimiter: ";" },
  error: undefined,
  revision: undefined,
  product: undefined,
  createdAt: "2026-11-23T10:00:00.000Z"
})
