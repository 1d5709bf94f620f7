/** The judgement that a certificate states, made again from what it rests on. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Bom, BomLine, Part } from "../domain/Part.ts"
import { type BomOptions, type JudgedProduct, judgeBom } from "../engine/Rollup.ts"
import {
  type CertificateInputs,
  type CertifiedDeclaration,
  type CertifiedNode,
  MAX_CERTIFICATE_BYTES
} from "./Certificate.ts"
import { type Difference, differenceAt } from "./Difference.ts"

/** Parts and rows of a certificate's nodes; or where the nodes do not make up a BOM. */
export const restore = (inputs: CertificateInputs): JudgedProduct | Difference => {
  const { nodes, ruleSets, overrides, options } = inputs
  const refused = misplacedNode(nodes) ?? tooManyDigits(nodes)
  if (refused !== undefined) return refused
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const bom: Bom = {
    product: (nodes[nodes.length - 1] as CertifiedNode).key,
    parts: new Map(nodes.map((node) => [node.key, partOf(node)])),
    lines: new Map(nodes.map((node) => [node.key, node.children.map((child) => lineOf(node, child))]))
  }
  const evidence = {
    declarations: (key: string) => (byKey.get(key)?.declarations ?? []).map((row) => rowOf(key, row)),
    omitted: (key: string) => byKey.get(key)?.declarationsOmitted ?? 0
  }
  return judgeBom(
    bom,
    evidence,
    ruleSets.map(({ rules }) => rules),
    { ...(options as BomOptions), ...(overrides.length === 0 ? {} : { overrides }) }
  )
}

/** A node that stands twice, or before something it contains, or that nothing contains. */
const misplacedNode = (nodes: ReadonlyArray<CertifiedNode>): Difference | undefined => {
  const above = new Set<string>()
  const contained = new Set<string>()
  for (const [index, { key, children }] of nodes.entries()) {
    if (above.has(key))
      return { ...differenceAt(["nodes", index, "key"], key, undefined), found: "a part that stands above already" }
    for (const [place, child] of children.entries()) {
      if (!above.has(child.key))
        return {
          ...differenceAt(["nodes", index, "children", place, "key"], child.key, undefined),
          found: "no such part above"
        }
      contained.add(child.key)
    }
    above.add(key)
  }
  const alone = nodes.findIndex(({ key }, index) => index < nodes.length - 1 && !contained.has(key))
  return alone < 0
    ? undefined
    : {
        ...differenceAt(["nodes", alone, "key"], nodes[alone]?.key, undefined),
        found: "a part that no assembly contains"
      }
}

/**
 * Quantities and masses multiply along the BOM, so a small file could stand for numbers that fill the memory. What they
 * come to is bounded by the size of a certificate, which states them all.
 */
const tooManyDigits = (nodes: ReadonlyArray<CertifiedNode>): Difference | undefined => {
  const above = new Map<string, number>()
  const masses = new Map<string, number>()
  let total = 0
  for (const { key, massGrams, children } of nodes) {
    const sums = children.map((child) => (masses.get(child.key) ?? 0) + digits(child.quantity))
    masses.set(key, massGrams === undefined ? longest(sums) : digits(massGrams))
    total += masses.get(key) ?? 0
  }
  for (const { key, children } of [...nodes].reverse()) {
    const own = above.get(key) ?? 1
    total += own
    for (const child of children)
      above.set(child.key, Math.max(above.get(child.key) ?? 0, own + digits(child.quantity) + Math.log10(nodes.length)))
  }
  return total <= 2 * MAX_CERTIFICATE_BYTES
    ? undefined
    : { pointer: "/nodes", found: "quantities that come to more digits than a certificate may have" }
}

const longest = (sums: ReadonlyArray<number>): number =>
  sums.reduce((a, b) => Math.max(a, b), 0) + Math.log10(sums.length + 1)

/** Digits that a factor adds to a product. */
const digits = (text: string): number => {
  const value = Number(text)
  const [whole = "", fraction = ""] = text.split(".")
  return (Number.isFinite(value) && value >= 1 ? Math.log10(value) : whole.length) + fraction.length
}

const lineOf = ({ key }: CertifiedNode, child: CertifiedNode["children"][number]): BomLine => ({
  parent: key,
  child: child.key,
  quantity: decimal(child.quantity),
  ...(child.uncounted === undefined ? {} : { uncounted: child.uncounted })
})

const partOf = ({ key, partNumber, name, material, massGrams, categories }: CertifiedNode): Part => ({
  key,
  partNumber,
  name,
  material,
  massGrams: optional(massGrams),
  ...(categories === undefined ? {} : { categories })
})

const rowOf = (part: string, row: CertifiedDeclaration): Declaration => {
  const { substance, cas, ec, material, amount, basis, exemption, claim, source, text } = row
  return {
    part,
    substance,
    cas,
    ec,
    material,
    materialMassMg: optional(row.materialMassMg),
    partMassMg: optional(row.partMassMg),
    amount: {
      unit: amount.unit,
      low: decimal(amount.low),
      high: optional(amount.high),
      lowOpen: amount.lowOpen,
      highOpen: amount.highOpen
    },
    basis,
    limitPpm: optional(row.limitPpm),
    exemption,
    claim: claim === undefined ? undefined : { list: claim.list, version: claim.version, says: claim.says },
    ...(row.intentional === undefined ? {} : { intentional: row.intentional }),
    source,
    text
  }
}

/** Of a text that is known to be plain digits, however many. */
const decimal = (text: string): Decimal.Decimal => {
  const [whole = "0", fraction = ""] = text.split(".")
  return Decimal.shift(Decimal.fromInteger(BigInt(whole + fraction)), -fraction.length)
}

const optional = (text: string | undefined): Decimal.Decimal | undefined =>
  text === undefined ? undefined : decimal(text)
