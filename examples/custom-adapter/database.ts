/** The SQLite database of the adapter: its tables, its values, and transactions of fibers. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite"
import { deserialize, serialize } from "node:v8"
import { RepositoryError } from "@certivo/core/ports"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Semaphore from "effect/Semaphore"

/** The tenant stands first in every key; lists are tables whose key is their order. */
const schema = `
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS head (tenant TEXT PRIMARY KEY, revision INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS audit (tenant TEXT, revision INTEGER, body BLOB, PRIMARY KEY (tenant, revision));
CREATE TABLE IF NOT EXISTS document (
  tenant TEXT, sha256 TEXT, arrived TEXT, name TEXT, body BLOB, PRIMARY KEY (tenant, sha256));
CREATE INDEX IF NOT EXISTS document_arrived ON document (tenant, arrived, sha256);
CREATE INDEX IF NOT EXISTS document_named ON document (tenant, name, arrived, sha256);
CREATE TABLE IF NOT EXISTS staged (tenant TEXT, sha256 TEXT, chunk INTEGER, PRIMARY KEY (tenant, sha256, chunk));
CREATE TABLE IF NOT EXISTS declaration (
  id INTEGER PRIMARY KEY, tenant TEXT, sha256 TEXT, line INTEGER, part TEXT, substance TEXT, supplier TEXT,
  material TEXT, body BLOB);
CREATE INDEX IF NOT EXISTS declaration_substance ON declaration (tenant, substance, id);
CREATE INDEX IF NOT EXISTS declaration_supplier ON declaration (tenant, supplier, id);
CREATE INDEX IF NOT EXISTS declaration_material ON declaration (tenant, material, id);
CREATE INDEX IF NOT EXISTS declaration_document ON declaration (tenant, sha256, line, id);
CREATE INDEX IF NOT EXISTS declaration_part ON declaration (tenant, part, sha256, line, id);
CREATE TABLE IF NOT EXISTS remark (
  id INTEGER PRIMARY KEY, tenant TEXT, sha256 TEXT, warning INTEGER, line INTEGER, body BLOB);
CREATE INDEX IF NOT EXISTS remark_document ON remark (tenant, sha256, warning, line, id);
CREATE TABLE IF NOT EXISTS mapping (tenant TEXT, name TEXT, body BLOB, PRIMARY KEY (tenant, name));
CREATE TABLE IF NOT EXISTS part (tenant TEXT, key TEXT, number TEXT, product INTEGER, body BLOB, PRIMARY KEY (tenant, key));
CREATE TABLE IF NOT EXISTS line (
  tenant TEXT, parent TEXT, position INTEGER, child TEXT, body BLOB, PRIMARY KEY (tenant, parent, position));
CREATE INDEX IF NOT EXISTS line_child ON line (tenant, child, parent);
CREATE TABLE IF NOT EXISTS listed (
  tenant TEXT, list TEXT, rank INTEGER, key TEXT, search TEXT, body BLOB, PRIMARY KEY (tenant, list, rank, key));
CREATE TABLE IF NOT EXISTS standing (
  tenant TEXT, list TEXT, regulation TEXT, status TEXT, rank INTEGER, key TEXT,
  PRIMARY KEY (tenant, list, regulation, status, rank, key));
CREATE INDEX IF NOT EXISTS standing_key ON standing (tenant, list, key);
CREATE TABLE IF NOT EXISTS judged (tenant TEXT, product TEXT, rules TEXT, until TEXT, PRIMARY KEY (tenant, product));
CREATE INDEX IF NOT EXISTS judged_rules ON judged (tenant, rules);
CREATE INDEX IF NOT EXISTS judged_until ON judged (tenant, until);
CREATE TABLE IF NOT EXISTS rule_set (tenant TEXT, hash TEXT, body BLOB, PRIMARY KEY (tenant, hash));
CREATE TABLE IF NOT EXISTS rules (tenant TEXT, since INTEGER, body BLOB, PRIMARY KEY (tenant, since));
CREATE TABLE IF NOT EXISTS override (tenant TEXT, id TEXT, part TEXT, body BLOB, PRIMARY KEY (tenant, id));
CREATE INDEX IF NOT EXISTS override_part ON override (tenant, part, id);
CREATE TABLE IF NOT EXISTS job (tenant TEXT, id TEXT, waiting INTEGER, created TEXT, body BLOB, PRIMARY KEY (tenant, id));
CREATE INDEX IF NOT EXISTS job_waiting ON job (created, id) WHERE waiting`

/** Values come back as they went, also what is undefined, maps and big integers: JSON would lose those. */
export const pack = (value: unknown): Uint8Array => serialize(value)
export const unpack = <A>(body: unknown): A => deserialize(body as Uint8Array) as A

export type Row = Readonly<Record<string, unknown>>

export interface Database {
  readonly all: (statement: string, ...values: ReadonlyArray<SQLInputValue>) => ReadonlyArray<Row>
  readonly run: (statement: string, ...values: ReadonlyArray<SQLInputValue>) => void
  readonly attempt: <A>(operation: string, body: () => A) => Effect.Effect<A, RepositoryError>
  readonly transaction: <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E | RepositoryError, R>
}

/** Whether the running fiber is in a transaction. */
const InTransaction = Context.Reference<boolean>("examples/custom-adapter/InTransaction", { defaultValue: () => false })

/** Opens the file for the scope. */
export const open = (path: string) =>
  Effect.gen(function* () {
    const db = yield* Effect.acquireRelease(
      attempt(`open ${path}`, () => new DatabaseSync(path)),
      (opened) => Effect.sync(() => opened.close())
    )
    yield* attempt("create the tables", () => db.exec(schema))
    /** There is one connection, so one transaction at a time: that also makes revisions gap-free and in order. */
    const turn = yield* Semaphore.make(1)

    const transaction: Database["transaction"] = (effect) =>
      Effect.flatMap(InTransaction, (inside) =>
        inside
          ? effect
          : Semaphore.withPermit(
              turn,
              Effect.uninterruptibleMask((restore) =>
                Effect.gen(function* () {
                  yield* attempt("begin a transaction", () => db.exec("BEGIN IMMEDIATE"))
                  const exit = yield* Effect.exit(restore(Effect.provideService(effect, InTransaction, true)))
                  if (Exit.isSuccess(exit)) yield* attempt("commit", () => db.exec("COMMIT"))
                  else yield* attempt("roll back", () => db.exec("ROLLBACK"))
                  return yield* exit
                })
              )
            )
      )

    return {
      all: (statement, ...values) => db.prepare(statement).all(...values) as ReadonlyArray<Row>,
      run: (statement, ...values) => void db.prepare(statement).run(...values),
      attempt,
      transaction
    } satisfies Database
  })

const attempt = <A>(operation: string, body: () => A): Effect.Effect<A, RepositoryError> =>
  Effect.try({ try: body, catch: (cause) => new RepositoryError({ operation, retryable: false, cause }) })
