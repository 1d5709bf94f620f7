/**
 * A portfolio: parts with declared amounts, assemblies and products above them, and the limits of forty substances;
 * the same for the same options. Amounts are whole nanograms, masses whole milligrams, limits whole ppm, so that every
 * case can be exact: an amount breaks its limit when it is above limit × mass.
 *
 * By hand: `node bench/engine/generate.mjs [--rows N] [--seed N] [--shape S]` names the file.
 */
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

/** Chances are by row; `missing` is by part. `levels` are those of the assemblies below one product. */
const usual = { failing: 0.01, open: 0.002, missing: 0.01, levels: 6, hub: false, shuffled: false }
const clean = { failing: 0.00003, open: 0.00003, missing: 0.0003 }

export const shapes = {
  /** Nearly every product holds a part that breaks a limit. */
  failing: usual,
  /** About one product in ten does. */
  clean: { ...usual, ...clean },
  /** Chains of three hundred assemblies. */
  deep: { ...usual, ...clean, levels: 300 },
  /** Products of parts, with few assemblies between. */
  wide: { ...usual, ...clean, levels: 1 },
  /** One part goes into every assembly. */
  hub: { ...usual, ...clean, hub: true },
  /** Rows and lines in no order at all. */
  shuffled: { ...usual, ...clean, shuffled: true }
}

export const substances = 40
export const limitOf = (substance) => (substance % 10 === 2 ? 100 : 1000)

/** A generator of the xorshift family: whole numbers below a bound, and chances. */
const drawing = (seed) => {
  let state = (seed ^ 0x9e3779b9) | 0 || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  for (let index = 0; index < 8; index++) next()
  return { below: (bound) => Math.floor((next() / 2 ** 32) * bound), chance: (p) => next() < p * 2 ** 32 }
}

const shuffle = (values, { below }) => {
  for (let at = values.length - 1; at > 0; at--) {
    const other = below(at + 1)
    const value = values[at]
    values[at] = values[other]
    values[other] = value
  }
  return values
}

const numbers = (length) => Int32Array.from({ length }, (_, index) => index)

/** The columns of a portfolio. Parts come first, then assemblies, then products. */
export const portfolio = ({ rows, seed, shape }) => {
  const { failing, open, missing, levels, hub, shuffled } = shapes[shape]
  const draw = drawing(seed)
  const parts = Math.max(10, Math.round(rows / 10))
  const products = Math.max(1, Math.round(rows / 100))
  const assemblies = levels === 1 ? products : products * 15
  const nodes = parts + assemblies + products

  const massMg = new Float64Array(parts)
  for (let part = 0; part < parts; part++) massMg[part] = draw.chance(missing) ? -1 : 1 + draw.below(50_000)

  const columns = {
    part: new Int32Array(rows),
    substance: new Int32Array(rows),
    lowNg: new Float64Array(rows),
    highNg: new Float64Array(rows)
  }
  // The rows of a part stand together, as documents have them; the parts in the order in which documents arrive.
  const arrival = shuffle(numbers(parts), draw)
  for (let row = 0; row < rows; row++) {
    const part = arrival[Math.floor((row * parts) / rows)]
    const substance = (part * 7 + (row % 30)) % substances
    const allowed = limitOf(substance) * Math.max(1, massMg[part])
    const within = Math.floor((draw.below(900) / 1000) * allowed)
    columns.part[row] = part
    columns.substance[row] = substance
    if (draw.chance(failing)) columns.lowNg[row] = columns.highNg[row] = allowed + 1 + draw.below(4 * allowed)
    else if (draw.chance(open)) columns.highNg[row] = allowed + 1 + draw.below(allowed)
    else if (draw.chance(0.001)) columns.lowNg[row] = columns.highNg[row] = allowed
    else {
      columns.highNg[row] = within
      columns.lowNg[row] = draw.chance(0.1) ? 0 : within
    }
  }

  const parent = []
  const child = []
  const quantity = []
  const line = (above, below) => {
    parent.push(above)
    child.push(below)
    quantity.push(1 + draw.below(8))
  }
  const lines = 2 * rows
  const perParent = lines / (assemblies + products)
  const popular = () => Math.floor(parts * (draw.below(1_000_000) / 1_000_000) ** 2)
  for (const node of shuffle(numbers(assemblies + products), draw)) {
    const above = parts + node
    const before = child.length
    if (node >= assemblies) {
      const product = node - assemblies
      for (const assembly of topOf(product, products, levels)) line(above, parts + assembly)
    } else {
      for (const assembly of belowOf(node, assemblies, levels)) line(above, parts + assembly)
      if (hub) line(above, 0)
    }
    const wanted = Math.round(perParent * (0.5 + draw.below(1000) / 1000))
    while (child.length - before < wanted)
      line(above, shape === "wide" || draw.chance(0.5) ? draw.below(parts) : popular())
  }
  const edges = { parent: Int32Array.from(parent), child: Int32Array.from(child), quantity: Int32Array.from(quantity) }
  return {
    sizes: { parts, assemblies, products, nodes, rows, lines: child.length },
    columns: {
      massMg,
      ...(shuffled ? reordered(columns, shuffle(numbers(rows), draw)) : columns),
      ...(shuffled ? reordered(edges, shuffle(numbers(child.length), draw)) : edges)
    }
  }
}

