/** The calculation of a finding, row by row and with exact numbers, so that a person can do it again. */
import { amountText } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import { unitOf } from "../../domain/Unit.ts"
import type { Level } from "../../domain/Verdict.ts"
import { against, type Fraction, isExact, ppmText, times } from "../Concentration.ts"
import type { Facts } from "../Facts.ts"
import type { Working } from "../Judge.ts"
import { countedShare, type Match } from "../Match.ts"
import type { Ranges } from "../Measure.ts"
import { elementsOf, type Rule } from "../Rule.ts"
import { evidenceNode } from "./Leaves.ts"
import type { ComparisonNode, Exact, ProofLimits, ProofNode, SumNode, TermNode } from "./Proof.ts"

interface Factor {
  readonly text: string
  readonly fraction: Fraction
}

/** How a row's amount becomes a concentration: what its ends are multiplied by, and which end says nothing. */
interface Conversion {
  readonly factors: ReadonlyArray<Factor>
  /** Whether the lower end falls to zero. */
  readonly lowLost?: boolean
  /** Whether the upper end says nothing. */
  readonly highLost?: boolean
  readonly remarks: ReadonlyArray<string>
}

const text = Decimal.toText
const asIs: Conversion = { factors: [], remarks: [] }

export interface CalculationContext {
  readonly facts: Facts
  readonly level: Level
  readonly rule: Rule | undefined
  readonly ranges: Ranges
  readonly limits: ProofLimits
}

/** The rows, their sum, and the comparison of each end with the limit. */
export const calculation = (context: CalculationContext, working: Working): ReadonlyArray<ProofNode> => {
  const matches = working.contributions.flatMap(({ witnesses }) => witnesses)
  const listed = matches.slice(0, context.limits.rows)
  const more = matches.length - listed.length
  const terms = listed.map((match) => termNode(context, working, match))
  const isSum = working.contributions.length > 1 || working.undeclared !== undefined
  const isMass = !isSum && terms.every(({ amount, factors }) => amount.unit === "mg" && factors.length === 1)
  return [
    ...terms,
    ...(more === 0
      ? []
      : [{ kind: "omitted" as const, count: more, text: `${more} further rows count as well.`, children: [] }]),
    ...(isSum ? [sumNode(working)] : []),
    ...comparisons(working, { noun: isDuty(context.rule) ? "threshold" : "limit", isMass })
  ]
}

const perMass = (grams: Decimal.Decimal | undefined, of: string): Factor => ({
  text: `× 1000 ÷ ${grams === undefined ? "?" : text(grams)} g of ${of}`,
  fraction: { numerator: Decimal.fromInteger(1000), denominator: grams ?? Decimal.fromInteger(1) }
})

const inMaterial = (facts: Facts, { amount, material, materialMassMg }: Declaration): Conversion => {
  if (material !== undefined && amount.unit === "ppm") return asIs
  if (material !== undefined && materialMassMg !== undefined)
    return { ...asIs, factors: [perMass(Decimal.shift(materialMassMg, -3), material)] }
  const average = amount.unit === "ppm" ? asIs : { ...asIs, factors: [perMass(facts.massGrams, "the part")] }
  const isZero = amount.high !== undefined && Decimal.isZero(amount.high)
  return facts.homogeneous || isZero
    ? average
    : {
        ...average,
        highLost: true,
        remarks: ["An average over the part; one of its materials may hold more, so nothing bounds it from above."]
      }
}

const inPart = (facts: Facts, { amount, material, materialMassMg }: Declaration): Conversion => {
  if (amount.unit === "mg") return { ...asIs, factors: [perMass(facts.massGrams, "the part")] }
  if (material === undefined || facts.homogeneous) return asIs
  if (materialMassMg === undefined)
    return {
      ...asIs,
      lowLost: true,
      remarks: [`How much of the part is ${material} is not stated, so it may be next to nothing of it.`]
    }
  const grams = Decimal.shift(materialMassMg, -3)
  return {
    ...asIs,
    factors: [
      {
        text: `× ${text(grams)} g of ${material} ÷ ${facts.massGrams === undefined ? "?" : text(facts.massGrams)} g of the part`,
        fraction: { numerator: grams, denominator: facts.massGrams ?? Decimal.fromInteger(1) }
      }
    ]
  }
}

const conversionOf = (
  { facts, level }: CalculationContext,
  { place }: Working,
  row: Declaration
): { readonly owner: Facts; readonly row: Declaration; readonly conversion: Conversion } => {
  if (level === "presence") return { owner: facts, row, conversion: asIs }
  const origin = place?.origin?.(row)
  if (origin === undefined)
    return {
      owner: facts,
      row,
      conversion: level === "homogeneous-material" ? inMaterial(facts, row) : inPart(facts, row)
    }
  const part = inPart(origin.facts, origin.row)
  const total = facts.massGrams ?? Decimal.fromInteger(1)
  const mass = origin.facts.massGrams ?? Decimal.zero
  const weight: Factor = {
    text: `× ${text(origin.pieces)} × ${text(mass)} g ÷ ${text(total)} g of the whole`,
    fraction: { numerator: Decimal.multiply(mass, origin.pieces), denominator: total }
  }
  return {
    owner: origin.facts,
    row: origin.row,
    conversion: origin.facts === facts ? part : { ...part, factors: [...part.factors, weight] }
  }
}

