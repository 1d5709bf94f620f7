/** Makes a certificate of a judgement. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { canonical, hashOf } from "../domain/Hash.ts"
import type { Mapping } from "../domain/Mapping.ts"
import type { Bom } from "../domain/Part.ts"
import type { PartVerdict } from "../domain/Verdict.ts"
import type { Facts } from "../engine/Facts.ts"
import type { JudgedProduct } from "../engine/Rollup.ts"
import { ruleSetHash } from "../engine/Rule.ts"
import { ENGINE_VERSION } from "../engine/Version.ts"
import {
  CERTIFICATE_FORMAT,
  type Certificate,
  type CertificateHashes,
  type CertifiedDeclaration,
  type CertifiedDocument,
  type CertifiedNode
} from "./Certificate.ts"

/** What a certificate is made of: the result of a check. */
export interface Certifiable {
  readonly judged: JudgedProduct
  readonly documents: ReadonlyArray<CertifiedDocument>
  readonly mapping: Mapping | undefined
}

const plain = <A>(value: A): A => canonical(value) as A

/** @param engine as a certificate states it; the running one when left out */
export const certificateOf = (
  { judged, documents, mapping }: Certifiable,
  engine: string = ENGINE_VERSION
): Certificate => {
  const { overrides = [], ...options } = judged.options
  const { parts, ...product } = judged.product
  const verdicts = [judged.root, ...parts].map((part) => plain(withoutStandings(part)))
  const content = {
    certificate: CERTIFICATE_FORMAT,
    engine,
    options: plain(options) as Certificate["options"],
    ...(mapping === undefined ? {} : { mapping: plain(mapping) }),
    ruleSets: judged.ruleSets.map((rules) => ({ hash: ruleSetHash(rules), rules: plain(rules) })),
    overrides: overrides.map(plain),
    documents: documents.map(documentOf),
    nodes: [...judged.facts.values()].map((facts) => nodeOf(judged.bom, facts)) as unknown as Certificate["nodes"]
  } as const
  const verdict = { product: plain(withoutStandings(product)), verdicts }
  return { ...content, hashes: hashesOf(content, verdict), ...verdict }
}

/** How a part stands by each regulation follows from its findings, which are certified. */
const withoutStandings = <A extends Pick<PartVerdict, "byRegulation">>({ byRegulation: _, ...verdict }: A) => verdict

const hashesOf = (
  content: Omit<Certificate, "hashes" | "product" | "verdicts">,
  verdict: Pick<Certificate, "product" | "verdicts">
): CertificateHashes => {
  const { engine, options, mapping, ruleSets, overrides, documents, nodes } = content
  const hashes = {
    options: hashOf("certificate-options/1", [options, mapping ?? null]),
    ruleSets: hashOf(
      "certificate-rules/1",
      ruleSets.map(({ hash }) => hash)
    ),
    overrides: hashOf("certificate-overrides/1", overrides),
    documents: hashOf("certificate-documents/1", documents),
    nodes: hashOf(
      "certificate-nodes/1",
      nodes.map(({ declarations: _declarations, ...node }) => canonical(node))
    ),
    verdict: hashOf("certificate-verdict/1", [verdict.product, verdict.verdicts])
  }
  return { ...hashes, certificate: hashOf("certificate/1", [engine, canonical(hashes)]) }
}

const documentOf = ({ name, kind, sha256, rows, accepted, rejected, warned, codes }: CertifiedDocument) =>
  plain({ name, kind, sha256, rows, accepted, rejected, warned, codes })

const nodeOf = (bom: Bom, { part, declarations, omitted, hash }: Facts): CertifiedNode => {
  const certified = declarations.map(declarationOf)
  return {
    ...partOf(part),
    children: childrenOf(bom, part.key),
    declarations: certified,
    declarationsOmitted: omitted,
    factsHash: hash,
    evidenceHash: hashOf("certificate-evidence/1", certified)
  }
}

/** What a part contains, as the BOM has it. */
export const childrenOf = (bom: Bom, key: string): CertifiedNode["children"] =>
  (bom.lines.get(key) ?? []).map(({ child, quantity, uncounted }) =>
    defined({ key: child, quantity: Decimal.toText(quantity), uncounted })
  )

/** A part as the BOM has it. */
export const partOf = ({ key, partNumber, name, material, massGrams, categories }: Facts["part"]) =>
  defined({
    key,
    partNumber,
    name,
    material,
    massGrams: textOf(massGrams),
    categories
  })

/** A declaration as a certificate lists it. */
export const declarationOf = (row: Declaration): CertifiedDeclaration => {
  const { substance, cas, ec, material, amount, basis, exemption, claim, intentional, source, text } = row
  return defined({
    substance,
    cas,
    ec,
    material,
    materialMassMg: textOf(row.materialMassMg),
    partMassMg: textOf(row.partMassMg),
    amount: defined({
      unit: amount.unit,
      low: Decimal.toText(amount.low),
      lowOpen: amount.lowOpen,
      high: textOf(amount.high),
      highOpen: amount.highOpen
    }),
    basis,
    limitPpm: textOf(row.limitPpm),
    exemption,
    claim: claim === undefined ? undefined : defined({ list: claim.list, version: claim.version, says: claim.says }),
    intentional,
    source: defined({
      document: source.document,
      sha256: source.sha256,
      line: source.line,
      issued: source.issued,
      validTo: source.validTo,
      arrived: source.arrived
    }),
    text
  })
}

const textOf = (value: Decimal.Decimal | undefined): string | undefined =>
  value === undefined ? undefined : Decimal.toText(value)

type Defined<A> = { [K in keyof A as undefined extends A[K] ? never : K]: A[K] } & {
  [K in keyof A as undefined extends A[K] ? K : never]?: Exclude<A[K], undefined>
}

/** The object without its undefined fields, in the order they are written in. */
const defined = <A extends object>(value: A): Defined<A> =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<A>
