/** A portfolio from BOMs and declarations, with the exact judge behind it. */
import { isExact } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { Bom, BomLine, Part } from "../../domain/Part.ts"
import { lastDayOf } from "../Claims.ts"
import { smallestDeclared } from "../Facts.ts"
import { isOverridden, overridesOn } from "../Override.ts"
import type { BomOptions } from "../Rollup.ts"
import type { RuleSet } from "../Rule.ts"
import type { SetDeclarations } from "./Edit.ts"
import { exactJudge } from "./ExactJudge.ts"
import { DECIDED, ONE_MATERIAL, PRODUCT } from "./Inputs.ts"
import { MAX_SCALE, NOT_STATED, Numbers } from "./Numbers.ts"
import { Portfolio } from "./Portfolio.ts"
import { CAREFUL, ELEMENT, EXEMPTION, type GivenRows, HIGH_OPEN, LOW_OPEN, MATERIAL, PPM } from "./Rows.ts"
import { Substances } from "./Substances.ts"

export interface PortfolioOfOptions extends Omit<BomOptions, "knownAt"> {
  readonly boms: ReadonlyArray<Bom>
  readonly declarations: (partKey: string) => ReadonlyArray<Declaration>
  readonly ruleSets: ReadonlyArray<RuleSet>
}

export interface NamedPortfolio {
  readonly portfolio: Portfolio
  /** The number of a part; `undefined` for one that no BOM names. */
  readonly numberOf: (partKey: string) => number | undefined
  readonly keyOf: (part: number) => string
  /** The edit that gives a part these declarations in place of those it has. */
  readonly declare: (part: number, declarations: ReadonlyArray<Declaration>) => SetDeclarations
}

/**
 * Judges every part of these BOMs; a part that several use is one part, as the first that knows it states it.
 *
 * @throws BomCycle when the BOMs together contain themselves
 * @example
 * ```ts
 * const { portfolio, numberOf, declare } = portfolioOf({ boms: [bom], declarations, ruleSets: [euRohs], asOf: "2026-11-23" })
 * const part = numberOf("EG-1001") as number
 * portfolio.statusOf(part, 0) // => { status: "compliant", duty: "not-applicable" }
 * portfolio.preview([declare(part, [])]) // what would be if its declarations were withdrawn
 * ```
 */
export const portfolioOf = (options: PortfolioOfOptions): NamedPortfolio => {
  const { boms, ruleSets, asOf, rollup } = options
  const { keys, parts, lines } = merged(boms)
  const numbers = new Numbers()
  const substances = new Substances()
  const numberOf = new Map(keys.map((key, index) => [key, index]))
  const masses = { coefficient: new Float64Array(keys.length), scale: new Uint8Array(keys.length).fill(NOT_STATED) }
  const attributes = new Uint8Array(keys.length)
  for (const [index, key] of keys.entries()) {
    const part = parts.get(key)
    if (part?.massGrams !== undefined) {
      const { coefficient, scale } = numbers.pack(part.massGrams)
      masses.coefficient[index] = coefficient
      masses.scale[index] = scale
    }
    attributes[index] = (part?.material === undefined ? 0 : ONE_MATERIAL) | (isOverridden(key, options) ? DECIDED : 0)
  }
  for (const { product } of boms) {
    const index = numberOf.get(product) as number
    attributes[index] = (attributes[index] as number) | PRODUCT
  }
  const packer = new RowPacker(substances, numbers, options)
  const declared = new Map<number, ReadonlyArray<Declaration>>()
  const edits = keys.map((key, index) => packer.declare(index, options.declarations(key), key))
  for (const { part, declarations } of edits)
    if (declarations !== undefined && declarations.length > 0) declared.set(part, declarations)
  const portfolio = new Portfolio({
    nodes: keys.length,
    lines: packedLines(lines, numberOf, numbers),
    rows: concatenated(edits),
    masses,
    substances,
    ruleSets,
    asOf,
    rollup,
    attributes,
    categories: new Map(keys.map((key, index) => [index, parts.get(key)?.categories ?? []])),
    declared,
    declaredMasses: new Map(
      edits.flatMap(({ part, massGrams }) => (massGrams === undefined ? [] : [[part, massGrams]]))
    ),
    days: new Map(edits.map(({ part, days }) => [part, days ?? []])),
    careful: exactJudge((index) => partOf(parts, keys[index] as string), options),
    numbers
  })
  return {
    portfolio,
    numberOf: (key) => numberOf.get(key),
    keyOf: (part) => keys[part] as string,
    declare: (part, declarations) => packer.declare(part, declarations, keys[part] as string)
  }
}

const partOf = (parts: ReadonlyMap<string, Part>, key: string): Part =>
  parts.get(key) ?? { key, partNumber: key, name: undefined, material: undefined, massGrams: undefined }

/** Every part of the BOMs once, and the lines of each parent once. */
const merged = (boms: ReadonlyArray<Bom>) => {
  const parts = new Map<string, Part>()
  const lines = new Map<string, ReadonlyArray<BomLine>>()
  const keys = new Set<string>()
  for (const bom of boms) {
    keys.add(bom.product)
    for (const [key, part] of bom.parts) if (!parts.has(key)) parts.set(key, part)
    for (const [parent, own] of bom.lines) if (!lines.has(parent)) lines.set(parent, own)
  }
  for (const key of parts.keys()) keys.add(key)
  for (const [parent, own] of lines) {
    keys.add(parent)
    for (const { child } of own) keys.add(child)
  }
  return { keys: [...keys], parts, lines }
}

