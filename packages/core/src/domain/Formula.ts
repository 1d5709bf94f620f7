/**
 * Molecular formulas, and the share of a compound's mass that an element has. Exact: a share is a
 * fraction of decimals that is never divided.
 */
import * as Decimal from "./Decimal.ts"

/**
 * Abridged standard atomic masses (IUPAC Commission on Isotopic Abundances and Atomic Weights). They
 * decide cases near a limit, so they are data and part of the engine's version.
 */
const atomicMasses: Readonly<Record<string, string>> = {
  H: "1.008",
  Li: "6.94",
  Be: "9.0122",
  B: "10.81",
  C: "12.011",
  N: "14.007",
  O: "15.999",
  F: "18.998",
  Na: "22.990",
  Mg: "24.305",
  Al: "26.982",
  Si: "28.085",
  P: "30.974",
  S: "32.06",
  Cl: "35.45",
  K: "39.098",
  Ca: "40.078",
  Ti: "47.867",
  V: "50.942",
  Cr: "51.9961",
  Mn: "54.938",
  Fe: "55.845",
  Co: "58.933",
  Ni: "58.693",
  Cu: "63.546",
  Zn: "65.38",
  As: "74.922",
  Se: "78.971",
  Br: "79.904",
  Sr: "87.62",
  Zr: "91.224",
  Mo: "95.95",
  Ag: "107.87",
  Cd: "112.414",
  In: "114.82",
  Sn: "118.710",
  Sb: "121.76",
  Te: "127.60",
  I: "126.90",
  Ba: "137.33",
  Ta: "180.95",
  W: "183.84",
  Au: "196.97",
  Hg: "200.59",
  Tl: "204.38",
  Pb: "207.2",
  Bi: "208.98"
}

/** `numerator / denominator`; the denominator is above zero. */
export interface Share {
  readonly numerator: Decimal.Decimal
  readonly denominator: Decimal.Decimal
}

const token = /([A-Z][a-z]?)(\d*)|(\()|(\))(\d*)|([·.*])(\d*)/y

/** Most atoms of one element that a formula may state at once. */
const MAX_ATOMS = 100_000

/** One when left out; zero, which is refused, for what is no count. */
const countOf = (digits: string | undefined): number => {
  if (digits === undefined || digits === "") return 1
  const count = Number(digits)
  return digits.startsWith("0") || count > MAX_ATOMS ? 0 : count
}

/**
 * Atoms of each element in a formula such as `PbCrO4`, `Pb(CH3COO)2` or `Na2Cr2O7·2H2O`;
 * `undefined` for text that is none, or names an element whose mass is not known here.
 *
 * ```ts
 * atomsOf("PbCrO4") // => Map { "Pb" => 1, "Cr" => 1, "O" => 4 }
 * ```
 */
export const atomsOf = (formula: string): ReadonlyMap<string, number> | undefined => {
  const total = new Map<string, number>()
  let groups: Array<Map<string, number>> = [new Map()]
  let factor = 1
  const addAll = (into: Map<string, number>, from: ReadonlyMap<string, number>, times: number) => {
    for (const [element, count] of from) into.set(element, (into.get(element) ?? 0) + count * times)
  }
  token.lastIndex = 0
  while (token.lastIndex < formula.length) {
    const match = token.exec(formula)
    if (match === null) return undefined
    const [, element, count, open, close, times, dot, coefficient] = match
    if (countOf(count) * countOf(times) * countOf(coefficient) === 0) return undefined
    const top = groups[groups.length - 1] as Map<string, number>
    if (element !== undefined) {
      if (atomicMasses[element] === undefined) return undefined
      addAll(top, new Map([[element, 1]]), countOf(count))
    } else if (open !== undefined) groups.push(new Map())
    else if (close !== undefined) {
      const below = groups[groups.length - 2]
      if (below === undefined) return undefined
      groups.pop()
      addAll(below, top, countOf(times))
    } else if (dot !== undefined) {
      if (groups.length > 1) return undefined
      addAll(total, top, factor)
      groups = [new Map()]
      factor = countOf(coefficient)
    }
  }
  if (groups.length > 1) return undefined
  addAll(total, groups[0] as Map<string, number>, factor)
  return total.size === 0 ? undefined : total
}

const massOf = (element: string, atoms: number): Decimal.Decimal =>
  Decimal.multiply(Decimal.parse(atomicMasses[element] as string) as Decimal.Decimal, Decimal.fromInteger(atoms))

/**
 * The element's share of the compound's mass; zero when the compound has none of it, `undefined` when
 * the formula cannot be read.
 *
 * ```ts
 * elementShare("PbO", "Pb") // 207.2 / 223.199
 * ```
 */
export const elementShare = (formula: string, element: string): Share | undefined => {
  const atoms = atomsOf(formula)
  if (atoms === undefined) return undefined
  let denominator = Decimal.zero
  for (const [symbol, count] of atoms) denominator = Decimal.add(denominator, massOf(symbol, count))
  const count = atoms.get(element)
  return { numerator: count === undefined ? Decimal.zero : massOf(element, count), denominator }
}

const elementNumbers: Readonly<Record<string, string>> = {
  "7439-92-1": "Pb",
  "7439-97-6": "Hg",
  "7440-43-9": "Cd",
  "7440-31-5": "Sn",
  "7726-95-6": "Br",
  "7782-50-5": "Cl",
  "7440-25-7": "Ta",
  "7440-33-7": "W",
  "7440-57-5": "Au",
  "7440-02-0": "Ni",
  "7440-36-0": "Sb",
  "7440-38-2": "As",
  "7440-41-7": "Be",
  "7440-48-4": "Co",
  "7782-41-4": "F",
  "18540-29-9": "Cr"
}

/** Symbol of the element, or of the ion that a rule counts, which has this CAS number. */
export const elementOfCas = (cas: string): string | undefined => elementNumbers[cas]
