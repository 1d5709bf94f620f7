/** What the cases of Certivo share: the decoder, and columns that are kept to the end, as the peers keep theirs. */
import { declarationDecoder } from "../decoder.mjs"

export const decoding = () => {
  const decoder = declarationDecoder()
  const { take, result } = keeping()
  return { push: (chunk) => take(decoder.push(chunk)), end: () => take(decoder.end()), result }
}

export const keeping = () => {
  const kept = []
  let accepted = 0
  let rejected = 0
  let explained = 0
  const take = (decoded) => {
    accepted += decoded.accepted
    rejected += decoded.rejected
    explained += decoded.rejects.length
    if (decoded.declarations.length > 0) kept.push(decoded.declarations)
  }
  return {
    take,
    result: () => {
      if (explained !== rejected) throw new Error(`${rejected} rows were rejected, but ${explained} rejects given`)
      return { counts: { accepted, rejected }, massMg: () => massMg(kept) }
    }
  }
}

const massMg = (kept) => {
  let sum = 0
  for (const declarations of kept)
    for (const { amount } of declarations) sum += Number(amount.low.coefficient) / 10 ** amount.low.scale
  return sum
}
