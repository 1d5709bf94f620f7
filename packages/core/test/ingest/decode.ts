/** Runs a decoder over bytes cut into pieces and gathers what it gave. */
import * as Decimal from "../../src/domain/Decimal.ts"
import type { Declaration, Reject } from "../../src/domain/Declaration.ts"
import type { DecodedDocument, DocumentDecoder } from "../../src/ingest/index.ts"

export interface Gathered {
  readonly declarations: ReadonlyArray<Declaration>
  readonly rejects: ReadonlyArray<Reject>
  readonly warnings: ReadonlyArray<Reject>
  readonly accepted: number
  readonly rejected: number
  readonly bom: ReadonlyArray<string> | undefined
}

export const decodeAll = (decoder: DocumentDecoder, bytes: Uint8Array, pieces: number): Gathered => {
  const found: Array<DecodedDocument> = []
  for (let at = 0; at < bytes.length; at += pieces) found.push(decoder.push(bytes.subarray(at, at + pieces)))
  found.push(decoder.end())
  const bom = found.find((one) => one.bom !== undefined)?.bom
  return {
    declarations: found.flatMap((one) => [...one.declarations]),
    rejects: [...found.flatMap((one) => one.rejects), ...(bom?.rejects ?? [])],
    warnings: [...found.flatMap((one) => one.warnings), ...(bom?.warnings ?? [])],
    accepted:
      found.reduce((sum, one) => sum + one.accepted, 0) + (bom === undefined ? 0 : bom.rows - bom.rejects.length),
    rejected: found.reduce((sum, one) => sum + one.rejected, 0) + (bom?.rejects.length ?? 0),
    bom: bom === undefined ? undefined : bomLines(bom.bom)
  }
}

const bomLines = ({ lines, parts }: NonNullable<DecodedDocument["bom"]>["bom"]): ReadonlyArray<string> =>
  [
    ...[...lines.values()]
      .flat()
      .map(({ parent, child, quantity }) => `${parent} > ${Decimal.toText(quantity)} ${child}`),
    ...[...parts.values()].flatMap(({ key, massGrams, material }) =>
      massGrams === undefined && material === undefined
        ? []
        : [
            `${key}: ${[massGrams === undefined ? undefined : `${Decimal.toText(massGrams)} g`, material].filter((text) => text !== undefined).join(", ")}`
          ]
    )
  ].sort()
