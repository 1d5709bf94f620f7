/** Prints the hash of many judgements, for comparison between processes: `node elsewhere.ts <seed>`. */
import { hashOf } from "@certivo/core/domain"
import { judgeBom } from "@certivo/core/engine"
import { caseOf, duties, restrictions } from "./arbitrary.ts"
import { randomOf } from "./random.ts"

const seed = Number(process.argv[2])
const judged = Array.from({ length: 50 }, (_, index) => {
  const { bom, declarations } = caseOf(randomOf(seed + index))
  const byPart = Map.groupBy(declarations, ({ part }) => part)
  const { root, product } = judgeBom(bom, { declarations: (part) => byPart.get(part) ?? [] }, [restrictions, duties], {
    asOf: "2026-11-23"
  })
  return [root, product]
})
process.stdout.write(`${hashOf("judged", [judged])}\n`)