/** The counted element's part of a compound. */
const elementOf = (rule: Rule | undefined, match: Match): Conversion => {
  const elements = rule === undefined ? [] : elementsOf(rule)
  if (elements.length === 0) return asIs
  const share = countedShare(match, elements)
  const name = elements.join(" and ")
  if (share === undefined)
    return {
      ...asIs,
      lowLost: true,
      remarks: [`The formula of ${match.declaration.substance} is not known, so none or all of it may be ${name}.`]
    }
  if (Decimal.compare(share.numerator, share.denominator) === 0) return asIs
  return {
    ...asIs,
    factors: [
      {
        text: `× ${text(share.numerator)} ÷ ${text(share.denominator)} for ${name} in ${match.member.formula}`,
        fraction: share
      }
    ]
  }
}

const termNode = (context: CalculationContext, working: Working, match: Match): TermNode => {
  const { owner, row, conversion } = conversionOf(context, working, match.declaration)
  const element = elementOf(context.rule, match)
  const { amount, material, substance, cas } = row
  const isWorst = context.ranges === "worst-case" && amount.high !== undefined && !Decimal.isZero(amount.low)
  const factors = [...conversion.factors, ...element.factors]
  const scaled = (value: Decimal.Decimal): Fraction =>
    factors.reduce((product, { fraction }) => times(product, fraction), {
      numerator: value,
      denominator: Decimal.fromInteger(1)
    })
  const lowLost = conversion.lowLost === true || element.lowLost === true
  const bottom = isWorst ? (amount.high as Decimal.Decimal) : amount.low
  const low = scaled(lowLost ? Decimal.zero : bottom)
  const high = amount.high === undefined || conversion.highLost === true ? undefined : scaled(amount.high)
  const at = `${owner === context.facts ? "" : `${owner.part.partNumber}: `}${substance}${material === undefined ? "" : ` in ${material}`}`
  const isVague = amount.high === undefined || Decimal.compare(amount.low, amount.high) !== 0
  const isPlain = row.text === "" || row.text === amountText(amount)
  const lines = [
    ...(lowLost || (isVague && !isWorst && Decimal.isZero(amount.low))
      ? []
      : [productText(isVague && !isWorst ? "lower end " : "", bottom, amount.unit, factors, low)]),
    ...(isVague && !isWorst && amount.high !== undefined && high !== undefined
      ? [productText("upper end ", amount.high, amount.unit, factors, high)]
      : [])
  ]
  return {
    kind: "term",
    text: `${at}: ${[
      ...(isPlain && !isVague && factors.length > 0 ? [] : [statedText(row)]),
      ...(isWorst && isVague ? ["counted by its upper end"] : []),
      ...(factors.length === 0 && !lowLost ? [] : lines)
    ].join("; ")}`,
    partNumber: owner.part.partNumber,
    substance,
    ...(cas === undefined ? {} : { cas }),
    ...(material === undefined ? {} : { material }),
    stated: row.text,
    amount: {
      unit: amount.unit,
      low: text(amount.low),
      lowOpen: amount.lowOpen,
      ...(amount.high === undefined ? {} : { high: text(amount.high) }),
      highOpen: amount.highOpen
    },
    factors: factors.map(({ text: words, fraction }) => ({
      text: words,
      numerator: text(fraction.numerator),
      denominator: text(fraction.denominator)
    })),
    low: exactOf(low),
    ...(high === undefined ? {} : { high: exactOf(high) }),
    children: [
      ...[...conversion.remarks, ...element.remarks].map((remark) => ({
        kind: "note" as const,
        code: "calculation",
        text: remark,
        children: []
      })),
      evidenceNode({
        document: row.source.document,
        sha256: row.source.sha256,
        line: row.source.line,
        ...(row.text === "" ? {} : { text: row.text })
      })
    ]
  }
}

/** What is written, and what it is in milligrams or ppm. */
const statedText = ({ text: written, amount }: Declaration): string => {
  const meant = amountText(amount)
  if (written === "" || written === meant) return meant
  const name = /[^\d.,\s<>≤≥=~+-].*$/.exec(written)?.[0] ?? ""
  const unit = unitOf(name)
  const factor =
    unit === undefined || text(unit.factor) === "1" ? "" : ` (1 ${name} = ${text(unit.factor)} ${unit.canonical})`
  return `"${written}" is ${meant}${factor}`
}

