/**
 * Lists by owner in columns, each list in one piece. A list is never changed in place: its successor is written
 * behind the others and the old one left where it is, so that taking an edit back moves a pointer.
 */

export type Column = Float64Array | Int32Array | Uint8Array
export type Columns = Readonly<Record<string, Column>>

/** Where a list lies. */
export interface Slice {
  readonly start: number
  readonly count: number
}

/** Lists as they lie: the list of `owners[i]` goes from `starts[i]` to `starts[i + 1]`. */
export interface Layout {
  readonly owners: Int32Array
  readonly starts: Int32Array
}

export class Ragged<C extends Columns> {
  start: Int32Array
  count: Int32Array
  columns: C
  /** Length in use, lists that were replaced included. */
  used: number
  /** Length of the lists that count. */
  live: number
  /** The lists in the order in which they lie, which is the fastest way through all of them; unknown after a change. */
  layout: Layout | undefined

  constructor(start: Int32Array, count: Int32Array, columns: C, used: number, layout?: Layout) {
    this.start = start
    this.count = count
    this.columns = columns
    this.used = used
    this.live = used
    this.layout = layout
  }

  /** Replaces the list of an owner by the first `count` of the columns; returns where the old one lies. */
  replace(owner: number, columns: C, count: number): Slice {
    const old = this.sliceOf(owner)
    this.#reserve(count)
    for (const name in this.columns)
      (this.columns[name] as Column).set((columns[name] as Column).subarray(0, count), this.used)
    this.restore(owner, { start: this.used, count })
    this.used += count
    return old
  }

  sliceOf(owner: number): Slice {
    return { start: this.start[owner] as number, count: this.count[owner] as number }
  }

  /** Points an owner to a list that was written before. */
  restore(owner: number, { start, count }: Slice): void {
    this.layout = undefined
    this.live += count - (this.count[owner] as number)
    this.start[owner] = start
    this.count[owner] = count
  }

  /** Copies of the columns of one list, with room for `more`. */
  copy(owner: number, more = 0): C {
    const { start, count } = this.sliceOf(owner)
    return this.#each((column) => {
      const copy = allocate(column, count + more)
      copy.set(column.subarray(start, start + count))
      return copy
    })
  }

  /** Drops lists that were replaced, once they are most of what is held; slices of before are void then. */
  compact(): void {
    if (this.used < 2 * this.live + 1024) return
    const order = Int32Array.from(this.start.keys()).sort(
      (a, b) => (this.start[a] as number) - (this.start[b] as number)
    )
    const target = this.#each((column) => allocate(column, Math.ceil(this.live * 1.25)))
    let used = 0
    for (const owner of order) {
      const { start, count } = this.sliceOf(owner)
      for (const name in target)
        (target[name] as Column).set((this.columns[name] as Column).subarray(start, start + count), used)
      this.start[owner] = used
      used += count
    }
    this.columns = target
    this.used = used
    this.layout = undefined
  }

  /** Makes room for more owners, whose lists are empty. */
  grow(owners: number): void {
    this.layout = undefined
    this.start = grown(this.start, owners)
    this.count = grown(this.count, owners)
  }

  #reserve(count: number): void {
    const needed = this.used + count
    const first = Object.values(this.columns)[0] as Column
    if (needed > first.length) this.columns = this.#each((column) => grown(column, Math.ceil(needed * 1.5)))
  }

  #each(make: (column: Column) => Column): C {
    return Object.fromEntries(Object.entries(this.columns).map(([name, column]) => [name, make(column)])) as C
  }
}

const allocate = <A extends Column>(like: A, length: number): A =>
  new (like.constructor as new (length: number) => A)(length)

const grown = <A extends Column>(column: A, length: number): A => {
  const larger = allocate(column, length)
  larger.set(column as never)
  return larger
}

/**
 * Groups columns by owner. They are taken as they are, not copied, when the entries of each owner already stand
 * together, as in files; else a counting sort moves them.
 *
 * @throws RangeError when an owner is not below `owners`, or the columns differ in length
 */
export const group = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> => {
  for (const [name, column] of Object.entries(columns))
    if (column.length !== owner.length)
      throw new RangeError(`${name} has ${column.length} entries, not ${owner.length}`)
  const starts = startsOf(owner, owners)
  const start = new Int32Array(owners)
  const count = new Int32Array(owners)
  const stored = new Int32Array(starts.length - 1)
  for (let list = 0; list < stored.length; list++) {
    const first = starts[list] as number
    const at = owner[first] as number
    if (at < 0 || at >= owners) throw new RangeError(`Entry ${first} belongs to ${at}; there are ${owners}`)
    if (count[at] !== 0) return sorted(owner, owners, columns)
    start[at] = first
    count[at] = (starts[list + 1] as number) - first
    stored[list] = at
  }
  return new Ragged(start, count, columns, owner.length, { owners: stored, starts })
}

/** Where entries of another owner than the one before start, and their end; no more than one owner too many. */
const startsOf = (owner: Int32Array, owners: number): Int32Array => {
  const starts = new Int32Array(owners + 2)
  let lists = 0
  for (let index = 0; index < owner.length && lists <= owners; index++)
    if (index === 0 || owner[index] !== owner[index - 1]) starts[lists++] = index
  starts[lists] = owner.length
  return starts.subarray(0, lists + 1)
}

/** Moves the entries of each owner together, owner by owner; their order within a list is kept. */
const sorted = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> => {
  const count = new Int32Array(owners)
  for (let index = 0; index < owner.length; index++) {
    const at = owner[index] as number
    if (at < 0 || at >= owners) throw new RangeError(`Entry ${index} belongs to ${at}; there are ${owners}`)
    count[at] = (count[at] as number) + 1
  }
  const starts = new Int32Array(owners + 1)
  for (let at = 0; at < count.length; at++) starts[at + 1] = (starts[at] as number) + (count[at] as number)
  const next = starts.slice()
  const place = new Int32Array(owner.length)
  for (let index = 0; index < owner.length; index++) {
    const at = owner[index] as number
    const free = next[at] as number
    place[index] = free
    next[at] = free + 1
  }
  const moved = Object.entries(columns).map(([name, column]) => {
    const target = allocate(column, column.length)
    for (let index = 0; index < column.length; index++) target[place[index] as number] = column[index] as number
    return [name, target]
  })
  const layout = { owners: Int32Array.from(count.keys()), starts }
  return new Ragged(starts.slice(0, -1), count, Object.fromEntries(moved) as C, owner.length, layout)
}
