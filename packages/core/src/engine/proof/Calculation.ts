/** The calculation of a finding, row by row and with exact numbers, so that a person can do it again. */
import { amountText, isExact as isExactAmount } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import { unitOf } from "../../domain/Unit.ts"
import type { Level } from "../../domain/Verdict.ts"
import { isExpired } from "../Claims.ts"
import {
  add,
  against,
  type Concentration,
  type Fraction,
  fractionOf,
  isExact,
  order,
  ppmText,
  times,
  zeroFraction
} from "../Concentration.ts"
import { evidenceOf } from "../Decide.ts"
import type { Facts } from "../Facts.ts"
import type { Working } from "../Judge.ts"
import { countedShare, type Match } from "../Match.ts"
import { inPart, isReason, type Measured, type Ranges } from "../Measure.ts"
import { elementsOf, type Rule } from "../Rule.ts"
import { counted } from "../Weigh.ts"
import { evidenceNode, noteNode, reasonNode } from "./Leaves.ts"
import type { ComparisonNode, Exact, ProofLimits, ProofNode, SumNode, TermNode } from "./Proof.ts"

interface Factor {
  readonly text: string
  readonly fraction: Fraction
}

/** How a row's amount becomes a concentration, in words: what it is multiplied by, and why an end may say nothing. */
interface Conversion {
  readonly factors: ReadonlyArray<Factor>
  readonly remarks: ReadonlyArray<string>
}

const text = Decimal.toText
const asIs: Conversion = { factors: [], remarks: [] }

export interface CalculationContext {
  readonly facts: Facts
  readonly level: Level
  readonly rule: Rule | undefined
  readonly ranges: Ranges
  readonly asOf: string
  readonly limits: ProofLimits
}

