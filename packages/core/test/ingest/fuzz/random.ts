export type Random = (below: number) => number

/** A small, seeded generator (mulberry32). */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export const pick = <A>(random: Random, items: ReadonlyArray<A>): A => items[random(items.length)] as A

export const shuffled = <A>(random: Random, items: ReadonlyArray<A>): ReadonlyArray<A> => {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = random(last + 1)
    const kept = result[last] as A
    result[last] = result[other] as A
    result[other] = kept
  }
  return result
}

/** Cells that cannot be read as what they should be. */
export const junk = [
  "n/a",
  "",
  "NaN",
  "-1",
  "12.5 mg/dm2",
  "#REF!",
  "<<5",
  "1e99999",
  "\u0000",
  "1,2,3",
  "5 %%",
  "7439-92-2",
  "٣",
  "\u202e",
  "🧪",
  "'",
  "=1+1",
  "9".repeat(400),
  "0x10",
  "1/2/3",
  "±",
  "--",
  "&amp;"
]

/** A document whose outcome is known, at least in part. */
export interface Sample {
  readonly name: string
  readonly bytes: Uint8Array
  readonly as: "declarations" | "bom"
  /** What must be found in it: `part | substance | amount`, `parent > quantity child`. */
  readonly good: ReadonlyArray<string>
  /** Rows that it has, good and bad, when nothing in it can make two rows one. */
  readonly rows: number | undefined
}
