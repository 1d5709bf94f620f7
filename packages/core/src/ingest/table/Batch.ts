/** Records of a table and where their cells are, a batch at a time. */

/** Cells of a record that are kept; those beyond are counted. */
export const MAX_CELLS = 4096

/** Bytes behind the last that can be read, so that words of four bytes may reach over the end. */
export const PADDING = 4

/** Cells after which the records of a batch are passed on. */
export const BATCH_CELLS = 4096
const FIRST_CELLS = 128

/** Records that follow each other, and where their cells are in the bytes; valid only while the sink is called. */
export interface Records {
  readonly bytes: Uint8Array
  /** Of the same bytes; {@link PADDING} of them can be read behind any cell. */
  readonly view: DataView
  /** By cell. */
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** By cell: 1 for a quoted cell that holds doubled quotes, else 0. */
  readonly doubled: Uint8Array
  /** By record: its first cell. */
  readonly first: ReadonlyArray<number>
  /** By record: how many cells it has; those from {@link MAX_CELLS} on are only counted. */
  readonly counts: ReadonlyArray<number>
  /** By record: the line and the byte of the document that it begins at. */
  readonly lines: ReadonlyArray<number>
  readonly offsets: ReadonlyArray<number>
  /** Records; the arrays may be longer. */
  readonly length: number
}

const noBytes = new Uint8Array(PADDING)
const noView = new DataView(noBytes.buffer)

/** The batch that is being filled. */
export class Batch implements Records {
  bytes = noBytes
  view = noView
  starts = new Int32Array(FIRST_CELLS)
  ends = new Int32Array(FIRST_CELLS)
  doubled = new Uint8Array(FIRST_CELLS)
  first: Array<number> = []
  counts: Array<number> = []
  lines: Array<number> = []
  offsets: Array<number> = []
  length = 0
  /** Cells of the records. */
  used = 0

  /** Takes the record whose cells stand behind those of the batch. */
  keep(cells: number, line: number, offset: number): void {
    const record = this.length++
    this.first[record] = this.used
    this.counts[record] = cells
    this.lines[record] = line
    this.offsets[record] = offset
    this.used += Math.min(cells, MAX_CELLS)
  }

  clear(): void {
    this.length = 0
    this.used = 0
  }

  /** @param kept bytes that must not be lost */
  reserveBytes(needed: number, kept: number): void {
    if (needed + PADDING <= this.bytes.length) return
    this.bytes = grown(this.bytes.subarray(0, kept), new Uint8Array(powerOfTwo(needed + PADDING)))
    this.view = new DataView(this.bytes.buffer)
  }

  reserveCells(needed: number): void {
    if (needed <= this.starts.length) return
    const size = powerOfTwo(needed)
    this.starts = grown(this.starts, new Int32Array(size))
    this.ends = grown(this.ends, new Int32Array(size))
    this.doubled = grown(this.doubled, new Uint8Array(size))
  }
}

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(least))

const grown = <A extends Uint8Array | Int32Array>(from: A, to: A): A => {
  to.set(from)
  return to
}
