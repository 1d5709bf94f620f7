/** Figures of several runs in one process. */

const sorted = (values) => [...values].sort((a, b) => a - b)

export const median = (values) => sorted(values)[values.length >> 1]

export const percentile = (values, share) =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))]

/** Runs, with the time on the wall: the kernel counts that of a thread in steps of 4 ms on some machines. */
export const timed = (run) => {
  const begun = performance.now()
  const result = run()
  return { result, ms: performance.now() - begun }
}
