/** `certivo explain`: the proof of a part's verdict. */
import { explain, explanationText, partKey } from "@certivo/core"
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
    rule: Flag.String("rule").pipe(Flag.withDescription("Only findings of rules that begin so"), Flag.optional)
  },
  Effect.fn(function* (input) {
    const result = yield* runCheck(input)
    const key = partKey(input.part)
    const verdict = key === result.root.key ? result.root : result.product.parts.find((part) => part.key === key)
    if (verdict === undefined)
      return yield* new CommandExit({ code: exitCodes.usage, message: `${input.part} is no part of ${input.bom}` })
    const verdicts = new Map(result.product.parts.map((part) => [part.key, part]))
    const children = (result.lines.get(key) ?? []).flatMap((child) => {
      const found = verdicts.get(child.child)
      return found === undefined
        ? []
        : [{ partNumber: found.partNumber, quantity: child.quantity, status: found.status }]
    })
    const prefix = Option.getOrElse(input.rule, () => "")
    const findings = verdict.findings.filter((finding) => finding.rule.startsWith(prefix))
    yield* writeOut(`${explanationText(explain({ ...verdict, findings }, children))}\n`)
  })
).pipe(Command.withDescription("Show the proof of a part's verdict"))
