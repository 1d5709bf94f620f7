/** What can change in a portfolio, and how it is written down and taken back. */
import type { Decimal } from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { Exemption, Rule, RuleSet } from "../Rule.ts"
import type { Undo } from "./Graph.ts"
import type { Inputs } from "./Inputs.ts"
import type { Categories } from "./Matching.ts"
import { allColumns, checkSubstances, type GivenRows } from "./Rows.ts"

/** Everything that is declared of a part, in place of what was declared before. */
export interface SetDeclarations {
  readonly edit: "declarations"
  readonly part: number
  readonly rows: GivenRows
  /** For the exact judge, when it may be asked about the part. */
  readonly declarations?: ReadonlyArray<Declaration> | undefined
  /** Mass of one piece in grams as the declarations state it. */
  readonly massGrams?: Decimal | undefined
  /** Days on which evidence the exact judge is asked about begins or ceases to hold; any day, when left out. */
  readonly days?: ReadonlyArray<string> | undefined
}

/** What a part is, beyond what is declared of it. */
export interface SetPart {
  readonly edit: "part"
  readonly part: number
  /** Bits of {@link Inputs}. */
  readonly attributes: number
  readonly categories: ReadonlyArray<string>
}

/** The stated mass of one piece, or none. */
export interface SetMass {
  readonly edit: "mass"
  readonly part: number
  readonly massGrams: Decimal | undefined
}

/** Pieces of the child in one parent, whether there was a line before or not. */
export interface SetLine {
  readonly edit: "line"
  readonly parent: number
  readonly child: number
  readonly quantity: Decimal
}

export interface RemoveLine {
  readonly edit: "remove-line"
  readonly parent: number
  readonly child: number
}

/** Another version of one of the rule sets: other limits, members, exemptions. */
export interface SetRules {
  readonly edit: "rules"
  /** Place among the rule sets. */
  readonly ruleSet: number
  readonly rules: RuleSet
}

/** The day whose law applies. */
export interface SetAsOf {
  readonly edit: "as-of"
  readonly asOf: string
}

export type Edit = SetDeclarations | SetPart | SetMass | SetLine | RemoveLine | SetRules | SetAsOf

/** The rule set with a rule in place of the one of the same id, or added. */
export const withRule = (ruleSet: RuleSet, rule: Rule): RuleSet => ({ ...ruleSet, rules: put(ruleSet.rules, rule) })

/** The rule set with an exemption in place of the first of the same id, or added. */
export const withExemption = (ruleSet: RuleSet, exemption: Exemption): RuleSet => ({
  ...ruleSet,
  exemptions: put(ruleSet.exemptions, exemption)
})

const put = <A extends { readonly id: string }>(all: ReadonlyArray<A>, one: A): ReadonlyArray<A> => {
  const at = all.findIndex(({ id }) => id === one.id)
  return at < 0 ? [...all, one] : all.with(at, one)
}

/** The declarations that the exact judge is asked about, by part. */
export type Declared = Map<number, ReadonlyArray<Declaration>>

/** What stands beside the columns. */
export interface Aside {
  readonly declared: Declared
  readonly days: Map<number, ReadonlyArray<string>>
  readonly categories: Categories
}

/** What was written: parts to judge again, parts whose mass may be another, and parts with other children. */
export interface Touched {
  readonly judged: Set<number>
  readonly weighed: Set<number>
  readonly folded: Set<number>
}

/** Whether an edit can make a mass a sum of children, or another sum; the sums must be taken before it then. */
export const changesSums = (edit: Edit): boolean =>
  edit.edit === "line" || edit.edit === "remove-line" || (edit.edit === "mass" && edit.massGrams === undefined)

/**
 * Writes an edit of a part or a line; `undo` is told how to take it back.
 *
 * @throws BomCycle when a line would put a part below itself; RangeError for a part that is not there
 */
export const writeEdit = (
  inputs: Inputs,
  { declared, days, categories }: Aside,
  edit: Exclude<Edit, SetRules | SetAsOf>,
  touched: Touched,
  undo: Array<Undo>
): void => {
  const { numbers, graph, masses, rows } = inputs
  for (const node of nodesOf(edit))
    if (!(node >= 0 && node < graph.nodes)) throw new RangeError(`There is no part ${node}; there are ${graph.nodes}`)
  switch (edit.edit) {
    case "declarations": {
      const { part, declarations, massGrams } = edit
      checkSubstances(edit.rows, inputs.substances.named.length)
      const { length } = edit.rows.substance
      const old = rows.replace(part, allColumns(new Int32Array(length).fill(part), edit.rows), length)
      undo.push(() => rows.restore(part, old))
      undo.push(masses.declare(part, massGrams === undefined ? undefined : numbers.pack(massGrams)))
      undo.push(setIn(declared, part, declarations), setIn(days, part, edit.days))
      touched.judged.add(part)
      touched.weighed.add(part)
      return
    }
    case "part": {
      const { part } = edit
      const before = [inputs.attributes[part] as number, inputs.categories[part] as number] as const
      inputs.attributes[part] = edit.attributes
      inputs.categories[part] = categories.numberOf(edit.categories)
      undo.push(() => {
        inputs.attributes[part] = before[0]
        inputs.categories[part] = before[1]
      })
      touched.judged.add(part)
      return
    }
    case "mass": {
      undo.push(masses.state(edit.part, edit.massGrams === undefined ? undefined : numbers.pack(edit.massGrams)))
      touched.weighed.add(edit.part)
      return
    }
    case "line": {
      const { coefficient, scale } = numbers.pack(edit.quantity)
      touchParent(inputs, edit.parent, touched, () =>
        undo.push(graph.setLine(edit.parent, edit.child, coefficient, scale))
      )
      return
    }
    case "remove-line":
      touchParent(inputs, edit.parent, touched, () => undo.push(graph.removeLine(edit.parent, edit.child)))
  }
}

const nodesOf = (edit: Exclude<Edit, SetRules | SetAsOf>): ReadonlyArray<number> =>
  edit.edit === "line" || edit.edit === "remove-line" ? [edit.parent, edit.child] : [edit.part]

/** A part that becomes an assembly, or is none any more, is judged by other means; one with other children is folded. */
const touchParent = ({ graph }: Inputs, parent: number, touched: Touched, change: () => void): void => {
  const before = graph.children.count[parent] as number
  change()
  const after = graph.children.count[parent] as number
  if ((before === 0) !== (after === 0)) touched.judged.add(parent)
  touched.weighed.add(parent)
  touched.folded.add(parent)
}

const setIn = <A>(map: Map<number, A>, key: number, value: A | undefined): Undo => {
  const before = map.get(key)
  const set = (to: A | undefined) => {
    if (to === undefined) map.delete(key)
    else map.set(key, to)
  }
  set(value)
  return () => set(before)
}
