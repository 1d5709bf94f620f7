/** Proofs as plain text, as flat steps, and as a JSON document. */
import type { Proof, ProofNode } from "./Proof.ts"

/** A proof as the API sends it: one sentence, and its steps indented by `depth`. */
export interface Explanation {
  readonly headline: string
  readonly steps: ReadonlyArray<{ readonly depth: number; readonly text: string }>
}

export const explanationOf = ({ root }: Proof): Explanation => ({
  headline: root.text,
  steps: root.children.flatMap((node) => stepsOf(node, 0))
})

const stepsOf = (node: ProofNode, depth: number): Explanation["steps"] => [
  { depth, text: node.text },
  ...node.children.flatMap((child) => stepsOf(child, depth + 1))
]

/** The stable, versioned JSON document of a proof, ready for `JSON.stringify`. */
export const proofDocument = (proof: Proof) => ({ schemaVersion: 1, headline: proof.root.text, ...proof })

const WIDTH = 80

/** The proof for a terminal of 80 columns, two spaces a level. */
export const proofText = (proof: Proof): string => {
  const { headline, steps } = explanationOf(proof)
  const { asOf, knownAt, engine } = proof
  return [
    ...wrapped(headline, 0),
    ...steps.flatMap(({ depth, text }) => wrapped(text, depth + 1)),
    ...wrapped(`As of ${asOf}${knownAt === undefined ? "" : `, known at ${knownAt}`}, engine ${engine}`, 0)
  ].join("\n")
}

/** Words on lines of the width; further lines of a text are indented by four more. */
const wrapped = (text: string, depth: number): ReadonlyArray<string> => {
  const indent = "  ".repeat(depth)
  const lines: Array<string> = []
  let line = indent
  let isEmpty = true
  for (const word of printable(text)
    .split(" ")
    .flatMap((one) => pieces(one, WIDTH - indent.length - 4))) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = `${indent}    `
      isEmpty = true
    }
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  return [...lines, line]
}

const pieces = (word: string, size: number): ReadonlyArray<string> =>
  word.length <= size ? [word] : (word.match(new RegExp(`.{1,${Math.max(20, size)}}`, "gu")) ?? [])

/** What a document holds must not steer a terminal. */
const printable = (text: string): string => text.replaceAll(/\s/g, " ").replaceAll(/\p{C}/gu, "\uFFFD")
