/** Declarations as columns on their way into the database. */
import { PgTypes } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { SqlClient } from "effect/sql"
import type { Decimal } from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import {
  type ColumnDeclarations,
  type Declarations,
  isColumns,
  JoinedDeclarations,
  type TextColumn
} from "../../domain/Declarations.ts"
import { type StatedUnit, unitOf } from "../../domain/Unit.ts"
import type { TenantId } from "../../ports/Repository.ts"
import * as Rows from "./rows.ts"

/** Columns of the table that rows differ in, as they are sent, and what they are kept as. */
const types = {
  line: "bigint",
  part_key: "text",
  substance: "text",
  cas: "text",
  limit_ppm: "text",
  exemption: "text",
  document: "text",
  amount: "bigint",
  scale: "smallint",
  unit: "text",
  material: "text",
  material_mass: "text",
  part_mass: "text",
  ec: "text",
  basis: "text",
  issued: "text",
  supplier: "text",
  detail: "text"
} as const

type Name = keyof typeof types

/** Rows whose amount is a plain number have it as `amount / 10^scale` of their unit; all others have their detail as JSON. */
class Columns {
  /** By column that has a value anywhere: the values of all rows. */
  readonly values = new Map<Name, Array<string | number | null>>()
  readonly #size: number
  readonly #decimals = new Map<Decimal, string>()
  readonly #units = new Map<StatedUnit | undefined, boolean>()
  #length = 0

  /** @param size rows there will be */
  constructor(size: number) {
    this.#size = size
  }

  take(declarations: Declarations): void {
    if (declarations instanceof JoinedDeclarations) for (const stretch of declarations.stretches) this.take(stretch)
    else if (isColumns(declarations)) this.#columns(declarations)
    else for (const declaration of declarations) this.#any(declaration)
  }

  #set(name: Name, row: number, value: string | number | null | undefined): void {
    if (value === null || value === undefined) return
    let column = this.values.get(name)
    if (column === undefined) {
      column = new Array(this.#size).fill(null)
      this.values.set(name, column)
    }
    column[row] = typeof value === "string" ? Rows.storable(value) : value
  }

  #any(row: Declaration): void {
    const at = this.#length++
    this.#set("line", at, row.source.line)
    this.#set("part_key", at, row.part)
    this.#set("substance", at, row.substance)
    this.#set("cas", at, row.cas)
    this.#set("limit_ppm", at, Rows.textOf(row.limitPpm))
    this.#set("exemption", at, row.exemption)
    this.#set("document", at, row.source.document)
    this.#set("supplier", at, row.source.supplier)
    this.#set("material", at, row.material)
    this.#set("ec", at, row.ec)
    this.#set("detail", at, Rows.detailOf(row))
  }

  #columns(rows: ColumnDeclarations): void {
    for (let row = 0; row < rows.plain; row++)
      if (!this.#isKnown(rows.unitAt(row))) {
        for (const declaration of rows) this.#any(declaration)
        return
      }
    this.#plain(rows)
    for (const declaration of rows.extras) this.#any(declaration)
  }

  #plain(rows: ColumnDeclarations): void {
    const first = this.#length
    this.#length += rows.plain
    const texts = (name: Name, column: TextColumn) =>
      rows.each(column, (row, { text }) => this.#set(name, first + row, text === "" ? null : text))
    const decimals = (name: Name, column: "limit" | "partMass" | "materialMass") =>
      rows.each(column, (row, { value }) => this.#set(name, first + row, value && this.#decimal(value)))
    for (let row = 0; row < rows.plain; row++) {
      this.#set("line", first + row, rows.lines[row])
      this.#set("document", first + row, rows.document)
      this.#set("amount", first + row, rows.coefficients[row])
      this.#set("scale", first + row, rows.scales[row])
      this.#set("unit", first + row, rows.unitAt(row)?.text)
    }
    rows.each("part", (row, { key }) => this.#set("part_key", first + row, key))
    this.#substances(rows, first)
    decimals("limit_ppm", "limit")
    decimals("part_mass", "partMass")
    decimals("material_mass", "materialMass")
    for (const column of ["exemption", "material", "ec", "basis", "issued", "supplier"] as const) texts(column, column)
  }

  /** A substance goes by its number where it has no name, and has the number of its name where it states none. */
  #substances(rows: ColumnDeclarations, first: number): void {
    rows.each("substance", (row, { text, cas }) => {
      this.#set("substance", first + row, text)
      this.#set("cas", first + row, text === "" ? null : cas)
    })
    rows.each("cas", (row, { text }) => {
      if (text === "") return
      this.#set("cas", first + row, text)
      if ((this.values.get("substance")?.[first + row] ?? "") === "") this.#set("substance", first + row, text)
    })
  }

  #decimal(value: Decimal): string {
    const known = this.#decimals.get(value)
    if (known !== undefined) return known
    const text = Rows.textOf(value) as string
    this.#decimals.set(value, text)
    return text
  }

  /** Whether the text of the unit tells which it is. */
  #isKnown(unit: StatedUnit | undefined): boolean {
    const known = this.#units.get(unit)
    if (known !== undefined) return known
    const isKnown = unit !== undefined && unit.unit !== undefined && unitOf(unit.text) === unit.unit
    this.#units.set(unit, isKnown)
    return isKnown
  }
}

/** As arrays of the type that is cheapest to send; whole numbers beyond 32 bits go as doubles. */
const sent = (name: Name, values: ReadonlyArray<string | number | null>) =>
  Result.getOrThrow(PgTypes.array(values, types[name] === "text" ? PgTypes.OID.text : PgTypes.OID.float8))

/**
 * Adds rows in one statement. The arrays are unnested side by side in a list of results, which PostgreSQL reads as it
 * goes; in the FROM clause it would first keep each of them as a table.
 */
export const stage = (sql: SqlClient.SqlClient, tenant: TenantId, sha256: string, declarations: Declarations) => {
  if (declarations.length === 0) return Effect.void
  const columns = new Columns(declarations.length)
  columns.take(declarations)
  const names = [...columns.values.keys()]
  const kept = names.map((name) => `${name}::${types[name]}`).join(", ")
  const unnested = [...columns.values].map(([name, values]) => sql`unnest(${sent(name, values)}) AS ${sql(name)}`)
  return Effect.asVoid(sql`INSERT INTO declaration (tenant_id, sha256, ${sql.unsafe(names.join(", "))})
    SELECT ${tenant}, ${sha256}, ${sql.unsafe(kept)} FROM (SELECT ${sql.csv(unnested)}) AS t`)
}