const packedLines = (
  lines: ReadonlyMap<string, ReadonlyArray<BomLine>>,
  numberOf: ReadonlyMap<string, number>,
  numbers: Numbers
) => {
  const all = [...lines.values()].flat()
  const packed = all.map(({ quantity, uncounted }) =>
    uncounted === true ? { ...numbers.pack(quantity), scale: NOT_STATED } : numbers.pack(quantity)
  )
  return {
    parent: Int32Array.from(all, ({ parent }) => numberOf.get(parent) as number),
    child: Int32Array.from(all, ({ child }) => numberOf.get(child) as number),
    coefficient: Float64Array.from(packed, ({ coefficient }) => coefficient),
    scale: Uint8Array.from(packed, ({ scale }) => scale)
  }
}

const concatenated = (edits: ReadonlyArray<SetDeclarations>): GivenRows & { readonly part: Int32Array } => {
  const all = edits.flatMap(({ part, rows }) => Array.from(rows.substance, (_, at) => ({ part, rows, at })))
  const of = (name: keyof GivenRows) => all.map(({ rows, at }) => rows[name]?.[at] as number)
  return {
    part: Int32Array.from(all, ({ part }) => part),
    substance: Int32Array.from(of("substance")),
    low: Float64Array.from(of("low")),
    high: Float64Array.from(of("high")),
    scale: Uint8Array.from(of("scale")),
    bits: Uint8Array.from(of("bits")),
    limit: Float64Array.from(of("limit")),
    limitScale: Uint8Array.from(of("limitScale"))
  }
}

interface PackedRow {
  readonly substance: number
  readonly low: number
  readonly high: number
  readonly scale: number
  readonly bits: number
  readonly limit: number
  readonly limitScale: number
}

/** Declarations as rows of columns. */
class RowPacker {
  readonly #substances: Substances
  readonly #numbers: Numbers
  readonly #options: PortfolioOfOptions

  constructor(substances: Substances, numbers: Numbers, options: PortfolioOfOptions) {
    this.#substances = substances
    this.#numbers = numbers
    this.#options = options
  }

  declare(part: number, declarations: ReadonlyArray<Declaration>, key: string): SetDeclarations {
    const packed = declarations.map((declaration) => this.#row(declaration))
    const column = (name: keyof PackedRow) => packed.map((row) => row[name])
    const rows = {
      substance: Int32Array.from(column("substance")),
      low: Float64Array.from(column("low")),
      high: Float64Array.from(column("high")),
      scale: Uint8Array.from(column("scale")),
      bits: Uint8Array.from(column("bits")),
      limit: Float64Array.from(column("limit")),
      limitScale: Uint8Array.from(column("limitScale"))
    }
    const massGrams = smallestDeclared(declarations)
    return { edit: "declarations", part, rows, declarations, massGrams, days: this.#daysOf(declarations, key) }
  }

  #daysOf(declarations: ReadonlyArray<Declaration>, key: string): ReadonlyArray<string> {
    const decisions = overridesOn(key, this.#options.overrides)
    return [
      ...declarations.flatMap((declaration) => lastDayOf(declaration) ?? []),
      ...decisions.flatMap(({ on, until }) => (until === undefined ? [on] : [on, until]))
    ]
  }

  #row(declaration: Declaration): PackedRow {
    const { substance: name, cas, ec, claim, material, exemption, basis, limitPpm } = declaration
    const substance = claim === undefined ? this.#substances.idOf({ name, cas, ec }) : -1
    const amount = this.#amount(declaration)
    const limit = limitPpm === undefined ? { coefficient: 0, scale: NOT_STATED } : this.#numbers.pack(limitPpm)
    return {
      substance,
      ...(amount ?? { low: 0, high: 0, scale: 0 }),
      bits:
        (declaration.amount.unit === "ppm" ? PPM : 0) |
        (declaration.amount.lowOpen ? LOW_OPEN : 0) |
        (declaration.amount.highOpen ? HIGH_OPEN : 0) |
        (basis === "element" ? ELEMENT : 0) |
        (exemption === undefined ? 0 : EXEMPTION) |
        (material === undefined ? 0 : MATERIAL) |
        (claim !== undefined || amount === undefined || lastDayOf(declaration) !== undefined ? CAREFUL : 0),
      limit: limit.coefficient,
      limitScale: limit.scale
    }
  }

  /** Both ends with one scale; `undefined` for what no double holds, has no upper end, or counts by its upper end alone. */
  #amount({ amount }: Declaration): Pick<PackedRow, "low" | "high" | "scale"> | undefined {
    const { low, high } = amount
    if (high === undefined || Decimal.isNegative(low)) return undefined
    if (this.#options.ranges === "worst-case" && !Decimal.isZero(low) && !isExact(amount)) return undefined
    const scale = Math.max(low.scale, high.scale)
    if (scale > MAX_SCALE) return undefined
    const ends = [low, high].map((end) => end.coefficient * 10n ** BigInt(scale - end.scale))
    if (ends.some((end) => end > Number.MAX_SAFE_INTEGER)) return undefined
    return { low: Number(ends[0]), high: Number(ends[1]), scale }
  }
}
