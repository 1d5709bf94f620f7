/** The same check, on two threads. */
import { readOn } from "./check.mjs"

export const read = readOn(2)
