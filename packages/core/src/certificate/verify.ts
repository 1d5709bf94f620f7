/** Verifies a certificate offline: judges again from what it rests on, and compares byte for byte. */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import type { DutyStatus, Status } from "../domain/Status.ts"
import { ENGINE_VERSION } from "../engine/Version.ts"
import {
  CERTIFICATE_FORMAT,
  CertificateInputs,
  CertificateTooLarge,
  certificateText,
  MAX_CERTIFICATE_BYTES,
  NotACertificate
} from "./Certificate.ts"
import { certificateOf } from "./certificateOf.ts"
import { type Difference, differenceAt, firstDifference, pointerOf, shownValue } from "./Difference.ts"
import { restore } from "./restore.ts"

export interface Verification {
  readonly holds: boolean
  /** The first place where the certificate is not what comes of its own inputs. */
  readonly difference?: Difference
  readonly engine: { readonly stated: string; readonly running: string }
  /** The one hash over all, as the certificate states it. */
  readonly hash?: string
  /** What comes of the inputs; left out when they cannot be judged. */
  readonly product?: { readonly partNumber: string; readonly status: Status; readonly duty: DutyStatus }
}

/**
 * Whether a certificate holds. Nothing is looked up: rules, facts, days and decisions are those in the file.
 *
 * Fails with {@link NotACertificate} for anything else than a certificate, and with {@link CertificateTooLarge}.
 */
export const verifyCertificate = (
  file: string | Uint8Array
): Effect.Effect<Verification, NotACertificate | CertificateTooLarge> =>
  Effect.flatMap(readCertificate(file), ({ text, stated, inputs }) =>
    Effect.suspend(() => {
      const engine = { stated: String(stated.engine), running: ENGINE_VERSION }
      if ("pointer" in inputs) return Effect.succeed({ holds: false, difference: inputs, engine })
      return again(text, stated, inputs, engine)
    })
  )

const again = (
  text: string,
  stated: Readonly<Record<string, unknown>>,
  inputs: CertificateInputs,
  engine: Verification["engine"]
): Effect.Effect<Verification, CertificateTooLarge> => {
  const judged = restore(inputs)
  if ("pointer" in judged) return Effect.succeed({ holds: false, difference: judged, engine })
  const found = certificateOf({ judged, documents: inputs.documents, mapping: inputs.mapping }, inputs.engine)
  const { partNumber, status, duty } = found.product
  const result = { engine, hash: found.hashes.certificate, product: { partNumber, status, duty } }
  const difference = firstDifference(stated, found)
  if (difference !== undefined) return Effect.succeed({ holds: false, difference, ...result })
  return Effect.map(written(found), (again) =>
    again === text ? { holds: true, ...result } : { holds: false, difference: byteDifference(text, again), ...result }
  )
}

const written = (certificate: Parameters<typeof certificateText>[0]): Effect.Effect<string, CertificateTooLarge> =>
  Effect.suspend(() => {
    try {
      return Effect.succeed(certificateText(certificate))
    } catch (error) {
      return error instanceof CertificateTooLarge ? Effect.fail(error) : Effect.die(error)
    }
  })

/** The certificate of a check, as the text of a file. */
export const certify = (result: Parameters<typeof certificateOf>[0]): Effect.Effect<string, CertificateTooLarge> =>
  Effect.suspend(() => written(certificateOf(result)))

/** Equal values that are written otherwise: a field that stands twice, other spaces, another order. */
const byteDifference = (text: string, again: string): Difference => {
  let at = 0
  while (at < text.length && text[at] === again[at]) at++
  const line = text.slice(0, at).split("\n").length
  return {
    pointer: "",
    stated: `${shownValue(text.slice(at, at + 40))} on line ${line}`,
    found: `${shownValue(again.slice(at, at + 40))}; the values are equal, they are written otherwise`
  }
}

export interface ReadCertificate {
  readonly text: string
  readonly stated: Readonly<Record<string, unknown>>
  /** Checked, or where they are not what a certificate may hold. */
  readonly inputs: CertificateInputs | Difference
}

/** A certificate's text and its parts, before anything is calculated. */
export const readCertificate = (
  file: string | Uint8Array
): Effect.Effect<ReadCertificate, NotACertificate | CertificateTooLarge> =>
  Effect.suspend((): Effect.Effect<ReadCertificate, NotACertificate | CertificateTooLarge> => {
    if (file.length > MAX_CERTIFICATE_BYTES) return Effect.fail(new CertificateTooLarge())
    const text = textOf(file)
    if (text === undefined) return Effect.fail(new NotACertificate({ detail: "it is not UTF-8" }))
    const stated = jsonOf(text)
    if (typeof stated !== "object" || stated === null || Array.isArray(stated))
      return Effect.fail(new NotACertificate({ detail: "it is no JSON object" }))
    const fields = stated as Readonly<Record<string, unknown>>
    if (fields.certificate !== CERTIFICATE_FORMAT)
      return Effect.fail(new NotACertificate({ detail: `its field "certificate" is not "${CERTIFICATE_FORMAT}"` }))
    return Effect.succeed({ text, stated: fields, inputs: inputsOf(fields) })
  })

const textOf = (file: string | Uint8Array): string | undefined => {
  if (typeof file === "string") return file
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file)
  } catch {
    return undefined
  }
}

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const decode = Schema.decodeUnknownExit(CertificateInputs, { onExcessProperty: "error" })
const issuesOf = SchemaIssue.makeFormatterStandardSchemaV1()
const outputs: ReadonlySet<string> = new Set(["hashes", "product", "verdicts"])

const inputsOf = (stated: Readonly<Record<string, unknown>>): CertificateInputs | Difference => {
  const exit = decode(Object.fromEntries(Object.entries(stated).filter(([key]) => !outputs.has(key))))
  if (Exit.isSuccess(exit)) return exit.value
  const error = exit.cause.reasons.find((reason) => reason._tag === "Fail")?.error
  const [issue] = error === undefined ? [] : issuesOf(error.issue).issues
  const path = (issue?.path ?? []).map((step) => (typeof step === "object" ? step.key : step))
  const value = path.reduce<unknown>(
    (found, step) => (found as Readonly<Record<PropertyKey, unknown>> | undefined)?.[step],
    stated
  )
  return {
    ...differenceAt(path, value, undefined),
    pointer: pointerOf(path),
    found: issue?.message ?? "something else"
  }
}
