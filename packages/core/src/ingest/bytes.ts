/** Small helpers on bytes. */

/** Bytes that arrive in pieces. */
export class ByteBuffer {
  #bytes = new Uint8Array(0)
  length = 0

  push(piece: Uint8Array): void {
    const length = this.length + piece.length
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length))
      larger.set(this.bytes)
      this.#bytes = larger
    }
    this.#bytes.set(piece, this.length)
    this.length = length
  }

  /** What has arrived; changes with the next piece. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length)
  }
}
