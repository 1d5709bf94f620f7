/** `certivo preview`: what rule sets, declarations, overrides or a day would change in a store, before they do. */
import { Compliance, dayOf, type Preview } from "@certivo/core"
import { Day } from "@certivo/core/domain"
import type { TenantId } from "@certivo/core/ports"
import * as Clock from "effect/Clock"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { CommandExit, exitCodes } from "./exit.ts"
import { streamFile, writeOut } from "./files.ts"
import { mapFlag, readMapping } from "./mapping.ts"
import { overridesFlag, readOverrides } from "./overrides.ts"
import { type PreviewFormat, previewIn } from "./previewText.ts"
import { dataFlag, onStore, tenantFlag } from "./store.ts"
import { chosenRules } from "./useRules.ts"

interface PreviewInput {
  readonly files: ReadonlyArray<string>
  readonly rules: Option.Option<string>
  readonly overrides: Option.Option<string>
  readonly asOf: Option.Option<string>
  readonly map: Option.Option<string>
  readonly tenant: TenantId
  readonly format: PreviewFormat
}

export const previewCommand = Command.make(
  "preview",
  {
    files: Argument.String("files").pipe(
      Argument.withDescription("Declarations as they would be imported"),
      Argument.atLeast(0)
    ),
    rules: Flag.String("rules").pipe(
      Flag.withDescription("Packs and files of rules, separated by commas, as certivo rules use would take them"),
      Flag.optional
    ),
    overrides: overridesFlag,
    asOf: Flag.String("as-of").pipe(
      Flag.withSchema(Day),
      Flag.withDescription("The day that verdicts are to be compared with those of today"),
      Flag.optional
    ),
    map: mapFlag,
    data: dataFlag,
    tenant: tenantFlag,
    format: Flag.Literals("format", ["text", "json", "csv"]).pipe(Flag.withDefault("text" as const))
  },
  Effect.fn(function* ({ data, ...input }) {
    if (input.files.length === 0 && [input.rules, input.overrides, input.asOf].every(Option.isNone))
      return yield* new CommandExit({
        code: exitCodes.usage,
        message: "Say what would change: files of declarations, --rules, --overrides or --as-of."
      })
    yield* onStore(data, previewed(input))
  })
).pipe(Command.withDescription("Show what rules, declarations, overrides or a day would change in a store"))

const previewed = Effect.fnUntraced(function* ({ asOf, files, format, map, overrides, rules, tenant }: PreviewInput) {
  const compliance = yield* Compliance
  const mapping = Option.isNone(map) ? undefined : yield* readMapping(map.value)
  const proposal = {
    ruleSets: yield* chosenRules(rules),
    declarations: files.map((path) => ({ ...streamFile(path), mapping })),
    overrides: Option.isNone(overrides) ? undefined : yield* readOverrides(overrides.value),
    asOf: Option.getOrUndefined(asOf)
  }
  const preview: Preview = yield* compliance.preview(tenant, proposal, dayOf(yield* Clock.currentTimeMillis))
  const { head, product, foot } = previewIn(format, preview.documents)
  yield* writeOut(head)
  yield* Stream.runForEach(preview.products, (found) => writeOut(product(found)))
  yield* writeOut(foot())
})
