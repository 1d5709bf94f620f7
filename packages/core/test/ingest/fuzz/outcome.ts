/** Decodes a sample, and says what is wrong with the outcome. */
import { amountText } from "../../../src/domain/Amount.ts"
import * as Decimal from "../../../src/domain/Decimal.ts"
import type { Declaration, Reject } from "../../../src/domain/Declaration.ts"
import { type DecodedDocument, decodeDocument, UnreadableDocument } from "../../../src/ingest/index.ts"
import type { Sample } from "./random.ts"

interface Outcome {
  readonly refused: UnreadableDocument | undefined
  readonly says: ReadonlyArray<string>
  /** Everything that was said, to compare two ways of cutting the bytes by. */
  readonly whole: ReadonlyArray<string>
  readonly accepted: number
  readonly rejected: number
  readonly rejects: number
}

const saysOf = ({ part, substance, amount }: Declaration): string => `${part} | ${substance} | ${amountText(amount)}`

const wholeOf = (declaration: Declaration): string =>
  `${saysOf(declaration)} | ${declaration.source.line} | ${declaration.cas} | ${declaration.material} | ${declaration.text}`

const remarkOf = ({ line, offset, column, code, value, document }: Reject): string =>
  `${line} | ${offset} | ${column} | ${code} | ${value} | ${document}`

const linesOf = ({ bom }: NonNullable<DecodedDocument["bom"]>): ReadonlyArray<string> =>
  [...bom.lines.values()]
    .flat()
    .map(({ parent, child, quantity }) => `${parent} > ${Decimal.toText(quantity)} ${child}`)

/** @param cuts where the bytes are cut into pieces, ascending */
const outcomeOf = ({ name, bytes }: Sample, as: Sample["as"] | undefined, cuts: ReadonlyArray<number>): Outcome => {
  const says: Array<string> = []
  const whole: Array<string> = []
  let accepted = 0
  let rejected = 0
  let rejects = 0
  const take = (found: DecodedDocument): void => {
    for (const declaration of found.declarations) {
      says.push(saysOf(declaration))
      whole.push(wholeOf(declaration))
    }
    for (const reject of found.rejects) whole.push(`rejected ${remarkOf(reject)} | ${reject.cells.join(" | ")}`)
    for (const warning of found.warnings) whole.push(`warned ${remarkOf(warning)}`)
    accepted += found.accepted
    rejected += found.rejected
    rejects += found.rejects.length
    if (found.bom === undefined) return
    says.push(...linesOf(found.bom))
    whole.push(...linesOf(found.bom), ...found.bom.rejects.map(remarkOf), ...found.bom.warnings.map(remarkOf))
  }
  try {
    const decoder = decodeDocument({ name, sha256: "" }, as === undefined ? {} : { as })
    let from = 0
    for (const to of [...cuts, bytes.length]) {
      take(decoder.push(bytes.subarray(from, to)))
      from = to
    }
    take(decoder.end())
  } catch (error) {
    if (!(error instanceof UnreadableDocument)) throw error
    return { refused: error, says, whole: [], accepted, rejected, rejects }
  }
  return { refused: undefined, says, whole: whole.sort(), accepted, rejected, rejects }
}

/** What is wrong with the outcome, if anything. */
export const wrongWith = (
  sample: Sample,
  as: Sample["as"] | undefined,
  cuts: ReadonlyArray<number>,
  otherCuts: ReadonlyArray<number> | undefined
): string | undefined => {
  const outcome = outcomeOf(sample, as, cuts)
  if (sample.rows !== undefined && outcome.refused !== undefined) return `it was refused: ${outcome.refused.detail}`
  const found = new Set(outcome.says)
  const lost = sample.good.filter((says) => !found.has(says))
  if (lost.length > 0)
    return `lost: ${lost.join("; ")}${outcome.refused === undefined ? "" : `; ${outcome.refused.detail}`}`
  if (outcome.rejected !== outcome.rejects) return `${outcome.rejected} rejects are counted, ${outcome.rejects} given`
  if (sample.rows !== undefined && outcome.accepted + outcome.rejected !== sample.rows)
    return `${outcome.accepted} accepted and ${outcome.rejected} rejected rows of ${sample.rows}`
  return otherCuts === undefined ? undefined : differenceOf(outcome, outcomeOf(sample, as, otherCuts))
}

const differenceOf = (one: Outcome, other: Outcome): string | undefined => {
  if (one.refused?.code !== other.refused?.code)
    return `the cuts decide: ${one.refused?.code ?? "accepted"}, or ${other.refused?.code ?? "accepted"}`
  if (one.refused !== undefined) return undefined
  const at = one.whole.findIndex((text, index) => text !== other.whole[index])
  if (at >= 0 || one.whole.length !== other.whole.length)
    return `the cuts decide: ${JSON.stringify(one.whole[at])}, or ${JSON.stringify(other.whole[at])}`
  return one.accepted === other.accepted && one.rejected === other.rejected ? undefined : "the cuts decide the counts"
}
