/**
 * One declaration of a part edited, to the new statuses of everything above it: the 99th percentile over parts at
 * random, or the median for the part that most assemblies use. Each part gets amounts that break a limit and gets back
 * what it had, so that every edit reaches upwards as far as it can; five times, of which the fastest counts, so that
 * what is told apart is the parts and not what else the machine does.
 */
import { median, percentile } from "../lib.mjs"
import { check, prepare as prepareOnce } from "./certivo.mjs"

const rowsOf = ({ part, substance, lowNg, highNg }) => {
  const places = new Map()
  part.forEach((node, row) => {
    const own = places.get(node)
    if (own === undefined) places.set(node, [row])
    else own.push(row)
  })
  return (node, change) => {
    const rows = places.get(node) ?? []
    return {
      substance: Int32Array.from(rows, (row) => substance[row]),
      low: Float64Array.from(rows, (row, at) => change(lowNg[row], at)),
      high: Float64Array.from(rows, (row, at) => change(highNg[row], at)),
      scale: new Uint8Array(rows.length).fill(6)
    }
  }
}

const mostUsed = ({ child, sizes }) => {
  const uses = new Int32Array(sizes.nodes)
  for (const node of child) uses[node]++
  let most = 0
  for (let node = 1; node < sizes.parts; node++) if (uses[node] > uses[most]) most = node
  return most
}

/** @param which `random`, or `most-used` */
export const prepare = (data, which = "random") => {
  const portfolio = prepareOnce(data)()
  const rows = rowsOf(data)
  const parts =
    which === "random"
      ? Array.from({ length: 1200 }, (_, index) => Math.imul(index + 1, 2654435761) >>> 0).map(
          (hash) => hash % data.sizes.parts
        )
      : new Array(60).fill(mostUsed(data))
  const times = []
  let changes = 0
  for (const part of parts) {
    const breaking = rows(part, (ng, at) => (at === 0 ? 1e15 : ng))
    const before = rows(part, (ng) => ng)
    const fastest = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
    for (let run = 0; run < 5; run++)
      for (const [at, one] of [breaking, before].entries()) {
        const begun = performance.now()
        const found = portfolio.apply([{ edit: "declarations", part, rows: one }])
        fastest[at] = Math.min(fastest[at], performance.now() - begun)
        changes += found.length / 5
      }
    times.push(...fastest)
  }
  if (portfolio.recalculate().length > 0) throw new Error("an edit came out otherwise than a calculation of everything")
  const later = times.slice(times.length / 3)
  const ms = which === "random" ? percentile(later, 0.99) : median(later)
  const detail = {
    p50: median(later),
    p99: percentile(later, 0.99),
    changesPerEdit: Math.round(changes / times.length)
  }
  return () => Object.assign(portfolio, { ms, detail })
}

export { check }
