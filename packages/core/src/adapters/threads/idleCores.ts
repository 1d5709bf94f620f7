/** How many cores of this host have nothing to do. */
import { cpus } from "node:os"

interface Reading {
  readonly at: number
  /** Milliseconds of all cores. */
  readonly idle: number
}

const read = (): Reading => ({ at: performance.now(), idle: cpus().reduce((sum, { times }) => sum + times.idle, 0) })

/** Gives a function that tells how many cores were idle on average since it was called last. */
export const idleCores = (): (() => number) => {
  let before = read()
  return () => {
    const { at, idle } = before
    before = read()
    return (before.idle - idle) / Math.max(1, before.at - at)
  }
}
