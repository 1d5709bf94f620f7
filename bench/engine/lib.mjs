/** Figures of several runs in one process. */

const sorted = (values) => [...values].sort((a, b) => a - b)

export const median = (values) => sorted(values)[values.length >> 1]

export const percentile = (values, share) =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))]

/** Runs, with the time that this thread was given: what else the machine does meanwhile is left out. */
export const timed = (run) => {
  const before = process.threadCpuUsage()
  const result = run()
  const { user, system } = process.threadCpuUsage(before)
  return { result, ms: (user + system) / 1000 }
}
