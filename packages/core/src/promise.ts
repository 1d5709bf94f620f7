/** The same service for people who do not use Effect: Promises and async iterables. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { type Bytes, streamOf } from "./bytes.ts"
import {
  CertificateTooLarge,
  certify as certifyEffect,
  type Difference,
  type DocumentsVerification,
  NotACertificate,
  type Verification,
  verifyCertificate as verifyCertificateEffect,
  verifyDocuments as verifyDocumentsEffect
} from "./certificate/index.ts"
import { type CheckResult, check as checkEffect, type DocumentReport } from "./check.ts"
import { checkDocument } from "./checkDocument.ts"
import {
  type Certivo,
  type CertivoOptions,
  createCertivo,
  type ImportOptions,
  type ProposedChange
} from "./createCertivo.ts"
import { DecodingFailed } from "./Decoding.ts"
import { type AuditEntry, type BrokenTrail, verifyTrail } from "./domain/Audit.ts"
import type { Mapping } from "./domain/Mapping.ts"
import type { Override } from "./domain/Override.ts"
import { InvalidOptions } from "./engine/Options.ts"
import {
  type Proof,
  type ProofLimits,
  type ProofNode,
  proofDocument,
  proofHtml,
  proofText,
  prove
} from "./engine/proof/index.ts"
import type { BomOptions } from "./engine/Rollup.ts"
import type { RuleSet } from "./engine/Rule.ts"
import { diffRuleSets, type RuleSetDiff, ruleSetDiffText } from "./engine/RuleDiff.ts"
import { rejectsFile } from "./ingest/RejectsFile.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import { RefusedOverride } from "./overrides.ts"
import { packs } from "./regulations/index.ts"
import { type RuleSetProblem, readRuleSet, UnreadableRuleSet } from "./ruleSets/index.ts"

export {
  type AuditEntry,
  type BrokenTrail,
  type Bytes,
  CertificateTooLarge,
  type Certivo,
  type CertivoOptions,
  type CheckResult,
  checkDocument,
  createCertivo,
  DecodingFailed,
  type Difference,
  type DocumentReport,
  type DocumentsVerification,
  diffRuleSets,
  type ImportOptions,
  InvalidOptions,
  type Mapping,
  NotACertificate,
  type Override,
  type Proof,
  type ProofLimits,
  type ProofNode,
  type ProposedChange,
  packs,
  proofDocument,
  proofHtml,
  proofText,
  prove,
  RefusedOverride,
  type RuleSet,
  type RuleSetDiff,
  type RuleSetProblem,
  readRuleSet,
  rejectsFile,
  ruleSetDiffText,
  UnreadableDocument,
  UnreadableRuleSet,
  type Verification,
  verifyTrail
}

export interface CheckOptions extends Partial<BomOptions> {
  readonly bom: { readonly name: string; readonly bytes: Uint8Array }
  readonly declarations: ReadonlyArray<{ readonly name: string; readonly bytes: Bytes }>
  /** Ids of built-in packs, and rule sets of your own, to add to the documents' own limits: `eu-rohs`. */
  readonly rules?: ReadonlyArray<string | RuleSet> | undefined
  /** What the columns of tables hold; found by their names when left out. */
  readonly mapping?: Mapping | undefined
  /** The day whose law applies, `YYYY-MM-DD`; today in UTC when left out. */
  readonly asOf?: string
  /** How documents are decoded; in the thread at hand when left out. `layer()` of `@certivo/core/adapters/threads` spreads large ones. */
  readonly decoding?: Layer.Layer<never> | undefined
}

/**
 * Judges a BOM against declarations. Rejects with {@link UnreadableDocument} when a document
 * cannot be read at all, and with {@link InvalidOptions}; bad rows are reported in `documents`.
 *
 * ```ts
 * const result = await check({
 *   bom: { name: "bom.json", bytes: await readFile("bom.json") },
 *   declarations: [{ name: "compliance.csv", bytes: createReadStream("compliance.csv") }]
 * })
 * console.log(result.product.status)
 * ```
 */
export const check = (options: CheckOptions): Promise<CheckResult> => {
  const rules = (options.rules ?? []).map((rules) => {
    const pack = typeof rules === "string" ? packs.get(rules) : rules
    if (pack === undefined)
      throw new RangeError(`No rule pack is named ${rules}. Known: ${[...packs.keys()].join(", ")}`)
    return pack
  })
  return Effect.runPromise(
    checkEffect({
      ...options,
      declarations: options.declarations.map(({ name, bytes }) => ({ name, bytes: streamOf(bytes) })),
      rules,
      asOf: options.asOf ?? new Date().toISOString().slice(0, 10)
    }).pipe(Effect.provide(options.decoding ?? Layer.empty))
  )
}

/**
 * The certificate of a check, as the text of a file: the verdict with all that it rests on. The same inputs and days
 * give the same bytes. Rejects with {@link CertificateTooLarge}.
 */
export const certify = (result: CheckResult): Promise<string> => Effect.runPromise(certifyEffect(result))

/**
 * Whether a certificate holds, offline: judged again from its own facts and rules, compared byte for byte; if not,
 * `difference` names the first place. Rejects with {@link NotACertificate} for anything else.
 */
export const verifyCertificate = (file: string | Uint8Array): Promise<Verification> =>
  Effect.runPromise(verifyCertificateEffect(file))

/**
 * Whether what a certificate lists stands in these documents. Each is read twice, so `bytes` gives them anew each time.
 */
export const verifyDocuments = (
  file: string | Uint8Array,
  documents: ReadonlyArray<{ readonly name: string; readonly bytes: () => Bytes }>
): Promise<DocumentsVerification> =>
  Effect.runPromise(
    verifyDocumentsEffect(
      file,
      documents.map(({ name, bytes }) => ({ name, bytes: Stream.suspend(() => streamOf(bytes())) }))
    )
  )
