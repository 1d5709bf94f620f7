/** The repository on PostgreSQL and PGlite: every statement runs in a tenant's transaction, under its policies. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { SqlClient } from "effect/sql"
import type { Mapping } from "../../domain/Mapping.ts"
import { type Job, Repository, TenantId } from "../../ports/Repository.ts"
import * as Audit from "./audit.ts"
import * as Boms from "./boms.ts"
import * as Declarations from "./declarations.ts"
import * as Dump from "./dump.ts"
import { finding } from "./finding.ts"
import { listing } from "./lists.ts"
import { overriding } from "./overrides.ts"
import { paging } from "./pages.ts"
import * as Rows from "./rows.ts"
import * as Rules from "./rules.ts"
import * as Staging from "./staging.ts"
import { TimeLimits, tenants } from "./tenants.ts"
import * as Verdicts from "./verdicts.ts"

export const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient

  const { mark, run, snapshot, transaction, within } = tenants(sql, yield* TimeLimits)

  const page = paging(sql)

  const list = listing(sql, page)

  const find = finding(sql, page)

  const overrides = overriding(sql, page)

  const readJob = (tenant: TenantId, id: string) =>
    within(
      tenant,
      "read a job",
      Effect.map(sql<{ body: string }>`SELECT body FROM job WHERE tenant_id = ${tenant} AND id = ${id}`, (rows) =>
        Option.map(Option.fromNullishOr(rows[0]), (row) => Rows.unpack<Job>(row.body))
      )
    )

  /** Until the transaction ends: those who stage rows of a document share it, who commits or discards it is alone. */
  const lockStaging = (tenant: TenantId, sha256: string, mode: "shared" | "exclusive") =>
    sql`SELECT ${sql.unsafe(mode === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock")}(
      hashtextextended(${`${tenant}/${sha256}`}, 0))`

  const isCommitted = (tenant: TenantId, sha256: string) =>
    Effect.map(
      sql`SELECT 1 FROM document WHERE tenant_id = ${tenant} AND sha256 = ${sha256}`,
      (rows) => rows.length > 0
    )

  return Repository.of({
    transaction,

    revision: (tenant) =>
      within(
        tenant,
        "read the revision",
        Effect.map(sql<{ revision: bigint }>`SELECT revision FROM tenant_head WHERE tenant_id = ${tenant}`, (rows) =>
          Number(rows[0]?.revision ?? 0)
        )
      ),
    nextRevision: (tenant) =>
      within(
        tenant,
        "take a revision",
        sql<{ revision: bigint; xid: string }>`INSERT INTO tenant_head (tenant_id, revision) VALUES (${tenant}, 1)
          ON CONFLICT (tenant_id) DO UPDATE SET revision = tenant_head.revision + 1
          RETURNING revision, pg_current_xact_id()::text AS xid`.pipe(
          Effect.tap(([row]) => mark(row?.xid ?? "")),
          Effect.map(([row]) => Number(row?.revision))
        )
      ),
    appendAudit: (tenant, entry) => within(tenant, "add to the audit trail", Audit.append(sql, tenant, entry)),
    auditTrail: (tenant, request) => within(tenant, "read the audit trail", Audit.read(sql, tenant, request)),

    findDocument: (tenant, sha256) =>
      within(
        tenant,
        "find a document",
        Effect.map(
          sql<Rows.DocumentRow>`SELECT * FROM document WHERE tenant_id = ${tenant} AND sha256 = ${sha256}`,
          (rows) => Option.map(Option.fromNullishOr(rows[0]), Rows.documentOf)
        )
      ),
    discardStaged: (tenant, sha256) =>
      within(
        tenant,
        "discard staged rows",
        Effect.gen(function* () {
          yield* lockStaging(tenant, sha256, "exclusive")
          if (yield* isCommitted(tenant, sha256)) return
          for (const table of ["staged_chunk", "declaration", "reject"])
            yield* sql`DELETE FROM ${sql(table)} WHERE tenant_id = ${tenant} AND sha256 = ${sha256}`
        })
      ),
    stage: (tenant, sha256, chunk) =>
      within(
        tenant,
        "stage rows",
        Effect.gen(function* () {
          yield* lockStaging(tenant, sha256, "shared")
          if (yield* isCommitted(tenant, sha256)) return
          const marked = yield* sql`INSERT INTO staged_chunk (tenant_id, sha256, chunk)
            VALUES (${tenant}, ${sha256}, ${chunk.index}) ON CONFLICT DO NOTHING RETURNING chunk`
          if (marked.length === 0) return
          yield* Declarations.stage(sql, tenant, sha256, chunk.declarations)
          yield* Staging.stageRemarks(sql, tenant, sha256, chunk.rejects, false)
          yield* Staging.stageRemarks(sql, tenant, sha256, chunk.warnings, true)
        })
      ),
    stagedChunks: (tenant, sha256) =>
      within(
        tenant,
        "look at staged rows",
        Effect.gen(function* () {
          yield* lockStaging(tenant, sha256, "exclusive")
          const marks = yield* sql<{ chunk: bigint }>`SELECT chunk FROM staged_chunk
            WHERE tenant_id = ${tenant} AND sha256 = ${sha256} ORDER BY chunk`
          return marks.map(({ chunk }) => Number(chunk))
        })
      ),
    putDocument: (tenant, document) =>
      within(
        tenant,
        "commit a document",
        Effect.asVoid(sql`INSERT INTO document
          (tenant_id, sha256, name, kind, bytes, rows, accepted, rejected, revision, detail, arrived)
          VALUES (${tenant}, ${document.sha256}, ${document.name}, ${document.kind}, ${document.bytes},
            ${document.rows}, ${document.accepted}, ${document.rejected}, ${document.revision},
            ${Rows.documentDetailOf(document)}, ${document.arrived ?? null})
          ON CONFLICT (tenant_id, sha256) DO NOTHING`)
      ),
    rejects: (tenant, sha256, limit) =>
      within(
        tenant,
        "read rejects",
        Effect.map(Staging.remarks(sql, tenant, sha256, limit, false), (rows) => rows.map(Rows.rejectedRowOf))
      ),
    warnings: (tenant, sha256, limit) =>
      within(
        tenant,
        "read warnings",
        Effect.map(Staging.remarks(sql, tenant, sha256, limit, true), (rows) => rows.map(Rows.rejectOf))
      ),

    putMapping: (tenant, name, mapping) =>
      within(
        tenant,
        "save a mapping",
        Effect.asVoid(sql`INSERT INTO mapping (tenant_id, name, body)
          VALUES (${tenant}, ${name}, ${Rows.storable(JSON.stringify(mapping))})
          ON CONFLICT (tenant_id, name) DO UPDATE SET body = excluded.body`)
      ),
    mapping: (tenant, name) =>
      within(
        tenant,
        "read a mapping",
        Effect.map(
          sql<{ body: string }>`SELECT body FROM mapping WHERE tenant_id = ${tenant} AND name = ${name}`,
          (rows) => Option.map(Option.fromNullishOr(rows[0]), (row) => JSON.parse(row.body) as Mapping)
        )
      ),
    mappings: (tenant) =>
      within(
        tenant,
        "list mappings",
        Effect.map(
          sql<{ name: string; body: string }>`SELECT name, body FROM mapping WHERE tenant_id = ${tenant} ORDER BY name`,
          (rows) => rows.map((row) => ({ name: row.name, mapping: JSON.parse(row.body) as Mapping }))
        )
      ),
    deleteMapping: (tenant, name) =>
      within(
        tenant,
        "delete a mapping",
        Effect.asVoid(sql`DELETE FROM mapping WHERE tenant_id = ${tenant} AND name = ${name}`)
      ),

    putBom: (tenant, bom) => within(tenant, "take a BOM", Boms.put(sql, tenant, bom)),
    bom: (tenant, product) => within(tenant, "read a BOM", Boms.read(sql, tenant, product)),
    productsUsing: (tenant, changed) => {
      const from =
        "parts" in changed
          ? sql`SELECT unnest(${[...changed.parts]}::text[]) COLLATE "C"`
          : sql`SELECT part_key FROM declaration WHERE tenant_id = ${tenant} AND sha256 = ${changed.document}`
      return within(
        tenant,
        "find the products that use a part",
        Effect.map(Boms.productsAbove(sql, tenant, from), (rows) => rows.map((row) => row.key))
      )
    },
    declarations: (tenant, parts) =>
      within(
        tenant,
        "read declarations",
        Effect.map(
          sql<Rows.DeclarationRow>`SELECT declaration.*, document.arrived
            FROM unnest(${[...new Set(parts)]}::text[]) AS part (key), LATERAL (SELECT * FROM declaration
              WHERE tenant_id = ${tenant} AND part_key = part.key OFFSET 0) AS declaration,
            LATERAL (SELECT arrived FROM document
              WHERE tenant_id = ${tenant} AND sha256 = declaration.sha256 OFFSET 0) AS document
            ORDER BY part_key, sha256, line, position`,
          (rows) => rows.map(Rows.declarationOf)
        )
      ),

    findDeclarations: (tenant, request) => within(tenant, "find declarations", find.declarations(tenant, request)),
    documents: (tenant, request) => within(tenant, "list documents", find.documents(tenant, request)),

    putRules: (tenant, ruleSets, since) =>
      within(tenant, "put rule sets in force", Rules.put(sql, tenant, ruleSets, since)),
    rules: (tenant) => within(tenant, "read which rule sets are in force", Rules.inForce(sql, tenant)),
    ruleSet: (tenant, hash) => within(tenant, "read a rule set", Rules.body(sql, tenant, hash)),
    productsToJudge: (tenant, rules, day, limit) =>
      within(tenant, "find products to judge again", Verdicts.toJudge(sql, tenant, rules, day, limit)),

    putOverride: (tenant, override) => within(tenant, "keep an override", overrides.put(tenant, override)),
    override: (tenant, id) => within(tenant, "read an override", overrides.find(tenant, id)),
    overridesOn: (tenant, parts) => within(tenant, "read overrides", overrides.on(tenant, parts)),
    overrides: (tenant, request) => within(tenant, "list overrides", overrides.list(tenant, request)),

    putVerdict: (tenant, verdict, revision, judgedBy) =>
      within(tenant, "store a verdict", Verdicts.put(sql, tenant, verdict, revision, judgedBy)),
    product: (tenant, product) =>
      within(
        tenant,
        "read a product",
        Effect.map(
          sql<Rows.ProductRecord>`SELECT key, body, revision FROM product
            WHERE tenant_id = ${tenant} AND key = ${product}`,
          (rows) => Option.map(Option.fromNullishOr(rows[0]), Rows.productRowOf)
        )
      ),
    products: (tenant, request) => within(tenant, "list products", list.products(tenant, request)),
    parts: (tenant, product, request) => within(tenant, "list parts", list.parts(tenant, product, request)),
    whereUsed: (tenant, part, limit) =>
      within(
        tenant,
        "find where a part is used",
        Effect.map(Boms.productsAbove(sql, tenant, sql`SELECT ${part}::text COLLATE "C"`), (rows) =>
          rows
            .filter((row) => row.key !== part)
            .map((row) => row.part_number)
            .sort()
            .slice(0, limit)
        )
      ),

    putJob: (tenant, job) =>
      within(
        tenant,
        "store a job",
        Effect.gen(function* () {
          yield* sql`INSERT INTO job (tenant_id, id, body) VALUES (${tenant}, ${job.id}, ${Rows.pack(job)})
            ON CONFLICT (tenant_id, id) DO UPDATE SET body = excluded.body`
          if (job.state === "queued" || job.state === "running")
            yield* sql`INSERT INTO job_queue (tenant_id, id, created_at)
              VALUES (${tenant}, ${job.id}, ${job.createdAt}) ON CONFLICT DO NOTHING`
          else yield* sql`DELETE FROM job_queue WHERE tenant_id = ${tenant} AND id = ${job.id}`
        })
      ),
    job: readJob,
    unfinishedJobs: Effect.gen(function* () {
      const queued = yield* run(
        "read the job queue",
        sql<{ tenant_id: string; id: string }>`SELECT tenant_id, id FROM job_queue ORDER BY created_at, id`
      )
      const found: Array<{ readonly tenant: TenantId; readonly job: Job }> = []
      for (const row of queued) {
        const tenant = TenantId.make(row.tenant_id)
        const job = yield* readJob(tenant, row.id)
        if (Option.isSome(job)) found.push({ tenant, job: job.value })
      }
      return found
    }),

    tenants: Effect.map(
      run(
        "list the tenants, which takes a role that may bypass row security",
        sql<{ tenant_id: string }>`SELECT tenant_id FROM tenant_head UNION SELECT tenant_id FROM job
          UNION SELECT tenant_id FROM mapping ORDER BY tenant_id`
      ),
      (rows) => rows.map((row) => TenantId.make(row.tenant_id))
    ),
    dump: (tenant, take) => snapshot(tenant, run("dump a tenant", Dump.entries(sql, tenant, take)))
  })
})
