/** What the columns of a supplier's table hold, as a person states it once and uses again. */
import * as Schema from "effect/Schema"

/** What a column can hold. */
export const fields = [
  "part_number",
  "part_name",
  "part_mass",
  "categories",
  "supplier",
  "material",
  "material_mass",
  "substance",
  "cas",
  "ec",
  "substance_mass",
  "concentration",
  "amount",
  "amount_min",
  "amount_max",
  "unit",
  "basis",
  "threshold",
  "exemption",
  "issued",
  "level",
  "parent",
  "quantity",
  "designators"
] as const
export type Field = (typeof fields)[number]

/** What a yes means in a column about one substance. */
export type Meaning = "contains" | "free"

const Unit = Schema.optionalKey(Schema.String.annotate({ description: "unit of the column's numbers: mg, g, ppm, %" }))

/** What one column holds. */
export const ColumnMapping = Schema.Union([
  Schema.Struct({ field: Schema.Literals([...fields, "ignore"]), unit: Unit }),
  Schema.Struct({
    field: Schema.Literal("answer"),
    substance: Schema.String,
    cas: Schema.optionalKey(Schema.String),
    means: Schema.Literals(["contains", "free"]),
    unit: Unit
  }).annotate({ description: "a yes/no or amount column about one substance" }),
  Schema.Struct({
    field: Schema.Literal("answer"),
    list: Schema.String,
    means: Schema.Literals(["compliant", "non-compliant"])
  }).annotate({ description: "a yes/no column about a whole list of substances" })
])
export type ColumnMapping = typeof ColumnMapping.Type

/** How a table is written, when its content does not show it for sure. */
export const Dialect = Schema.Struct({
  delimiter: Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^[^"'\\\r\n]{1,8}$/)).annotate({
      description: "what stands between cells: , ; ^ ::"
    })
  ),
  quote: Schema.optionalKey(
    Schema.Literals(['"', "'", ""]).annotate({ description: "what stands around cells; empty when nothing does" })
  ),
  escape: Schema.optionalKey(
    Schema.Literal("\\").annotate({
      description: "what stands before a quote within a cell; left out when it is doubled"
    })
  ),
  comment: Schema.optionalKey(
    Schema.String.check(Schema.isPattern(/^[^\r\n]{1,4}$/)).annotate({
      description: "what lines begin with that are no rows"
    })
  ),
  decimal: Schema.optionalKey(Schema.Literals([".", ","]))
}).annotate({ identifier: "Dialect" })
export type Dialect = typeof Dialect.Type

/** Columns by the text of their header, matched without regard to case, blanks and punctuation. */
export const Mapping = Schema.Struct({
  columns: Schema.Record(Schema.String, ColumnMapping),
  dialect: Schema.optionalKey(Dialect)
}).annotate({ identifier: "Mapping" })
export type Mapping = typeof Mapping.Type

/** One column of a proposed mapping: what it seems to hold, and how sure that is, from 0 to 1. */
export const ProposedColumn = Schema.Struct({
  header: Schema.String,
  mapping: Schema.optionalKey(ColumnMapping),
  confidence: Schema.Number
}).annotate({ identifier: "ProposedColumn" })
export type ProposedColumn = typeof ProposedColumn.Type