const productText = (
  end: string,
  value: Decimal.Decimal,
  unit: string,
  factors: ReadonlyArray<Factor>,
  product: Fraction
): string =>
  factors.length === 0
    ? `${end}${text(value)} ${unit}`
    : `${end}${text(value)} ${unit} ${factors.map((factor) => factor.text).join(" ")} ${quotientOf(product)} ppm`

const isDecimal = ({ numerator, denominator }: Fraction, rounded: string): boolean =>
  Decimal.compare(Decimal.multiply(Decimal.parse(rounded) as Decimal.Decimal, denominator), numerator) === 0

/** `= 1200`, or `≈ 333.333` when that is rounded. */
const quotientOf = (fraction: Fraction): string => {
  const rounded = ppmText(fraction)
  return `${isDecimal(fraction, rounded) ? "=" : "≈"} ${rounded}`
}

const exactOf = (fraction: Fraction): Exact => ({
  numerator: text(fraction.numerator),
  denominator: text(fraction.denominator),
  ppm: ppmText(fraction)
})

/** A plain number where it is one, else the fraction. */
const fractionText = (fraction: Fraction): string => {
  const rounded = ppmText(fraction)
  return isDecimal(fraction, rounded)
    ? rounded
    : `${shortened(text(fraction.numerator))}/${shortened(text(fraction.denominator))}`
}

/** Longest number that sentences show in full; the data of the node has all of it. */
const MAX_SHOWN = 60

const shortened = (number: string): string =>
  number.length > MAX_SHOWN ? `${number.slice(0, 20)}… (${number.length} characters)` : number

const sumNode = ({ contributions, undeclared, concentration }: Working): SumNode => {
  const parts = [...contributions.map((one) => one.concentration), ...(undeclared === undefined ? [] : [undeclared])]
  const line = (name: string, ends: ReadonlyArray<Fraction>, total: Fraction): string => {
    const terms = ends.filter(({ numerator }) => !Decimal.isZero(numerator))
    return `${name}${terms.length === 0 ? "0" : terms.map(fractionText).join(" + ")} ${quotientOf(total)} ppm`
  }
  const { low, high } = concentration
  const exact = isExact(concentration)
  const highs = parts.flatMap((part) => part.high ?? [])
  return {
    kind: "sum",
    text: [
      line(
        exact ? "Together " : "Together: lower ends ",
        parts.map((part) => part.low),
        low
      ),
      ...(exact || high === undefined ? [] : [line("upper ends ", highs, high)]),
      ...(high === undefined ? ["nothing bounds it from above"] : []),
      ...(undeclared?.high === undefined ? [] : [`of it up to ${ppmText(undeclared.high)} ppm that nobody declares`])
    ].join("; "),
    low: exactOf(low),
    ...(high === undefined ? {} : { high: exactOf(high) }),
    children: []
  }
}

const signs = { "-1": "<", "0": "=", "1": ">" } as const

const isDuty = (rule: Rule | undefined): boolean => rule !== undefined && rule.outcome !== "non-compliant"

interface ComparisonWords {
  readonly noun: "limit" | "threshold"
  /** Whether both sides are micrograms: milligrams of a thousand over grams. */
  readonly isMass: boolean
}

const comparisons = ({ concentration, limit }: Working, words: ComparisonWords): ReadonlyArray<ComparisonNode> => {
  if (limit === undefined) return []
  const { low, lowOpen, high, highOpen } = concentration
  if (isExact(concentration)) return [comparison("value", low, false, limit, words)]
  return [
    comparison("lower", low, lowOpen, limit, words),
    ...(high === undefined ? [] : [comparison("upper", high, highOpen, limit, words)])
  ]
}

const sides = { "<": "below", "=": "exactly at", ">": "above" } as const
const ends = { value: "It", lower: "The lower end", upper: "The upper end" } as const

const comparison = (
  end: ComparisonNode["end"],
  fraction: Fraction,
  isOpen: boolean,
  limit: Decimal.Decimal,
  { noun, isMass }: ComparisonWords
): ComparisonNode => {
  const sign = signs[against(fraction, limit)]
  const left = text(fraction.numerator)
  const denominator = text(fraction.denominator)
  const right = text(Decimal.multiply(limit, fraction.denominator))
  const [micro, ppm, gram] = isMass ? [" µg", " ppm", " g"] : denominator === "1" ? [" ppm", "", ""] : ["", "", ""]
  const product =
    denominator === "1" && !isMass
      ? text(limit)
      : `${text(limit)}${ppm} × ${shortened(denominator)}${gram} = ${shortened(right)}`
  return {
    kind: "comparison",
    end,
    left,
    sign,
    right,
    text: `${ends[end]}${isOpen ? ", which is not reached," : ""} is ${sides[sign]} the ${noun}: ${shortened(left)}${micro} ${sign} ${product}${micro}`,
    children: []
  }
}
