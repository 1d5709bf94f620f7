/** JSON whose numbers keep the digits they were written with. */

/** A number literal as it stands in the file. */
export class NumberLiteral {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

const keepDigits: Reviver = (_key, value, context) =>
  typeof value === "number" ? new NumberLiteral(context?.source ?? String(value)) : value

/** @throws SyntaxError, or RangeError when nested too deeply */
export const parseJson = (text: string): unknown =>
  JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown)

export type JsonObject = { readonly [key: string]: unknown }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NumberLiteral)

/** Text of a string or number, trimmed, NUL made visible; `undefined` for anything else and for empty text. */
export const textOf = (value: unknown): string | undefined => {
  const text =
    value instanceof NumberLiteral
      ? value.text
      : typeof value === "string"
        ? value.trim().replaceAll("\u0000", "\uFFFD")
        : ""
  return text === "" ? undefined : text
}
