/** The flag that says how many threads decode large documents. */
import { Flag } from "effect/cli"

export const threadsFlag = Flag.Int("threads").pipe(
  Flag.withDescription("Threads that decode large tables, 0 for none; as many as cores are idle when left out"),
  Flag.optional
)
