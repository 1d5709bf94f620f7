/** Where in the product a part is: the assemblies from the product down to it. */
import { type Judgement, linesOf, nodesOf } from "./Judgement.ts"

/** Part numbers from the product down to the part, both included. */
export type Path = ReadonlyArray<string>

/** Most paths that are listed of one part; those beyond are counted. */
export const MAX_PATHS = 100

export interface Paths {
  /** The first in BOM order. */
  readonly first: (key: string) => Path
  /** All in BOM order, up to {@link MAX_PATHS}. */
  readonly all: (key: string) => ReadonlyArray<Path>
  /** How many there are. */
  readonly count: (key: string) => bigint
}

export const pathsOf = (judgement: Judgement): Paths => {
  const numbers = new Map(nodesOf(judgement).map(({ key, partNumber }) => [key, partNumber]))
  const numberOf = (key: string) => numbers.get(key) ?? key
  const parents = parentsOf(judgement)
  const counts = countPaths(judgement, parents)
  const all = (key: string, most: number) =>
    climb(key, judgement.root.key, parents, most).map((keys) => keys.map(numberOf))
  return {
    first: (key) => all(key, 1)[0] ?? [numberOf(key)],
    all: (key) => all(key, MAX_PATHS),
    count: (key) => counts.get(key) ?? 0n
  }
}

type Parents = ReadonlyMap<string, ReadonlyArray<string>>

/** Parents of each node in BOM order, each once however many lines join them. */
const parentsOf = (judgement: Judgement): Parents => {
  const parents = new Map<string, Array<string>>()
  for (const { key } of nodesOf(judgement))
    for (const { child } of linesOf(judgement, key)) {
      const known = parents.get(child)
      if (known === undefined) parents.set(child, [key])
      else if (known.at(-1) !== key) known.push(key)
    }
  return parents
}

const countPaths = ({ facts, root }: Judgement, parents: Parents): ReadonlyMap<string, bigint> => {
  const counts = new Map([[root.key, 1n]])
  for (const key of [...facts.keys()].reverse())
    if (key !== root.key)
      counts.set(
        key,
        (parents.get(key) ?? []).reduce((sum, parent) => sum + (counts.get(parent) ?? 0n), 0n)
      )
  return counts
}

/** Every way up from a part to the product, top first. Iterative: depth costs no stack. */
const climb = (from: string, top: string, parents: Parents, most: number): ReadonlyArray<ReadonlyArray<string>> => {
  const found: Array<ReadonlyArray<string>> = []
  const trail: Array<{ readonly key: string; next: number }> = [{ key: from, next: 0 }]
  while (trail.length > 0 && found.length < most) {
    const last = trail[trail.length - 1] as (typeof trail)[number]
    if (last.key === top) {
      found.push(trail.map(({ key }) => key).reverse())
      trail.pop()
      continue
    }
    const parent = parents.get(last.key)?.[last.next++]
    if (parent === undefined) trail.pop()
    else trail.push({ key: parent, next: 0 })
  }
  return found
}
