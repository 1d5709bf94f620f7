import { assert, it } from "@effect/vitest"
import { fuzzOnce } from "./fuzz/fuzz.ts"

const INPUTS = Number(process.env.CERTIVO_FUZZ_INPUTS ?? 20_000)
const FIRST_SEED = Number(process.env.CERTIVO_FUZZ_SEED ?? 1)

it(`${INPUTS} fuzzed documents end without a crash and lose no good row`, { timeout: 0 }, () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + INPUTS; seed++) {
    const wrong = fuzzOnce(seed)
    if (wrong !== undefined) assert.fail(`seed ${seed}: ${wrong}`)
  }
})
