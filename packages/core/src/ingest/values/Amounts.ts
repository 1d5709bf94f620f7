/** Amounts as suppliers write them: exact, censored, ranges, not detected, none. Vague ones stay intervals. */
import * as Amount from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import { type Unit, unitOf } from "../../domain/Unit.ts"
import { type DecimalStyle, plain, readNumber } from "./Numbers.ts"
import { isFormulaError } from "./Words.ts"

export interface AmountContext {
  readonly style: DecimalStyle | undefined
  /** Unit of the column, from its header or a mapping. */
  readonly unit: Unit | undefined
}

export interface ReadAmount {
  readonly amount: Amount.Amount
  /** Code of a warning, when there is one. */
  readonly warning: string | undefined
  /** Set when the text says whether the substance is added on purpose. */
  readonly intentional?: boolean | undefined
}

/** A code of {@link messages}. */
export type AmountProblem = { readonly code: string }

/** Upper bound, in ppm, of a detection limit that a report does not state: that of organics by IEC 62321. */
const DEFAULT_DETECTION_LIMIT = Decimal.fromInteger(50)
const MILLION = Decimal.fromInteger(1_000_000)

const nothing = /^(-+|\?|n\s?[/.]?\s?a\.?|#n\/a|nan|null|tbd|tba|see sds|unknown|unbekannt|k\.?\s?a\.?)$/
const none =
  /^(none|nil|no|free|absent|not (contained|present)|does not contain|kein[es]?|nicht enthalten|aucune?|néant|ninguno|nessuno|なし|无|無)$/
const notDetected =
  /^(n\.?\s?d\.?|not detected|nicht nachweisbar|n\.?\s?n\.?|non détecté|bdl|<\s?(lod|mdl|loq|dl|bg))\b\.?(.*)$/
const parts =
  /^(<=|>=|<|>|≤|≥|=|~|≈|ca\.?|approx\.?|about|typ\.?|typical|max\.?|min\.?|up to|less than|more than|bis zu|bis|unter|über)?\s*([+-]?\d[\d.,' ]*(?:e[+-]?\d{1,5})?|[+-]?[.,]\d+(?:e[+-]?\d{1,5})?)\s*([^\d\s<>~±+.-][^~±]*?)?\s*(?:(-|~|\.\.\.?|to|bis|±|\+\/-)\s*(\d[\d.,' ]*(?:e[+-]?\d{1,5})?)\s*(\D*)?)?$/

/** Reads the text of an amount cell. */
export const readAmount = (text: string, context: AmountContext): ReadAmount | AmountProblem => {
  const lower = plain(text).toLowerCase()
  if (lower === "") return { code: "value.missing" }
  if (isFormulaError(lower)) return { code: "value.formula_error" }
  if (none.test(lower)) return exact(Amount.exactly("ppm", Decimal.zero))
  if (nothing.test(lower)) return { code: "value.not_a_number" }
  if (/^traces?$|^spuren$/.test(lower)) return { amount: Amount.unstated, warning: "value.trace" }
  if (/^(not|un|non)[ -]?intentionally added$|^no intentional addition$|^nia$/.test(lower))
    return { amount: Amount.unstated, warning: "value.not_intentionally_added", intentional: false }
  if (/^intentionally added$|^intentional addition$/.test(lower))
    return { amount: { ...Amount.unstated, lowOpen: true }, warning: undefined, intentional: true }
  const missed = notDetected.exec(lower)
  if (missed !== null) return belowDetection(missed[3] ?? "", context)
  return measured(lower, context)
}

const exact = (amount: Amount.Amount): ReadAmount => ({ amount, warning: undefined })

/** `ND`, with the limit of detection when it is stated: `ND (LOD 5 ppm)`, `n.d. <2 ppm`. */
const belowDetection = (rest: string, context: AmountContext): ReadAmount | AmountProblem => {
  const stated = rest.replaceAll(/[():;,=<]|lod|mdl|loq|at|of/g, " ").trim()
  if (stated === "")
    return { amount: Amount.upTo("ppm", DEFAULT_DETECTION_LIMIT, true), warning: "value.no_detection_limit" }
  const limit = measured(stated, context)
  if ("code" in limit) return limit
  const high = limit.amount.high
  return high === undefined ? { code: "value.not_a_number" } : exact(Amount.upTo(limit.amount.unit, high, true))
}

const measured = (lower: string, context: AmountContext): ReadAmount | AmountProblem => {
  const match = parts.exec(lower)
  if (match === null) return { code: "value.not_a_number" }
  const [, sign = "", first = "", firstUnit = "", joint, second, secondUnit = ""] = match
  const unitText = (secondUnit.trim() || firstUnit.trim()).replace(/^of\b.*$/, "")
  const unit = unitText === "" ? context.unit : unitOf(unitText)
  if (unit === undefined) return { code: unitText === "" ? "unit.missing" : "unit.unsupported" }
  const a = readNumber(first, context.style)
  if (typeof a === "string") return { code: a }
  const b = second === undefined ? undefined : readNumber(second, context.style)
  if (typeof b === "string") return { code: b }
  if (Decimal.isNegative(a)) return { code: "value.negative" }
  const built = b === undefined ? bounded(sign, a, unit) : joined(joint ?? "-", a, b, unit)
  if (Decimal.isNegative(built.amount.low)) return { code: "value.negative" }
  const top = built.amount.high ?? built.amount.low
  if (unit.canonical === "ppm" && Decimal.compare(top, MILLION) > 0) return { code: "value.out_of_range" }
  const conflict = unitText !== "" && context.unit !== undefined && !sameUnit(unit, context.unit)
  return { ...built, warning: built.warning ?? (conflict ? "unit.conflict" : undefined) }
}

const sameUnit = (a: Unit, b: Unit): boolean => a.canonical === b.canonical && Decimal.compare(a.factor, b.factor) === 0

const bounded = (sign: string, value: Decimal.Decimal, unit: Unit): ReadAmount => {
  const size = Decimal.multiply(value, unit.factor)
  switch (sign.replace(".", "")) {
    case "<":
    case "less than":
    case "unter":
      return exact(Amount.upTo(unit.canonical, size, true))
    case "<=":
    case "≤":
    case "max":
    case "up to":
    case "bis":
    case "bis zu":
      return exact(Amount.upTo(unit.canonical, size, false))
    case ">":
    case "more than":
    case "über":
      return exact({ unit: unit.canonical, low: size, high: undefined, lowOpen: true, highOpen: false })
    case ">=":
    case "≥":
    case "min":
      return exact({ unit: unit.canonical, low: size, high: undefined, lowOpen: false, highOpen: false })
    case "":
    case "=":
      return exact(Amount.exactly(unit.canonical, size))
    default:
      return { amount: Amount.exactly(unit.canonical, size), warning: "value.approximate" }
  }
}

const joined = (joint: string, a: Decimal.Decimal, b: Decimal.Decimal, unit: Unit): ReadAmount => {
  const first = Decimal.multiply(a, unit.factor)
  const second = Decimal.multiply(b, unit.factor)
  const between = (low: Decimal.Decimal, high: Decimal.Decimal): Amount.Amount => ({
    unit: unit.canonical,
    low,
    high,
    lowOpen: false,
    highOpen: false
  })
  if (joint === "±" || joint === "+/-")
    return exact(between(Decimal.add(first, Decimal.negate(second)), Decimal.add(first, second)))
  return Decimal.compare(first, second) <= 0
    ? exact(between(first, second))
    : { amount: between(second, first), warning: "value.reversed_range" }
}
