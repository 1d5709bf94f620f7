/**
 * Whether partitions pay: declarations of 1, 16 and 256 tenants in the table as it is, in 16 partitions by the hash of
 * the tenant, and in one for each tenant; the audit trail as it is, and by months. Makes databases of its own.
 *
 *   node bench/storage/partitions.mjs [--rows 1000000] [--rounds 3] [--tenants 1,16,256] [--seconds 2]
 *
 * `DATABASE_URL` must name a superuser. Prints a table of medians.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { measure as pgbench } from "./cases/pgbench.mjs"
import { psql, run, withDatabase } from "./database.mjs"
import { migrate } from "./store.mjs"

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    tenants: { type: "string", default: "1,16,256" },
    seconds: { type: "string", default: "2" }
  }
})
const rows = Number(values.rows)

/** Rows of one statement, as an import sends them, and of one document. */
const CHUNK = 10_000
const MONTHS = 24

const range = (n) => Array.from({ length: n }, (_, index) => index)

/** The table again as one of partitions, with its indexes and its policy. */
const partitioned = (table, by, key, partitions) => `
  CREATE TABLE parts (LIKE ${table} INCLUDING DEFAULTS INCLUDING STORAGE) PARTITION BY ${by};
  ${partitions.map((bounds, at) => `CREATE TABLE parts_${at} PARTITION OF parts ${bounds};`).join("\n")}
  ALTER TABLE parts ADD PRIMARY KEY (${key});
  SELECT replace(replace(pg_get_indexdef(indexrelid), 'INDEX ', 'INDEX of_'), ' public.${table} ', ' public.parts ')
    FROM pg_index WHERE indrelid = '${table}'::regclass AND NOT indisprimary \\gexec
  DROP TABLE ${table};
  ALTER TABLE parts RENAME TO ${table};
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (tenant_id = (SELECT NULLIF(current_setting('certivo.tenant'), '')));
  GRANT SELECT, INSERT, UPDATE, DELETE ON ${table} TO certivo_app;`

const declarations = (by, partitions) => `
  CREATE SEQUENCE positions;
  GRANT USAGE ON positions TO certivo_app;
  ALTER TABLE declaration ALTER position DROP IDENTITY, ALTER position SET DEFAULT nextval('positions');
  ${partitioned("declaration", by, "tenant_id, sha256, line, position", partitions)}`

const layouts = {
  plain: () => "SELECT",
  "hash, 16": () =>
    declarations(
      "HASH (tenant_id)",
      range(16).map((at) => `FOR VALUES WITH (MODULUS 16, REMAINDER ${at})`)
    ),
  "list, 1 a tenant": (tenants) =>
    declarations(
      "LIST (tenant_id)",
      range(tenants).map((at) => `FOR VALUES IN ('t${at}')`)
    )
}

const as = (tenant) => `SELECT set_config('certivo.tenant', ${tenant}, true), set_config('role', 'certivo_app', true)`

const sha = (at) => `lpad(${at}::text, 64, '0')`

/** Statements that bring the rows of all tenants by turns, a transaction each. */
const load = (tenants) => {
  const each = rows / tenants
  const chunks = range(Math.ceil(each / CHUNK)).flatMap((chunk) => range(tenants).map((tenant) => ({ chunk, tenant })))
  return chunks.map(({ chunk, tenant }) => {
    const [from, until] = [chunk * CHUNK, Math.min(each, (chunk + 1) * CHUNK) - 1].map(Math.floor)
    return `BEGIN; ${as(`'t${tenant}'`)};
      INSERT INTO declaration (tenant_id, sha256, line, part_key, substance, cas, limit_ppm, document, amount, scale, unit, material, supplier)
      SELECT 't${tenant}', ${sha(chunk)}, n, 'PN-' || (n::bigint * 7919) % ${Math.ceil(each / 10)}, 'Substance ' || n % 200, 'CAS-' || n % 200, '1000',
        'table.csv', n, 2, 'mg', 'Material ' || n % 50, 'Supplier ' || n % 20 FROM generate_series(${from}, ${until}) AS n;
      INSERT INTO document (tenant_id, sha256, name, kind, bytes, rows, accepted, rejected, revision)
      SELECT 't${tenant}', ${sha(chunk)}, 'table.csv', 'declarations', 1, 1, 1, 0, ${chunk}; COMMIT;`
  })
}

const reads = (tenants) => {
  const own = "tenant_id = 't' || :t"
  const committed = `EXISTS (SELECT FROM document WHERE document.tenant_id = 't' || :t AND document.sha256 = declaration.sha256 OFFSET 0)`
  const substance = "(CASE WHEN cas IS NOT NULL THEN cas WHEN ec IS NOT NULL THEN ec ELSE substance END)"
  const transaction = (...statements) =>
    [
      `\\set t random(0, ${tenants - 1})`,
      `\\set n random(0, ${Math.ceil(rows / tenants / 10) - 1})`,
      "BEGIN;",
      `${as("'t' || :t")};`,
      ...statements,
      "COMMIT;"
    ].join("\n")
  return {
    "page of 50 by substance": transaction(
      `SELECT * FROM declaration WHERE ${own} AND ${substance} = 'CAS-' || :n % 200 AND octet_length(${substance}) <= 2000 AND ${committed} ORDER BY position LIMIT 51;`
    ),
    "of 10 parts": transaction(
      `SELECT declaration.* FROM declaration JOIN document USING (tenant_id, sha256) WHERE declaration.${own}
        AND part_key = ANY(ARRAY(SELECT 'PN-' || (:n + at) % ${Math.ceil(rows / tenants / 10)} FROM generate_series(0, 9) AS at)) ORDER BY part_key, sha256, line, position;`.replaceAll(
        "\n",
        " "
      )
    ),
    "parts of a document": transaction(
      `SELECT count(DISTINCT part_key) FROM declaration WHERE ${own} AND sha256 = ${sha(0)};`
    )
  }
}

