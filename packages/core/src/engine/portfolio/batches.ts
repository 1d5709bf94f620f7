/** Most in one call. */
export const LARGEST_BATCH = 4096

const FIRST = 8

/**
 * Runs a loop piece by piece, small pieces first: what is called often is compiled sooner and better than a loop that
 * is running already, and once it has ended a few times the compiler knows all of it.
 */
export const inBatches = (length: number, run: (begin: number, stop: number) => void): void => {
  let size = FIRST
  for (let begin = 0; begin < length; ) {
    const stop = Math.min(length, begin + size)
    run(begin, stop)
    begin = stop
    size = Math.min(LARGEST_BATCH, 2 * size)
  }
}
