/** `certivo explain`: the proof of a part's verdict. */
import { type Proof, proofDocument, proofHtml, proofText, prove } from "@certivo/core"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { bomArgument, declarationsArgument, inputs, runCheck } from "./check.ts"
import { CommandExit, exitCodes } from "./exit.ts"
import { writeOut } from "./files.ts"

export const explainCommand = Command.make(
  "explain",
  {
    part: Argument.String("part").pipe(Argument.withDescription("The part number")),
    bom: bomArgument,
    declarations: declarationsArgument,
    ...inputs,
    rule: Flag.String("rule").pipe(Flag.withDescription("Only findings of rules that begin so"), Flag.optional),
    format: Flag.Literals("format", ["text", "json", "html"]).pipe(Flag.withDefault("text"))
  },
  Effect.fn(function* (input) {
    const { judged } = yield* runCheck(input)
    const proof = prove(judged, input.part, { rule: Option.getOrUndefined(input.rule) })
    if (proof === undefined)
      return yield* new CommandExit({ code: exitCodes.usage, message: `${input.part} is no part of ${input.bom}` })
    yield* writeOut(formats[input.format](proof))
  })
).pipe(Command.withDescription("Show the proof of a part's verdict"))

const formats: Readonly<Record<"text" | "json" | "html", (proof: Proof) => string>> = {
  text: (proof) => `${proofText(proof)}\n`,
  json: (proof) => `${JSON.stringify(proofDocument(proof), null, 2)}\n`,
  html: proofHtml
}
