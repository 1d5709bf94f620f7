/** Line ends of old Macs, a carriage return alone, as those of everyone else. */
import type { FileSink } from "../archive/Unpack.ts"

const LF = 10
const CR = 13

/** Whether the text has lines, and all of them end with a carriage return alone. */
export const endsInCr = (head: Uint8Array): boolean => head.includes(CR) && !head.includes(LF)

/** Makes line feeds of carriage returns, except before a line feed; every byte keeps its place. */
export const crToLf = (sink: FileSink): FileSink => {
  let held = false
  return {
    push: (chunk) => {
      const bytes = new Uint8Array(chunk.length + (held ? 1 : 0))
      if (held) bytes[0] = CR
      bytes.set(chunk, held ? 1 : 0)
      held = bytes.at(-1) === CR
      const ready = held ? bytes.subarray(0, -1) : bytes
      for (let at = 0; at < ready.length; at++) if (ready[at] === CR && bytes[at + 1] !== LF) ready[at] = LF
      sink.push(ready)
    },
    end: () => {
      if (held) sink.push(Uint8Array.of(LF))
      sink.end()
    }
  }
}
