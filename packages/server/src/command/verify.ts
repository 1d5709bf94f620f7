/** `certivo verify`: judges a certificate again from what it rests on, without a network. */
import {
  type Difference,
  type DocumentsVerification,
  type Verification,
  verifyCertificate,
  verifyDocuments
} from "@certivo/core"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { readCertificateFile } from "./certificate.ts"
import { CommandExit, exitCodes } from "./exit.ts"
import { nodeHasher, streamFile, writeOut } from "./files.ts"

export const verifyCommand = Command.make(
  "verify",
  {
    certificate: Argument.String("certificate").pipe(
      Argument.withDescription("A file that certivo check --certificate wrote")
    ),
    more: Argument.String("documents").pipe(
      Argument.withDescription("With --documents: further documents"),
      Argument.variadic({ min: 0 })
    ),
    documents: Flag.String("documents").pipe(
      Flag.withDescription("Compares the facts with these original documents, by hash and line"),
      Flag.optional
    )
  },
  Effect.fn(function* ({ certificate: path, documents, more }) {
    if (Option.isNone(documents) && more.length > 0)
      return yield* new CommandExit({ code: exitCodes.usage, message: "Say --documents before the original documents" })
    const file = yield* readCertificateFile(path)
    const verified = yield* orUnreadable(path, verifyCertificate(file))
    yield* writeOut(verificationText(path, verified))
    if (!verified.holds) return yield* new CommandExit({ code: exitCodes.nonCompliant, message: "" })
    if (Option.isNone(documents)) return
    const originals = [documents.value, ...more].map(streamFile)
    const compared = yield* orUnreadable(path, verifyDocuments(file, originals, nodeHasher))
    yield* writeOut(documentsText(compared))
    if (!compared.holds) return yield* new CommandExit({ code: exitCodes.nonCompliant, message: "" })
  })
).pipe(Command.withDescription("Verify a certificate offline, and name the first difference"))

const orUnreadable = <A, E extends { readonly message: string }>(path: string, effect: Effect.Effect<A, E>) =>
  Effect.mapError(effect, (error) =>
    error instanceof CommandExit
      ? error
      : new CommandExit({ code: exitCodes.unreadable, message: `${path}: ${error.message}` })
  )

const verificationText = (path: string, { holds, difference, engine, hash, product }: Verification): string =>
  [
    ...(engine.stated === engine.running
      ? []
      : [
          `Made by engine ${engine.stated}; verified with ${engine.running}, which may calculate otherwise.`,
          `Verify with engine ${engine.stated} before relying on a difference.`
        ]),
    holds
      ? `${path} holds: ${product?.partNumber} is ${product?.status}${product?.duty === "not-applicable" ? "" : `, duty to inform: ${product?.duty}`}`
      : `${path} does NOT hold`,
    ...differenceLines(difference),
    ...(holds ? [`  ${hash}`] : []),
    ""
  ].join("\n")

const documentsText = ({ holds, difference, compared, missing }: DocumentsVerification): string =>
  [
    holds ? "Its facts stand in the documents" : "Its facts do NOT stand in the documents",
    ...differenceLines(difference),
    ...compared.map((name) => `  compared: ${name}`),
    ...missing.map((name) => `  not compared: ${name}`),
    ""
  ].join("\n")

const differenceLines = (difference: Difference | undefined): ReadonlyArray<string> =>
  difference === undefined
    ? []
    : [
        `  at      ${difference.pointer === "" ? "the file as a whole" : difference.pointer}`,
        `  stated  ${difference.stated ?? "nothing"}`,
        `  found   ${difference.found ?? "nothing"}`
      ]
