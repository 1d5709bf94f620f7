/** The substance a row is about, from its name and numbers. */
import { secretName } from "../values/Identifiers.ts"
import * as Cells from "./DeclarationCells.ts"

export interface RowSubstance {
  readonly name: string
  /** CAS numbers that share the amount. */
  readonly numbers: ReadonlyArray<string | undefined>
  readonly ec: string | undefined
  /** CAS number of the name, when it is another than the row's. */
  readonly second: string | undefined
}

export const substanceOf = (
  substance: Cells.SubstanceCell | undefined,
  cas: Cells.IdCell | undefined,
  ec: Cells.IdCell | undefined
): RowSubstance => {
  const numbers = cas?.ids.cas ?? []
  const first = numbers[0] ?? cas?.cas ?? ec?.cas ?? substance?.cas
  const list = ec?.ids.ec[0] ?? cas?.ids.ec[0]
  const differs = substance?.cas !== undefined && first !== substance.cas && !numbers.includes(substance.cas)
  const name = Cells.nameOf(substance?.text ?? "", first, list)
  const isSecret = cas?.ids.secret === true && first === undefined && list === undefined
  return {
    name: isSecret ? secretName(name) : name,
    numbers: numbers.length > 1 ? numbers : [first],
    ec: list,
    second: differs ? substance.cas : undefined
  }
}
