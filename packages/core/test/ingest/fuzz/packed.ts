/** Documents within documents, and documents with bytes changed. */
import { corpus } from "@certivo/core/testing/corpus"
import { gzipSync, zipSync } from "fflate"
import { utf8 } from "../../../src/testing/corpus/Case.ts"
import { pick, type Random, type Sample } from "./random.ts"

export const gzipped = (random: Random, sample: Sample): Sample => ({
  ...sample,
  name: `${sample.name}.gz`,
  bytes: gzipSync(sample.bytes, { level: pick(random, [0, 1, 6]), mtime: 0 })
})

/** An archive; declarations may come in several files, a BOM in one. */
export const zipped = (random: Random, samples: ReadonlyArray<Sample>): Sample => {
  const [first] = samples as readonly [Sample]
  const files = samples.map(({ name, bytes }, index): [string, Uint8Array] => [`${index}/${name}`, bytes])
  return {
    name: "fuzz.zip",
    bytes: zipSync(Object.fromEntries(files), { level: pick(random, [0, 0, 1]), mtime: new Date(2026, 0, 1) }),
    as: first.as,
    good: samples.flatMap(({ good }) => good),
    rows: samples.reduce<number | undefined>(
      (sum, { rows }) => (sum === undefined || rows === undefined ? undefined : sum + rows),
      0
    )
  }
}

/** What means something to one decoder or another. */
const tokens = [
  ...[
    '"',
    '""',
    "'",
    ",",
    ";",
    "\t",
    "|",
    "\n",
    "\r",
    "\r\n",
    "\u0000",
    "\u00ff",
    "\uFEFF",
    "\u2028",
    "=",
    "%",
    "<",
    ">"
  ],
  ...["&", "&amp;", "&#0;", "&x;", "]]>", "<![CDATA[", "<!--", "-->", "<?x ", "?>", "</", "/>", "<!DOCTYPE x>", "<a>"],
  ...[
    "{",
    "}",
    "[",
    "]",
    "[[",
    ":",
    "null",
    "1e999",
    "-0",
    "9".repeat(40),
    "\\ud800",
    "PK\u0003\u0004",
    "\u001f\u008b"
  ],
  ...[
    'a","b\n',
    "part_number",
    "substance",
    "mg",
    "Level",
    "7439-92-1",
    "<Product>",
    "</Product>",
    "<Substance name='x'>"
  ]
].map(utf8)

const spliced = (bytes: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array => {
  const end = Math.min(bytes.length, at + removed)
  const result = new Uint8Array(bytes.length - (end - at) + inserted.length)
  result.set(bytes.subarray(0, at))
  result.set(inserted, at)
  result.set(bytes.subarray(end), at + inserted.length)
  return result
}

const nothing = new Uint8Array(0)

/** A few bytes changed, cut, doubled, or put in. Nothing is known of the outcome. */
export const mutated = (random: Random, { name, as, bytes: original }: Sample): Sample => {
  let bytes: Uint8Array = original.slice()
  for (let change = random(4); change >= 0 && bytes.length > 0; change--) {
    const at = random(bytes.length)
    const kind = random(6)
    if (kind === 0) bytes[at] = random(256)
    else if (kind === 1) bytes = bytes.slice(0, at)
    else if (kind === 2) bytes = spliced(bytes, at, 1 + random(20), nothing)
    else if (kind === 3) bytes = spliced(bytes, at, 0, bytes.slice(Math.max(0, at - random(200)), at))
    else bytes = spliced(bytes, at, random(3), pick(random, tokens))
  }
  return { name, as, bytes, good: [], rows: undefined }
}

/** A file of the corpus. */
export const dirty = (random: Random): Sample => {
  const { name, bytes, as } = pick(random, corpus)
  return { name, bytes, as, good: [], rows: undefined }
}
