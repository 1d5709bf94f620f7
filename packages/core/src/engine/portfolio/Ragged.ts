/**
 * Lists by owner in columns, each list in one piece. A list is never changed in place: its successor is written
 * behind the others and the old one left where it is, so that taking an edit back moves a pointer.
 */
import { inBatches } from "./batches.ts"

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

/** Where the list of each owner lies, by owner. */
interface Places {
  readonly start: Int32Array
  readonly count: Int32Array
}

export class Ragged<C extends Columns> {
  columns: C
  /** 1 for each owner whose list is not empty. */
  filled: Uint8Array
  /** Length in use, lists that were replaced included. */
  used: number
  /** Length of the lists that count. */
  live: number
  /** The lists in the order in which they lie, which is the fastest way through all of them; unknown after a change. */
  layout: Layout | undefined
  #places: Places | undefined

  /** @param lists as they lie, or the place of each */
  constructor(lists: Layout | Places, columns: C, filled: Uint8Array, used: number) {
    this.columns = columns
    this.filled = filled
    this.used = used
    this.live = used
    if ("owners" in lists) this.layout = lists
    else this.#places = lists
  }

  get start(): Int32Array {
    return this.#placed().start
  }

  get count(): Int32Array {
    return this.#placed().count
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
    const places = this.#placed()
    this.layout = undefined
    this.live += count - (places.count[owner] as number)
    places.start[owner] = start
    places.count[owner] = count
    this.filled[owner] = count === 0 ? 0 : 1
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

  /** Drops lists that were replaced, once they are most of what is held; slices of before are void then. Whether it did. */
  compact(): boolean {
    if (this.used < 2 * this.live + 1024) return false
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
    return true
  }

  /** Makes room for more owners, whose lists are empty. */
  grow(owners: number): void {
    const { start, count } = this.#placed()
    this.layout = undefined
    this.#places = { start: grown(start, owners), count: grown(count, owners) }
    this.filled = grown(this.filled, owners)
  }

  #placed(): Places {
    this.#places ??= placesOf(this.layout as Layout, this.filled.length)
    return this.#places
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

const placesOf = ({ owners, starts }: Layout, all: number): Places => {
  const start = new Int32Array(all)
  const count = new Int32Array(all)
  for (let list = 0; list < owners.length; list++) {
    const at = owners[list] as number
    const first = starts[list] as number
    start[at] = first
    count[at] = (starts[list + 1] as number) - first
  }
  return { start, count }
}

export const picked = (column: Column, entries: ReadonlyArray<number>): Column => {
  const some = allocate(column, entries.length)
  for (let at = 0; at < entries.length; at++) some[at] = column[entries[at] as number] as number
  return some
}

/**
 * Groups columns by owner. They are taken as they are, not copied, when the entries of each owner already stand
 * together, as in files; else a counting sort tells where each goes, and each column is moved when it is first needed.
 *
 * @throws RangeError when an owner is not below `owners`
 */
export const group = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> => {
  const starts = startsOf(owner, owners)
  const filled = new Uint8Array(owners)
  const stored = new Int32Array(starts.length - 1)
  for (let list = 0; list < stored.length; list++) {
    const first = starts[list] as number
    const at = owner[first] as number
    if (!(at >= 0 && at < owners)) throw noSuchOwner(first, at, owners)
    if (filled[at] !== 0) return sorted(owner, owners, columns)
    filled[at] = 1
    stored[list] = at
  }
  return new Ragged({ owners: stored, starts }, columns, filled, owner.length)
}

const noSuchOwner = (entry: number, owner: number, owners: number): RangeError =>
  new RangeError(`Entry ${entry} belongs to ${owner}; there are ${owners}`)

/** Where entries of another owner than the one before start, and their end; no more than one owner too many. */
const startsOf = (owner: Int32Array, owners: number): Int32Array => {
  const starts = new Int32Array(owners + 2)
  let lists = 0
  inBatches(owner.length, (begin, stop) => {
    let before = begin === 0 ? -1 : (owner[begin - 1] as number)
    for (let index = begin; index < stop && lists <= owners; index++) {
      const at = owner[index] as number
      if (at === before && index > 0) continue
      before = at
      starts[lists++] = index
    }
  })
  starts[lists] = owner.length
  return starts.subarray(0, lists + 1)
}

/** Lists owner by owner; the order of entries within a list is kept. */
const sorted = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> => {
  const count = countsOf(owner, owners)
  const starts = new Int32Array(owners + 1)
  const stored = new Int32Array(owners)
  const filled = new Uint8Array(owners)
  for (let at = 0; at < owners; at++) {
    const entries = count[at] as number
    stored[at] = at
    starts[at + 1] = (starts[at] as number) + entries
    if (entries !== 0) filled[at] = 1
  }
  const place = placesOfEntries(owner, starts)
  return new Ragged({ owners: stored, starts }, movedWhenNeeded(columns, place), filled, owner.length)
}

const countsOf = (owner: Int32Array, owners: number): Int32Array => {
  const count = new Int32Array(owners)
  inBatches(owner.length, (begin, stop) => {
    for (let index = begin; index < stop; index++) {
      const at = owner[index] as number
      if (!(at >= 0 && at < owners)) throw noSuchOwner(index, at, owners)
      count[at] = (count[at] as number) + 1
    }
  })
  return count
}

const placesOfEntries = (owner: Int32Array, starts: Int32Array): Int32Array => {
  const next = starts.slice()
  const place = new Int32Array(owner.length)
  inBatches(owner.length, (begin, stop) => {
    for (let index = begin; index < stop; index++) {
      const at = owner[index] as number
      const free = next[at] as number
      place[index] = free
      next[at] = free + 1
    }
  })
  return place
}

const moved = (column: Column, place: Int32Array): Column => {
  const target = allocate(column, column.length)
  for (let index = 0; index < place.length; index++) target[place[index] as number] = column[index] as number
  return target
}

/** Columns of which each is moved, entry by entry to its place, when it is first read. */
const movedWhenNeeded = <C extends Columns>(columns: C, place: Int32Array): C =>
  whenNeeded({}, Object.keys(columns), (name) => moved(columns[name] as Column, place)) as C

/** @throws RangeError when the columns differ in length from the owners */
export const checkLengths = (owner: Int32Array, columns: Columns): void => {
  for (const [name, column] of Object.entries(columns))
    if (column.length !== owner.length)
      throw new RangeError(`${name} has ${column.length} entries, not ${owner.length}`)
}

/** Adds columns of which each is made when it is first read. */
export const whenNeeded = (columns: Columns, names: ReadonlyArray<string>, make: (name: string) => Column): Columns => {
  for (const name of names)
    Object.defineProperty(columns, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = make(name)
        Object.defineProperty(columns, name, { value, enumerable: true })
        return value
      }
    })
  return columns
}
