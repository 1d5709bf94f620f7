/**
 * The schema. Tenant first in every key; row-level security forced on every tenant table; the role
 * the queries run as owns nothing. Decimals are text: exact, and evidence as well.
 */
import * as Effect from "effect/Effect"
import { SqlClient } from "effect/sql"
import { indexes, names } from "./finding.ts"
import * as Overrides from "./overrides.ts"
import { roleOf } from "./role.ts"
import * as Rules from "./rules.ts"
import { functions, search } from "./search.ts"
import * as Verdicts from "./verdicts.ts"

const tenantTables = [
  "tenant_head",
  "document",
  "staged_chunk",
  "declaration",
  "reject",
  "part",
  "bom_line",
  "product",
  "product_part",
  "job"
]

const tables = `
CREATE TABLE tenant_head (tenant_id text PRIMARY KEY, revision bigint NOT NULL);
CREATE TABLE document (
  tenant_id text, sha256 text, name text NOT NULL, kind text NOT NULL, bytes bigint NOT NULL,
  rows bigint NOT NULL, accepted bigint NOT NULL, rejected bigint NOT NULL, revision bigint NOT NULL,
  PRIMARY KEY (tenant_id, sha256));
CREATE TABLE staged_chunk (
  tenant_id text, sha256 text, chunk bigint, PRIMARY KEY (tenant_id, sha256, chunk));
CREATE TABLE declaration (
  tenant_id text, sha256 text, line bigint, part_key text NOT NULL, substance text NOT NULL, cas text,
  mass_mg text NOT NULL, limit_ppm text, exemption text, document text NOT NULL,
  PRIMARY KEY (tenant_id, sha256, line));
CREATE INDEX declaration_part ON declaration (tenant_id, part_key, sha256, line);
CREATE TABLE reject (
  tenant_id text, sha256 text, position bigint GENERATED ALWAYS AS IDENTITY, line bigint NOT NULL,
  column_name text NOT NULL, code text NOT NULL, value text NOT NULL, message text NOT NULL,
  PRIMARY KEY (tenant_id, sha256, line, position));
CREATE TABLE part (
  tenant_id text, key text, part_number text NOT NULL, name text, material text, mass_grams text,
  is_product boolean NOT NULL DEFAULT false, PRIMARY KEY (tenant_id, key));
CREATE TABLE bom_line (
  tenant_id text, parent text, position bigint, child text NOT NULL, quantity text NOT NULL,
  PRIMARY KEY (tenant_id, parent, position));
CREATE INDEX bom_line_child ON bom_line (tenant_id, child, parent);
CREATE TABLE product (
  tenant_id text, key text COLLATE "C", search text NOT NULL, body text NOT NULL, revision bigint NOT NULL,
  PRIMARY KEY (tenant_id, key));
CREATE TABLE product_part (
  tenant_id text, product text COLLATE "C", goodness smallint NOT NULL, key text COLLATE "C", search text NOT NULL,
  body text NOT NULL, PRIMARY KEY (tenant_id, product, goodness, key));
CREATE TABLE job (tenant_id text, id text, body text NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE job_queue (tenant_id text, id text, created_at text NOT NULL, PRIMARY KEY (tenant_id, id));`

const policiesOf = (table: string): ReadonlyArray<string> => [
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
  `CREATE POLICY tenant ON ${table}
     USING (tenant_id = (SELECT current_setting('certivo.tenant')))
     WITH CHECK (tenant_id = (SELECT current_setting('certivo.tenant')))`
]

const policies = tenantTables.flatMap(policiesOf)