/** The rows, their sum, and the comparison of each end with the limit. */
export const calculation = (context: CalculationContext, working: Working): ReadonlyArray<ProofNode> => {
  const matches = working.contributions.flatMap(({ witnesses }) => witnesses)
  const listed = matches.slice(0, context.limits.rows)
  const more = matches.length - listed.length
  const terms = listed.map((match) => termNode(context, working, match))
  const isSum = isTakenTogether(working)
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

/** Whether what is compared is not simply what one substance comes to. */
const isTakenTogether = ({ contributions, undeclared, concentration }: Working): boolean => {
  const [only] = contributions
  return (
    contributions.length > 1 ||
    undeclared !== undefined ||
    (only !== undefined && order(only.concentration.low, concentration.low) !== 0)
  )
}

const perMass = (grams: Decimal.Decimal | undefined, of: string): Factor => ({
  text: `× 1000 ÷ ${grams === undefined ? "?" : text(grams)} g of ${of}`,
  fraction: { numerator: Decimal.fromInteger(1000), denominator: grams ?? Decimal.fromInteger(1) }
})

const throughMaterial = (facts: Facts, { amount, material, materialMassMg }: Declaration): Conversion => {
  if (material !== undefined && amount.unit === "ppm") return asIs
  if (material !== undefined && materialMassMg !== undefined)
    return { ...asIs, factors: [perMass(Decimal.shift(materialMassMg, -3), material)] }
  const average = amount.unit === "ppm" ? asIs : { ...asIs, factors: [perMass(facts.massGrams, "the part")] }
  const isZero = amount.high !== undefined && Decimal.isZero(amount.high)
  return facts.homogeneous || isZero
    ? average
    : {
        ...average,
        remarks: ["An average over the part; one of its materials may hold more, so nothing bounds it from above."]
      }
}

const throughPart = (facts: Facts, { amount, material, materialMassMg }: Declaration): Conversion => {
  const { massGrams, homogeneous } = facts
  const diluted = [`How much of the part is ${material} is not known, so it may be next to nothing of it.`]
  if (amount.unit === "mg")
    return massGrams === undefined && material !== undefined && materialMassMg !== undefined
      ? { factors: [perMass(Decimal.shift(materialMassMg, -3), material)], remarks: diluted }
      : { ...asIs, factors: [perMass(massGrams, "the part")] }
  if (material === undefined || homogeneous) return asIs
  if (materialMassMg === undefined || massGrams === undefined) return { ...asIs, remarks: diluted }
  const grams = Decimal.shift(materialMassMg, -3)
  return {
    ...asIs,
    factors: [
      {
        text: `× ${text(grams)} g of ${material} ÷ ${text(massGrams)} g of the part`,
        fraction: { numerator: grams, denominator: massGrams }
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
      conversion: level === "homogeneous-material" ? throughMaterial(facts, row) : throughPart(facts, row)
    }
  const part = throughPart(origin.facts, origin.row)
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
  if (elements.length === 0)
    return match.declaration.basis === "element" && rule?.basis === "compound"
      ? { ...asIs, remarks: ["Only the mass of the element is stated; the compound that is limited may weigh more."] }
      : asIs
  const share = countedShare(match, elements)
  const name = elements.join(" and ")
  if (share === undefined)
    return {
      ...asIs,
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
  const { amount, material, substance, cas } = row
  const element = elementOf(context.rule, match)
  const factors = [...conversion.factors, ...element.factors]
  const measured = measuredOf(context, working, match)
  const counts = isReason(measured) ? unknown : measured
  const ends = endsText(row, context.ranges, factors, counts)
  const at = `${owner === context.facts ? "" : `${owner.part.partNumber}: `}${substance}${material === undefined ? "" : ` in ${material}`}`
  const isPlain = row.text === "" || row.text === amountText(amount)
  const isStated = isPlain && isExactAmount(amount) && ends.length > 0
  return {
    kind: "term",
    text: `${at}: ${[...(isStated ? [] : [statedText(row)]), ...ends].join("; ")}`,
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
    low: exactOf(counts.low),
    ...(counts.high === undefined ? {} : { high: exactOf(counts.high) }),
    children: [
      ...(isReason(measured)
        ? [reasonNode(measured)]
        : [...conversion.remarks, ...element.remarks, ...oldRemarks(row, context.asOf)].map((message) =>
            noteNode({ code: "calculation", message })
          )),
      evidenceNode(evidenceOf(row))
    ]
  }
}

const unknown: Concentration = { low: zeroFraction, lowOpen: false, high: undefined, highOpen: false }

/** As the judgement took it. */
const measuredOf = ({ facts, rule, ranges }: CalculationContext, { place }: Working, match: Match): Measured => {
  const measured = place === undefined ? inPart(facts, match.declaration, ranges) : place.measure(match.declaration)
  return isReason(measured) || rule === undefined ? measured : counted(rule, match, measured)
}

const oldRemarks = (row: Declaration, asOf: string): ReadonlyArray<string> =>
  isExpired(row, asOf)
    ? ["It is past the day until which it holds; beside newer evidence only its lower end counts."]
    : []

/** How each end that counts comes from the amount; nothing when it is the amount itself, or nothing counts. */
const endsText = (
  { amount }: Declaration,
  ranges: Ranges,
  factors: ReadonlyArray<Factor>,
  { low, high }: Concentration
): ReadonlyArray<string> => {
  const isWorst = ranges === "worst-case" && amount.high !== undefined && !Decimal.isZero(amount.low)
  const bottom = isWorst && amount.high !== undefined ? amount.high : amount.low
  const isOne = isWorst || isExactAmount(amount)
  if (factors.length === 0 && !isWorst) return []
  const note = isWorst && !isExactAmount(amount) ? ["counted by its upper end"] : []
  if (isOne && high !== undefined && order(low, high) === 0)
    return [...note, productText("", bottom, amount.unit, factors, low)]
  return [
    ...note,
    ...(Decimal.isZero(low.numerator) ? [] : [productText("lower end ", bottom, amount.unit, factors, low)]),
    ...(high === undefined || amount.high === undefined
      ? []
      : [productText("upper end ", amount.high, amount.unit, factors, high)])
  ]
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

/** The factors are shown when they give the end that counts; otherwise the end alone. */
const productText = (
  end: string,
  value: Decimal.Decimal,
  unit: string,
  factors: ReadonlyArray<Factor>,
  counts: Fraction
): string => {
  const product = factors.reduce((all, { fraction }) => times(all, fraction), fractionOf(value))
  const shown =
    order(product, counts) === 0 ? `${text(value)} ${unit} ${factors.map((factor) => factor.text).join(" ")} ` : ""
  return `${end}${shown}${quotientOf(counts)} ppm`
}

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
  const { low, high } = concentration
  const exact = isExact(concentration)
  const highs = parts.map((part) => part.high)
  return {
    kind: "sum",
    text: [
      sumText(
        exact ? "" : "lower ends ",
        parts.map((part) => part.low),
        low
      ),
      ...(exact || high === undefined ? [] : [sumText("upper ends ", highs, high)]),
      ...(high === undefined ? ["nothing bounds it from above"] : []),
      ...(undeclared?.high === undefined ? [] : [`of it up to ${ppmText(undeclared.high)} ppm that nobody declares`])
    ].join("; "),
    low: exactOf(low),
    ...(high === undefined ? {} : { high: exactOf(high) }),
    children: []
  }
}

/** Where statements overlap, as one on a group does with one on its members, the whole is less than their sum. */
const sumText = (name: string, ends: ReadonlyArray<Fraction | undefined>, total: Fraction): string => {
  const known = ends.flatMap((end) => (end === undefined || Decimal.isZero(end.numerator) ? [] : [end]))
  const isSum = known.length === ends.filter((end) => end === undefined || !Decimal.isZero(end.numerator)).length
  if (isSum && order(known.reduce(add, zeroFraction), total) === 0)
    return `Together: ${name}${known.length === 0 ? "0" : known.map(fractionText).join(" + ")} ${quotientOf(total)} ppm`
  return `Together, where statements overlap: ${name}${quotientOf(total)} ppm`
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
