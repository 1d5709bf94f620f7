/**
 * The limit of one substance changed, to the exact set of statuses that flip: the median of several changes there and
 * back. `far` lets many facts lie between the old limit and the new one, `near` few; `preview` changes nothing; `first`
 * is the one change that finds the index not yet made.
 */

import { limitOf } from "../generate.mjs"
import { median, timed } from "../lib.mjs"
import { withRule } from "../portfolio.mjs"
import { ruleOf } from "../rules.mjs"
import { check, prepare as prepareOnce } from "./certivo.mjs"

const SUBSTANCE = 7

export const prepare = (data, kind) => {
  const portfolio = prepareOnce(data)()
  const limit = limitOf(SUBSTANCE)
  const edit = (ppm) => [{ edit: "rules", ruleSet: 0, rules: withRule(portfolio.ruleSet(0), ruleOf(SUBSTANCE, ppm)) }]
  const other = kind === "near" ? limit * 0.9995 : limit * 0.3
  const change = (ppm) => timed(() => (kind === "preview" ? portfolio.preview(edit(ppm)) : portfolio.apply(edit(ppm))))
  const times = []
  let flips = 0
  for (let run = 0; run < (kind === "first" ? 1 : 8); run++)
    for (const ppm of [other, limit]) {
      const { result, ms } = change(ppm)
      times.push(ms)
      flips = Math.max(flips, result.length)
      if (run === 1 && portfolio.recalculate().length > 0)
        throw new Error("a change of a limit came out otherwise than a calculation of everything")
    }
  const ms = kind === "first" ? times[0] : median(times.slice(6))
  return () => Object.assign(portfolio, { ms, detail: { flips } })
}

export { check }