const grants = [
  "GRANT certivo_app TO CURRENT_USER",
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ${[...tenantTables, "job_queue"].join(", ")} TO certivo_app`
]

const intervals = [
  "ALTER TABLE declaration ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY, ADD COLUMN detail text",
  "ALTER TABLE declaration ALTER COLUMN mass_mg DROP NOT NULL, DROP CONSTRAINT declaration_pkey",
  "ALTER TABLE declaration ADD PRIMARY KEY (tenant_id, sha256, line, position)",
  "DROP INDEX declaration_part",
  "CREATE INDEX declaration_part ON declaration (tenant_id, part_key, sha256, line, position)",
  `ALTER TABLE reject ADD COLUMN byte_offset bigint, ADD COLUMN suggestion text, ADD COLUMN cells text, ADD COLUMN document text,
     ADD COLUMN is_warning boolean NOT NULL DEFAULT false`,
  'CREATE TABLE mapping (tenant_id text, name text COLLATE "C", body text NOT NULL, PRIMARY KEY (tenant_id, name))',
  ...policiesOf("mapping"),
  "GRANT SELECT, INSERT, UPDATE, DELETE ON mapping TO certivo_app"
]

const remarks = [
  "ALTER TABLE document ADD COLUMN detail text",
  "ALTER TABLE bom_line ADD COLUMN uncounted boolean NOT NULL DEFAULT false"
]

const provenance = ["ALTER TABLE document ADD COLUMN arrived text", "ALTER TABLE part ADD COLUMN categories text[]"]

const documents = [
  `CREATE TABLE document_file (
     tenant_id text, sha256 text, upload uuid NOT NULL, bytes bigint NOT NULL, stored_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (tenant_id, sha256))`,
  `CREATE TABLE document_piece (
     tenant_id text, upload uuid, piece bigint, bytes bytea NOT NULL, PRIMARY KEY (tenant_id, upload, piece))`,
  "ALTER TABLE document_piece ALTER COLUMN bytes SET STORAGE EXTERNAL",
  ...["document_file", "document_piece"].flatMap(policiesOf),
  "GRANT SELECT, INSERT, UPDATE, DELETE ON document_file, document_piece TO certivo_app"
]

const columns = [
  `ALTER TABLE declaration ADD COLUMN amount bigint, ADD COLUMN scale smallint, ADD COLUMN unit text,
     ADD COLUMN material text, ADD COLUMN material_mass text, ADD COLUMN part_mass text, ADD COLUMN ec text,
     ADD COLUMN basis text, ADD COLUMN issued text`
]

/** Columns that rows are found and sorted by, by table. */
const keys: Readonly<Record<string, ReadonlyArray<string>>> = {
  tenant_head: [],
  document: ["sha256"],
  staged_chunk: ["sha256"],
  declaration: ["sha256", "part_key"],
  reject: ["sha256"],
  part: ["key"],
  bom_line: ["parent", "child"],
  product: ["key"],
  product_part: ["product", "key"],
  job: ["id"],
  mapping: ["name"],
  document_file: ["sha256"],
  document_piece: []
}

/** A setting that is empty, as it is in a pooled session between transactions, is no tenant. */
const policyOf = (table: string): string => `CREATE POLICY tenant ON ${table}
  USING (tenant_id = (SELECT NULLIF(current_setting('certivo.tenant'), '')))
  WITH CHECK (tenant_id = (SELECT NULLIF(current_setting('certivo.tenant'), '')))`

/**
 * Keys are compared by their bytes, as everywhere else, whatever the language of the database.
 */
const byBytes = [
  "DROP INDEX declaration_part",
  ...Object.entries(keys).flatMap(([table, columns]) => [
    `DROP POLICY tenant ON ${table}`,
    `ALTER TABLE ${table} ${["tenant_id", ...columns].map((column) => `ALTER COLUMN ${column} TYPE text COLLATE "C"`).join(", ")}`,
    policyOf(table)
  ]),
  "CREATE INDEX declaration_part ON declaration (tenant_id, part_key)"
]

/** A tenant sees its own jobs in the queue; who owns the table, and hands the jobs out, sees those of all. */
const queue = [
  'ALTER TABLE job_queue ALTER COLUMN tenant_id TYPE text COLLATE "C", ALTER COLUMN id TYPE text COLLATE "C"',
  "ALTER TABLE job_queue ENABLE ROW LEVEL SECURITY",
  "ALTER TABLE job_queue FORCE ROW LEVEL SECURITY",
  `CREATE POLICY tenant ON job_queue TO certivo_app
     USING (tenant_id = (SELECT NULLIF(current_setting('certivo.tenant', true), '')))
     WITH CHECK (tenant_id = (SELECT NULLIF(current_setting('certivo.tenant', true), '')))`,
  "CREATE POLICY hand_out ON job_queue FOR SELECT TO CURRENT_USER USING (true)"
]

/** Entries are added and read, and by the application never changed or removed. */
const audit = [
  `CREATE TABLE audit (
     tenant_id text COLLATE "C", revision bigint, body text NOT NULL, PRIMARY KEY (tenant_id, revision))`,
  "ALTER TABLE audit ENABLE ROW LEVEL SECURITY",
  "ALTER TABLE audit FORCE ROW LEVEL SECURITY",
  policyOf("audit"),
  "GRANT SELECT, INSERT ON audit TO certivo_app"
]

/** Tables whose rows are changed and removed, and those whose rows are only added. */
const regulations = [
  ...Rules.tables,
  ...Verdicts.tables,
  ...["rule_set", "rules_in_force", "product_standing"].flatMap((table) => [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    policyOf(table)
  ]),
  "GRANT SELECT, INSERT ON rule_set, rules_in_force TO certivo_app",
  "GRANT SELECT, INSERT, DELETE, UPDATE ON product_standing TO certivo_app",
  ...functions
]

const each = (statements: ReadonlyArray<string>) =>
  Effect.gen(function* () {
    const sql = yield* SqlClient.SqlClient
    for (const statement of statements) yield* sql.unsafe(statement)
  })

export const migrations = {
  "0001_schema": each([
    ...tables.split(";").filter((text) => text.trim() !== ""),
    roleOf("certivo_app"),
    ...policies,
    ...grants
  ]),
  /** Amounts as intervals, several statements a line, remarks with their rows, saved mappings. */
  "0002_intervals": each(intervals),
  /** What was remarked about a document as a whole; BOM lines whose quantity nobody states. */
  "0003_remarks": each(remarks),
  /** Documents in the database. */
  "0004_documents": each(documents),
  /** The day a document arrived; what a part is to the law. */
  "0005_provenance": each(provenance),
  /** Plain rows in columns of their own; rows from before keep their detail. */
  "0006_columns": each(columns),
  /** Keys by their bytes, and a smaller index of declarations by part. */
  "0007_keys": each(byBytes),
  /** The queue of jobs under row-level security too. */
  "0008_queue": each(queue),
  /** What lists are searched by. */
  "0009_search": each(search),
  /** Who states an amount, and who supplies a part. */
  "0010_suppliers": each([
    "ALTER TABLE declaration ADD COLUMN supplier text",
    "ALTER TABLE part ADD COLUMN supplier text"
  ]),
  /** Indexes that declarations and documents are found by. */
  "0011_finding": each(indexes),
  /** The audit trail. */
  "0012_audit": each(audit),
  /** Rule sets in force, and how products and parts stand by each. */
  "0013_regulations": each(regulations),
  /** Until when verdicts hold. */
  "0014_until": each(Verdicts.until),
  /** An index of documents by name. */
  "0015_names": each(names),
  /** Decisions of people. */
  "0016_overrides": each([
    ...Overrides.tables,
    "ALTER TABLE override ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE override FORCE ROW LEVEL SECURITY",
    policyOf("override"),
    "GRANT SELECT, INSERT, UPDATE ON override TO certivo_app"
  ])
}
