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

/** Lists as they lie: the list of `owners[i]`, or of `i` itself, goes from `starts[i]` to `starts[i + 1]`. */
export interface Layout {
  readonly owners: Int32Array | undefined
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

  /** Each list that is not empty, as they lie; none may have been replaced. */
  each(visit: (owner: number, slice: Slice) => void): void {
    const { owners, starts } = this.layout as Layout
    for (let list = 0; list + 1 < starts.length; list++) {
      const start = starts[list] as number
      const count = (starts[list + 1] as number) - start
      if (count > 0) visit(owners === undefined ? list : (owners[list] as number), { start, count })
    }
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
  for (let list = 0; list + 1 < starts.length; list++) {
    const at = owners === undefined ? list : (owners[list] as number)
    const first = starts[list] as number
    start[at] = first
    count[at] = (starts[list + 1] as number) - first
  }
  return { start, count }
}

export const picked = <A extends Column>(column: A, entries: ReadonlyArray<number>): A => {
  const some = allocate(column, entries.length)
  for (let at = 0; at < entries.length; at++) some[at] = column[entries[at] as number] as number
  return some
}

/**
 * Groups columns by owner. They are taken as they are, not copied, when the entries of each owner already stand
 * together, as in files; else each is moved when it is first needed. Memory is taken sparingly: to touch it for the
 * first time can cost more than to work with it.
 *
 * @throws RangeError when an owner is not below `owners`
 */
export const group = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> =>
  asTheyLie(owner, owners, columns) ??
  (owner.length < owners / FEW ? sortedFew(owner, owners, columns) : sorted(owner, owners, columns))

/** So many times as many owners as entries make a sort by comparison cheaper than one by counting. */
const FEW = 8

/** Of columns in which the entries of each owner stand together. */
const asTheyLie = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> | undefined => {
  const most = Math.min(owners, owner.length)
  const starts = new Int32Array(most + 1)
  const stored = new Int32Array(most)
  const filled = new Uint8Array(owners)
  let lists = 0
  let isApart = false
  inBatches(owner.length, (begin, stop) => {
    let before = begin === 0 ? -1 : (owner[begin - 1] as number)
    for (let index = begin; index < stop && !isApart; index++) {
      const at = owner[index] as number
      if (at === before && index > 0) continue
      if (!(at >= 0 && at < owners)) throw noSuchOwner(index, at, owners)
      isApart = filled[at] !== 0
      filled[at] = 1
      stored[lists] = at
      starts[lists++] = index
      before = at
    }
  })
  if (isApart) return undefined
  starts[lists] = owner.length
  return new Ragged(
    { owners: stored.subarray(0, lists), starts: starts.subarray(0, lists + 1) },
    columns,
    filled,
    owner.length
  )
}

const noSuchOwner = (entry: number, owner: number, owners: number): RangeError =>
  new RangeError(`Entry ${entry} belongs to ${owner}; there are ${owners}`)

const sortedFew = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> => {
  const order = [...owner.keys()].sort((a, b) => (owner[a] as number) - (owner[b] as number))
  const ordered = whenNeeded({}, Object.keys(columns), (name) => picked(columns[name] as Column, order)) as C
  return asTheyLie(picked(owner, order), owners, ordered) as Ragged<C>
}

/** Lists owner by owner; the order of entries within a list is kept. */
const sorted = <C extends Columns>(owner: Int32Array, owners: number, columns: C): Ragged<C> => {
  const starts = startsOf(owner, owners)
  const filled = new Uint8Array(owners)
  for (let at = 0; at < owners; at++) if (starts[at] !== starts[at + 1]) filled[at] = 1
  const moved = whenNeeded({}, Object.keys(columns), (name) => movedTo(starts, owner, columns[name] as Column)) as C
  return new Ragged({ owners: undefined, starts }, moved, filled, owner.length)
}

/** Where the list of each owner starts, and behind the last where it ends. */
const startsOf = (owner: Int32Array, owners: number): Int32Array => {
  const starts = new Int32Array(owners + 1)
  inBatches(owner.length, (begin, stop) => {
    for (let index = begin; index < stop; index++) {
      const at = owner[index] as number
      if (!(at >= 0 && at < owners)) throw noSuchOwner(index, at, owners)
      starts[at + 1] = (starts[at + 1] as number) + 1
    }
  })
  for (let at = 0; at < owners; at++) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number)
  return starts
}

/** A column with each entry in the list of its owner. */
const movedTo = (starts: Int32Array, owner: Int32Array, column: Column): Column => {
  const next = starts.slice()
  const target = allocate(column, column.length)
  inBatches(column.length, (begin, stop) => {
    for (let index = begin; index < stop; index++) {
      const at = owner[index] as number
      const free = next[at] as number
      target[free] = column[index] as number
      next[at] = free + 1
    }
  })
  return target
}

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
