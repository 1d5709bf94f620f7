/**
 * Documents from a seed, of every format: with good rows among rows that are broken in ways that files break, within
 * archives, and with bytes changed. Whatever comes, a decoder ends, refuses by name or reports, loses no good row,
 * counts each row once, and says the same however the bytes are cut into pieces.
 */
import { fuzzedBom } from "./boms.ts"
import { wrongWith } from "./outcome.ts"
import { dirty, gzipped, mutated, zipped } from "./packed.ts"
import { differsFromPeer } from "./peer.ts"
import { pick, type Random, randomOf, type Sample } from "./random.ts"
import { fuzzedTable, fuzzedWorkbook } from "./tables.ts"
import { fuzzedXml } from "./xml.ts"

/** Longest that one input may take, in milliseconds; most take a fraction of one. */
const MAX_MS = 5000

const plainSample = (random: Random): Sample => {
  const kind = random(20)
  return kind < 11 ? fuzzedTable(random) : kind < 15 ? fuzzedBom(random) : fuzzedXml(random)
}

export const sampleOf = (random: Random): Sample => {
  const kind = random(100)
  if (kind < 62) return plainSample(random)
  if (kind < 82) return mutated(random, plainSample(random))
  if (kind < 94) return mutated(random, dirty(random))
  if (kind < 95) return fuzzedWorkbook(random)
  if (kind < 96) return gzipped(random, plainSample(random))
  if (kind < 97) return zipped(random, [fuzzedTable(random), pick(random, [fuzzedTable, fuzzedXml])(random)])
  if (kind < 98) return zipped(random, [fuzzedBom(random)])
  return mutated(random, pick(random, [fuzzedWorkbook, packedSample])(random))
}

const packedSample = (random: Random): Sample =>
  random(2) === 0 ? gzipped(random, plainSample(random)) : zipped(random, [plainSample(random)])

/** Where to cut so many bytes: not at all, here and there, or into small pieces. */
const cutsOf = (random: Random, length: number): ReadonlyArray<number> => {
  const kind = random(8)
  if (kind < 3) return []
  if (kind === 3) return Array.from({ length: Math.ceil(length / 7) }, (_, index) => 7 * index)
  return Array.from({ length: 1 + random(6) }, () => random(length + 1)).sort((a, b) => a - b)
}

/** Runs one input; gives what is wrong with the outcome, if anything. */
export const fuzzOnce = (seed: number): string | undefined => {
  const random = randomOf(seed)
  if (random(24) === 0) return differsFromPeer(random)
  const begun = process.threadCpuUsage()
  const sample = sampleOf(random)
  const as = random(8) === 0 ? undefined : sample.as
  const { length } = sample.bytes
  const wrong = wrongWith(sample, as, cutsOf(random, length), random(4) === 0 ? cutsOf(random, length) : undefined)
  const { user, system } = process.threadCpuUsage(begun)
  const ms = (user + system) / 1000
  return wrong ?? (ms > MAX_MS ? `it took ${Math.round(ms)} ms of the processor` : undefined)
}