const folder = mkdtempSync(join(tmpdir(), "certivo-bench-"))
const samples = new Map()
const note = (name, layout, ms) => {
  const row = samples.get(name) ?? samples.set(name, new Map()).get(name)
  row.set(layout, [...(row.get(layout) ?? []), ms])
}

const script = (name, text) => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** Runs a file of statements and gives its time. */
const timed = async (url, text) => {
  const file = script("timed.sql", text)
  await psql(url, "CHECKPOINT")
  const begun = performance.now()
  await run("psql", ["-X", "-q", "-t", "-o", "/dev/null", "-v", "ON_ERROR_STOP=1", "-d", url, "-f", file])
  return performance.now() - begun
}

const readAll = async (url, subject, layout, statements) => {
  for (const [name, text] of Object.entries(statements))
    note(`${subject}: ${name}`, layout, (await pgbench(url, script("read.sql", text), values.seconds)).ms)
}

const measureDeclarations = (tenants, layout) =>
  withDatabase(async (url) => {
    const subject = `${tenants} tenants`
    await migrate(url)
    await timed(url, layouts[layout](tenants))
    note(`${subject}: load`, layout, await timed(url, load(tenants).join("\n")))
    await psql(url, "VACUUM ANALYZE")
    await readAll(url, subject, layout, reads(tenants))
    note(
      `${subject}: size in MB`,
      layout,
      Number(
        await psql(
          url,
          "SELECT sum(pg_total_relation_size(c.oid)) / 1e6 FROM pg_class c WHERE relkind = 'r' AND relname ~ '^(declaration|parts_)'"
        )
      )
    )
    const gone = layout.startsWith("list")
      ? "DROP TABLE parts_0"
      : "DELETE FROM declaration WHERE tenant_id = 't0'; VACUUM declaration"
    note(`${subject}: remove one`, layout, await timed(url, `${gone};`))
  })

const TRAIL = 256
const trails = {
  plain: "ALTER TABLE audit ADD COLUMN month smallint NOT NULL",
  "by month": `ALTER TABLE audit ADD COLUMN month smallint NOT NULL;
    ${partitioned(
      "audit",
      "RANGE (month)",
      "tenant_id, revision, month",
      range(MONTHS).map((at) => `FOR VALUES FROM (${at}) TO (${at + 1})`)
    )}`
}

const measureTrail = (layout) =>
  withDatabase(async (url) => {
    const subject = "audit trail"
    const each = rows / TRAIL
    await migrate(url)
    await timed(url, trails[layout])
    const month = (at) => `INSERT INTO audit (tenant_id, revision, body, month)
      SELECT 't' || n % ${TRAIL}, n / ${TRAIL}, repeat('x', 450), ${at}
      FROM generate_series(${Math.floor((rows * at) / MONTHS)}, ${Math.floor((rows * (at + 1)) / MONTHS) - 1}) AS n;`
    note(`${subject}: load`, layout, await timed(url, range(MONTHS).map(month).join("\n")))
    await psql(url, "VACUUM ANALYZE audit")
    const read = (where) =>
      [
        `\\set t random(0, ${TRAIL - 1})`,
        `\\set n random(0, ${Math.floor(each) - 1})`,
        "BEGIN;",
        `${as("'t' || :t")};`,
        `SELECT body FROM audit WHERE tenant_id = 't' || :t AND ${where} LIMIT 50;`,
        "COMMIT;"
      ].join("\n")
    await readAll(url, subject, layout, {
      newest: read("revision < 9007199254740991 ORDER BY revision DESC"),
      onwards: read("revision > :n ORDER BY revision")
    })
    const gone = layout === "plain" ? "DELETE FROM audit WHERE month = 0; VACUUM audit" : "DROP TABLE parts_0"
    note(`${subject}: remove a month`, layout, await timed(url, `${gone};`))
  })

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

try {
  for (const _ of range(Number(values.rounds))) {
    for (const tenants of values.tenants.split(",").map(Number))
      for (const layout of Object.keys(layouts)) await measureDeclarations(tenants, layout)
    for (const layout of Object.keys(trails)) await measureTrail(layout)
    for (const [name, byLayout] of samples)
      console.log(
        name.padEnd(40),
        [...byLayout]
          .map(([layout, all]) => `${layout}: ${median(all).toFixed(3)} (${Math.min(...all).toFixed(3)})`)
          .join("  ")
      )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
