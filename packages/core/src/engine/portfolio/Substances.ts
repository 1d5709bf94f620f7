/** Numbers of the substances that rows name, each as it is named: by CAS number, EC number and name. */
import type { Declaration } from "../../domain/Declaration.ts"

export interface SubstanceNamed {
  readonly name: string
  readonly cas?: string | undefined
  readonly ec?: string | undefined
}

export class Substances {
  readonly named: Array<SubstanceNamed> = []
  readonly #ids = new Map<string, number>()

  constructor(named: Iterable<SubstanceNamed> = []) {
    for (const one of named) this.#add(one)
  }

  idOf(one: SubstanceNamed): number {
    return this.#ids.get(identity(one)) ?? this.#add(one)
  }

  #add(one: SubstanceNamed): number {
    const id = this.named.push(one) - 1
    this.#ids.set(identity(one), id)
    return id
  }
}

const identity = ({ name, cas, ec }: SubstanceNamed): string =>
  JSON.stringify([name.trim().toLowerCase(), cas ?? null, ec ?? null])

const noDecimal = { coefficient: 0n, scale: 0 }

/** A row about nothing but the substance, as rules recognise it. */
export const aboutSubstance = ({ name, cas, ec }: SubstanceNamed): Declaration => ({
  part: "",
  material: undefined,
  materialMassMg: undefined,
  partMassMg: undefined,
  substance: name,
  cas,
  ec,
  amount: { unit: "ppm", low: noDecimal, high: noDecimal, lowOpen: false, highOpen: false },
  basis: undefined,
  limitPpm: undefined,
  exemption: undefined,
  claim: undefined,
  source: { document: "", sha256: "", line: 0 },
  text: ""
})