/** Assemblies directly below a product. Those of one family are a heap of `levels` levels; chains are shared by twenty products. */
const topOf = (product, products, levels) => {
  if (levels === 1) return [product]
  if (levels < 100) return [product * 15]
  const family = Math.floor(product / 20) * 20
  return [family * 15 + (((product - family) * 15) % (15 * Math.min(20, products - family)))]
}

/** Assemblies directly below an assembly. */
const belowOf = (assembly, assemblies, levels) => {
  if (levels === 1) return []
  if (levels >= 100) {
    const next = assembly + 1
    return next % 300 === 0 || next >= assemblies ? [] : [next]
  }
  const family = Math.floor(assembly / 15) * 15
  const place = assembly - family
  // Six levels: 0; 1 2; 3 to 6; 7 to 10; 11 13; 12 14.
  const below = [[1, 2], [3, 4], [5, 6], [7], [8], [9], [10], [11], [13], [], [], [12], [], [14], []][place]
  const own = below.map((other) => family + other)
  // One in five also uses an assembly of the next family, one with nothing below it.
  return assembly % 5 === 0 && family + 15 < assemblies ? [...own, family + 15 + 9] : own
}

const reordered = (columns, order) =>
  Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [
      name,
      order.length === 0 ? column : column.constructor.from(order, (at) => column[at])
    ])
  )

const self = fileURLToPath(import.meta.url)

const types = { Int32Array, Float64Array }

/** The file of such a portfolio in `folder`, written unless this very generator has written it before. */
export const fileOf = (folder, options) => {
  const key = createHash("sha256").update(readFileSync(self)).update(JSON.stringify(options)).digest("hex")
  const file = join(folder, `engine-${options.shape}-${key.slice(0, 16)}.bin`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const { sizes, columns } = portfolio(options)
  let offset = 0
  const layout = Object.entries(columns).map(([name, column]) => {
    const at = { name, type: column.constructor.name, length: column.length, offset }
    offset += Math.ceil(column.byteLength / 8) * 8
    return at
  })
  const bytes = Buffer.alloc(offset)
  for (const { name, offset: at } of layout)
    Buffer.from(columns[name].buffer, columns[name].byteOffset, columns[name].byteLength).copy(bytes, at)
  writeFileSync(`${file}.json`, JSON.stringify({ sizes, layout }))
  writeFileSync(`${file}.part`, bytes)
  renameSync(`${file}.part`, file)
  return file
}

/** Reads such a file: `{ sizes, massMg, part, substance, lowNg, highNg, parent, child, quantity }`. */
export const read = (file) => {
  const { sizes, layout } = JSON.parse(readFileSync(`${file}.json`, "utf8"))
  const bytes = readFileSync(file)
  const columns = layout.map(({ name, type, length, offset }) => [
    name,
    new types[type](
      bytes.buffer.slice(bytes.byteOffset + offset, bytes.byteOffset + offset + length * types[type].BYTES_PER_ELEMENT)
    )
  ])
  return { sizes, ...Object.fromEntries(columns) }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      rows: { type: "string", default: "1000000" },
      seed: { type: "string", default: "42" },
      shape: { type: "string", default: "failing" }
    }
  })
  const folder = fileURLToPath(new URL("../../.cache/bench", import.meta.url))
  process.stdout.write(
    `${fileOf(folder, { rows: Number(values.rows), seed: Number(values.seed), shape: values.shape })}\n`
  )
}
