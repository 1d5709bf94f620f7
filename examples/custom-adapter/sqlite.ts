/** A repository on SQLite, by the sqlite module of Node: an example of an adapter of your own. */
import {
  type AuditEntry,
  type Declaration,
  type Mapping,
  type Override,
  type Reject,
  type RejectedRow,
  substanceOf
} from "@certivo/core/domain"
import {
  type DocumentRecord,
  type Job,
  type ProductRow,
  Repository,
  type RepositoryError,
  TenantId
} from "@certivo/core/ports"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { bomOf, productsAbove, putBom } from "./boms.ts"
import { type Database, open, pack, unpack } from "./database.ts"
import { entriesOf } from "./dump.ts"
import { documents, findDeclarations } from "./finding.ts"
import { page, putVerdict } from "./lists.ts"
import { overrides, overridesOn, putOverride } from "./overrides.ts"
import { productsToJudge, putRules, ruleSet, rules } from "./rules.ts"

/** The repository in a file, which one process opens at a time. */
export const layer = (path: string): Layer.Layer<Repository, RepositoryError> =>
  Layer.effect(Repository, Effect.map(open(path), make))

const make = (db: Database): Repository["Service"] => {
  /** Every method is a transaction, or part of the one it is called in. */
  const within = <A>(operation: string, body: () => A) => db.transaction(db.attempt(operation, body))

  const one = <A>(operation: string, statement: string, ...values: ReadonlyArray<string>) =>
    within(operation, () =>
      Option.map(Option.fromNullishOr(db.all(statement, ...values)[0]), (row) => unpack<A>(row.body))
    )

  const isCommitted = (tenant: string, sha256: string) =>
    db.all("SELECT 1 FROM document WHERE tenant = ? AND sha256 = ?", tenant, sha256).length > 0

  const remarks = <A>(tenant: string, sha256: string, limit: number, warning: 0 | 1) =>
    within("read remarks", () =>
      db
        .all(
          "SELECT body FROM remark WHERE tenant = ? AND sha256 = ? AND warning = ? ORDER BY line, id LIMIT ?",
          tenant,
          sha256,
          warning,
          limit
        )
        .map((row) => unpack<A>(row.body))
    )

  return Repository.of({
    transaction: (_tenant, effect) => db.transaction(effect),

    revision: (tenant) =>
      within("read the revision", () =>
        Number(db.all("SELECT revision FROM head WHERE tenant = ?", tenant)[0]?.revision ?? 0)
      ),
    nextRevision: (tenant) =>
      within("take a revision", () =>
        Number(
          db.all(
            `INSERT INTO head VALUES (?, 1) ON CONFLICT DO UPDATE SET revision = revision + 1 RETURNING revision`,
            tenant
          )[0]?.revision
        )
      ),
    appendAudit: (tenant, entry) =>
      within("add to the audit trail", () =>
        db.run("INSERT INTO audit VALUES (?, ?, ?) ON CONFLICT DO NOTHING", tenant, entry.revision, pack(entry))
      ),
    auditTrail: (tenant, request) =>
      within("read the audit trail", () => {
        const [rows, from] =
          "after" in request
            ? ["revision > ? ORDER BY revision", request.after]
            : ["revision < ? ORDER BY revision DESC", request.before ?? Number.MAX_SAFE_INTEGER]
        return db
          .all(`SELECT body FROM audit WHERE tenant = ? AND ${rows} LIMIT ?`, tenant, from, request.limit)
          .map((row) => unpack<AuditEntry>(row.body))
      }),

    findDocument: (tenant, sha256) =>
      one<DocumentRecord>(
        "find a document",
        "SELECT body FROM document WHERE tenant = ? AND sha256 = ?",
        tenant,
        sha256
      ),
    discardStaged: (tenant, sha256) =>
      within("discard staged rows", () => {
        if (isCommitted(tenant, sha256)) return
        for (const table of ["staged", "declaration", "remark"])
          db.run(`DELETE FROM ${table} WHERE tenant = ? AND sha256 = ?`, tenant, sha256)
      }),
    stage: (tenant, sha256, { declarations, index, rejects, warnings }) =>
      within("stage rows", () => {
        const marked = db.all(
          "INSERT INTO staged VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING chunk",
          tenant,
          sha256,
          index
        )
        if (marked.length === 0) return
        if (isCommitted(tenant, sha256))
          return db.run("DELETE FROM staged WHERE tenant = ? AND sha256 = ? AND chunk = ?", tenant, sha256, index)
        for (const row of declarations)
          db.run(
            `INSERT INTO declaration (tenant, sha256, line, part, substance, supplier, material, body)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
            tenant,
            sha256,
            row.source.line,
            row.part,
            substanceOf(row),
            row.source.supplier ?? null,
            row.material ?? null,
            pack(row)
          )
        const remark = (warning: number, row: Reject) =>
          db.run(
            "INSERT INTO remark (tenant, sha256, warning, line, body) VALUES (?, ?, ?, ?, ?)",
            tenant,
            sha256,
            warning,
            row.line,
            pack(row)
          )
        for (const row of rejects) remark(0, row)
        for (const row of warnings) remark(1, row)
      }),
    stagedChunks: (tenant, sha256) =>
      within("look at staged rows", () =>
        db
          .all("SELECT chunk FROM staged WHERE tenant = ? AND sha256 = ? ORDER BY chunk", tenant, sha256)
          .map((row) => Number(row.chunk))
      ),
    putDocument: (tenant, document) =>
      within("commit a document", () =>
        db.run(
          "INSERT INTO document VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          tenant,
          document.sha256,
          document.arrived ?? "",
          document.name,
          pack(document)
        )
      ),
    rejects: (tenant, sha256, limit) => remarks<RejectedRow>(tenant, sha256, limit, 0),
    warnings: (tenant, sha256, limit) => remarks<Reject>(tenant, sha256, limit, 1),

    putMapping: (tenant, name, mapping) =>
      within("save a mapping", () =>
        db.run("INSERT OR REPLACE INTO mapping VALUES (?, ?, ?)", tenant, name, pack(mapping))
      ),
    mapping: (tenant, name) =>
      one<Mapping>("read a mapping", "SELECT body FROM mapping WHERE tenant = ? AND name = ?", tenant, name),
    mappings: (tenant) =>
      within("list mappings", () =>
        db
          .all("SELECT name, body FROM mapping WHERE tenant = ? ORDER BY name", tenant)
          .map((row) => ({ name: String(row.name), mapping: unpack<Mapping>(row.body) }))
      ),
    deleteMapping: (tenant, name) =>
      within("delete a mapping", () => db.run("DELETE FROM mapping WHERE tenant = ? AND name = ?", tenant, name)),

    putBom: (tenant, bom) => within("take a BOM", () => putBom(db, tenant, bom)),
    bom: (tenant, product) => within("read a BOM", () => Option.fromNullishOr(bomOf(db, tenant, product))),
    productsUsing: (tenant, changed) =>
      within("find the products that use a part", () => {
        const parts =
          "parts" in changed
            ? changed.parts
            : db
                .all("SELECT DISTINCT part FROM declaration WHERE tenant = ? AND sha256 = ?", tenant, changed.document)
                .map((row) => String(row.part))
        return productsAbove(db, tenant, parts).map(({ key }) => key)
      }),
    declarations: (tenant, parts) =>
      within("read declarations", () =>
        [...new Set(parts)].sort().flatMap((part) =>
          db
            .all(
              `SELECT declaration.body FROM declaration JOIN document USING (tenant, sha256)
               WHERE tenant = ? AND part = ? ORDER BY sha256, line, id`,
              tenant,
              part
            )
            .map((row) => unpack<Declaration>(row.body))
        )
      ),

    findDeclarations: (tenant, request) => findDeclarations(db, tenant, request),
    documents: (tenant, request) => documents(db, tenant, request),

    putRules: (tenant, ruleSets, since) =>
      within("put rule sets in force", () => putRules(db, tenant, ruleSets, since)),
    rules: (tenant) => within("read which rule sets are in force", () => Option.fromNullishOr(rules(db, tenant))),
    ruleSet: (tenant, hash) => within("read a rule set", () => Option.fromNullishOr(ruleSet(db, tenant, hash))),
    productsToJudge: (tenant, hash, day, limit) =>
      within("find products to judge again", () => productsToJudge(db, tenant, hash, day, limit)),

    putOverride: (tenant, override) => within("keep an override", () => putOverride(db, tenant, override)),
    override: (tenant, id) =>
      one<Override>("read an override", "SELECT body FROM override WHERE tenant = ? AND id = ?", tenant, id),
    overridesOn: (tenant, parts) => within("read overrides", () => overridesOn(db, tenant, parts)),
    overrides: (tenant, request) => overrides(db, tenant, request),

    putVerdict: (tenant, verdict, revision, judgedBy) =>
      within("store a verdict", () => putVerdict(db, tenant, verdict, revision, judgedBy)),
    product: (tenant, product) =>
      one<ProductRow>(
        "read a product",
        "SELECT body FROM listed WHERE tenant = ? AND list = '' AND key = ?",
        tenant,
        product
      ),
    products: (tenant, request) => page(db, tenant, "", request),
    parts: (tenant, product, request) => page(db, tenant, product, request),
    whereUsed: (tenant, part, limit) =>
      within("find where a part is used", () =>
        productsAbove(db, tenant, [part])
          .filter(({ key }) => key !== part)
          .map(({ number }) => number)
          .sort()
          .slice(0, limit)
      ),

    putJob: (tenant, job) =>
      within("store a job", () =>
        db.run(
          "INSERT OR REPLACE INTO job VALUES (?, ?, ?, ?, ?)",
          tenant,
          job.id,
          job.state === "queued" || job.state === "running" ? 1 : 0,
          job.createdAt,
          pack(job)
        )
      ),
    job: (tenant, id) => one<Job>("read a job", "SELECT body FROM job WHERE tenant = ? AND id = ?", tenant, id),
    unfinishedJobs: within("read the jobs that wait", () =>
      db
        .all("SELECT tenant, body FROM job WHERE waiting ORDER BY created, id")
        .map((row) => ({ tenant: TenantId.make(String(row.tenant)), job: unpack<Job>(row.body) }))
    ),

    tenants: within("list the tenants", () =>
      db
        .all(
          "SELECT tenant FROM head UNION SELECT tenant FROM staged UNION SELECT tenant FROM job UNION SELECT tenant FROM mapping ORDER BY tenant"
        )
        .map((row) => TenantId.make(String(row.tenant)))
    ),
    dump: (tenant, take) => db.transaction(Effect.forEach(entriesOf(db, tenant), take, { discard: true }))
  })
}
