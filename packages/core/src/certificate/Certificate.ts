/**
 * A certificate: a verdict with everything it rests on, as one file that anyone can verify without asking anybody.
 * It holds no clock and nothing random: the same inputs and the same days give the same bytes.
 */
import * as Schema from "effect/Schema"
import { StatedClaim } from "../domain/Declaration.ts"
import { Mapping } from "../domain/Mapping.ts"
import { Override } from "../domain/Override.ts"
import type { PartVerdict, ProductVerdict } from "../domain/Verdict.ts"
import { JudgementOptions } from "../engine/Options.ts"
import { RuleSet } from "../engine/Rule.ts"

export const CERTIFICATE_FORMAT = "certivo-certificate/1"

/** Largest certificate in bytes, both to write and to verify. */
export const MAX_CERTIFICATE_BYTES = 64 * 1024 * 1024

/** Rows listed for one part; a check keeps fewer, and counts the others. */
const MAX_ROWS = 20_000

/** Plain digits with at most one point; far longer than any number a document may hold becomes. */
const PlainDecimal = Schema.String.check(
  Schema.isPattern(/^\d{1,5000}(\.\d{1,5000})?$/, { message: "must be a decimal number without sign or exponent" })
)
const Hex = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/, { message: "must be a SHA-256 in hex" }))
const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Text = Schema.optionalKey(Schema.String)

export const CertifiedDeclaration = Schema.Struct({
  substance: Schema.String,
  cas: Text,
  ec: Text,
  material: Text,
  materialMassMg: Schema.optionalKey(PlainDecimal),
  partMassMg: Schema.optionalKey(PlainDecimal),
  amount: Schema.Struct({
    unit: Schema.Literals(["mg", "ppm"]),
    low: PlainDecimal,
    lowOpen: Schema.Boolean,
    high: Schema.optionalKey(PlainDecimal),
    highOpen: Schema.Boolean
  }),
  basis: Schema.optionalKey(Schema.Literals(["element", "compound"])),
  limitPpm: Schema.optionalKey(PlainDecimal),
  exemption: Text,
  claim: Schema.optionalKey(StatedClaim),
  intentional: Schema.optionalKey(Schema.Boolean),
  source: Schema.Struct({
    document: Schema.String,
    sha256: Hex,
    line: Count,
    issued: Text,
    validTo: Text,
    arrived: Text
  }),
  /** The amount as it is written in the document. */
  text: Schema.String
})
export type CertifiedDeclaration = typeof CertifiedDeclaration.Type

/** A part with its facts. A node stands after all that it contains; the last is the product. */
export const CertifiedNode = Schema.Struct({
  key: Schema.String,
  partNumber: Schema.String,
  name: Text,
  material: Text,
  massGrams: Schema.optionalKey(PlainDecimal),
  categories: Schema.optionalKey(Schema.Array(Schema.String)),
  /** In the order of the BOM; `uncounted` when it does not state how many, and 1 stands for it. */
  children: Schema.Array(
    Schema.Struct({ key: Schema.String, quantity: PlainDecimal, uncounted: Schema.optionalKey(Schema.Boolean) })
  ),
  declarations: Schema.Array(CertifiedDeclaration).check(Schema.isMaxLength(MAX_ROWS)),
  /** Rows that are counted but not listed; none of them is worse than those that are. */
  declarationsOmitted: Count,
  /** Names the facts as far as they decide. */
  factsHash: Schema.String,
  /** Names the declarations as they are listed, with what is written in the document. */
  evidenceHash: Schema.String
})
export type CertifiedNode = typeof CertifiedNode.Type

export const CertifiedDocument = Schema.Struct({
  name: Schema.String,
  kind: Schema.Literals(["bom", "declarations"]),
  sha256: Hex,
  rows: Count,
  accepted: Count,
  rejected: Count,
  warned: Count,
  /** How often each code occurs, of rejects and warnings alike. */
  codes: Schema.Record(Schema.String, Count)
})
export type CertifiedDocument = typeof CertifiedDocument.Type

/** What the verdict is calculated from. */
export const CertificateInputs = Schema.Struct({
  certificate: Schema.Literal(CERTIFICATE_FORMAT),
  engine: Schema.String,
  options: JudgementOptions,
  /** How the columns of tables were read, when that was stated. */
  mapping: Schema.optionalKey(Mapping),
  ruleSets: Schema.Array(Schema.Struct({ hash: Schema.String, rules: RuleSet })),
  overrides: Schema.Array(Override),
  documents: Schema.Array(CertifiedDocument),
  nodes: Schema.NonEmptyArray(CertifiedNode)
})
export type CertificateInputs = typeof CertificateInputs.Type

export interface CertificateHashes {
  readonly options: string
  readonly ruleSets: string
  readonly overrides: string
  readonly documents: string
  readonly nodes: string
  readonly verdict: string
  /** Over the engine and all the others. */
  readonly certificate: string
}

export interface Certificate extends CertificateInputs {
  readonly hashes: CertificateHashes
  readonly product: Omit<ProductVerdict, "parts" | "byRegulation">
  /** The product's own verdict, then every part below it in the order of the BOM. */
  readonly verdicts: ReadonlyArray<Omit<PartVerdict, "byRegulation">>
}

/** A certificate would be, or is, larger than {@link MAX_CERTIFICATE_BYTES}. */
export class CertificateTooLarge extends Schema.TaggedError<CertificateTooLarge>()("CertificateTooLarge", {}) {
  override get message(): string {
    return `A certificate may have at most ${MAX_CERTIFICATE_BYTES / 1024 / 1024} MiB; certify assemblies of the product by themselves.`
  }
}

/** Not a certificate at all: what it is instead. */
export class NotACertificate extends Schema.TaggedError<NotACertificate>()("NotACertificate", {
  detail: Schema.String
}) {
  override get message(): string {
    return `This is no certificate: ${this.detail}`
  }
}

/** The file: JSON with each rule set, document, part and verdict on a line of its own. */
export const certificateText = (certificate: Certificate): string => {
  let size = 0
  const line = (value: unknown): string => {
    const text = JSON.stringify(value)
    size += text.length
    if (size > MAX_CERTIFICATE_BYTES) throw new CertificateTooLarge()
    return text
  }
  const entries = Object.entries(certificate).map(([key, value]) =>
    Array.isArray(value) && value.length > 0
      ? `${JSON.stringify(key)}: [\n${value.map(line).join(",\n")}\n]`
      : `${JSON.stringify(key)}: ${line(value)}`
  )
  const text = `{\n${entries.join(",\n")}\n}\n`
  if (new TextEncoder().encode(text).length > MAX_CERTIFICATE_BYTES) throw new CertificateTooLarge()
  return text
}
