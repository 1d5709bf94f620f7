/** Random numbers that a seed repeats. */
export interface Random {
  /** A whole number from 0 up to, but not, `bound`. */
  readonly below: (bound: number) => number
  readonly pick: <A>(from: ReadonlyArray<A>) => A
  readonly shuffled: <A>(items: ReadonlyArray<A>) => ReadonlyArray<A>
  readonly chance: (share: number) => boolean
}

/** Mulberry32. */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number) => Math.floor(next() * bound)
  return {
    below,
    pick: (from) => from[below(from.length)] as never,
    chance: (share) => next() < share,
    shuffled: (items) => {
      const left = [...items]
      return items.map(() => left.splice(below(left.length), 1)[0] as never)
    }
  }
}

/** `CERTIVO_SEED` repeats a run, `CERTIVO_CASES` multiplies the number of its cases. */
export const seed = Number(process.env.CERTIVO_SEED ?? 20_261_123)
export const times = (cases: number): number => Math.round(cases * Number(process.env.CERTIVO_CASES ?? 1))
