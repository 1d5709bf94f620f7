/** Documents that overlap: BOMs that share their parts, tables of one chunk and of two about the same parts, rows that are wrong. */
const PARTS = 40
/** So many that few rows are about a part of a BOM: judging takes little of the time. */
const DECLARED_PARTS = 900

export interface Sent {
  readonly name: string
  readonly text: string
}

const bom = (product: string, parts: number): Sent => ({
  name: `${product}.json`,
  text: JSON.stringify({
    bom_id: product,
    product_name: `Product ${product}`,
    parts: Array.from({ length: parts }, (_, part) => ({ part_number: `P-${part}`, weight_g: 4 + part }))
  })
})

const table = (name: string, rows: number, first: number): Sent => {
  const lines = ["part_number,substance,cas,threshold_ppm,substance_mass_mg"]
  for (let row = first; row < first + rows; row++) {
    const mass = row % 401 === 0 ? "n/a" : `0.${String((row * 7919) % 1000).padStart(3, "0")}`
    lines.push(`P-${row % DECLARED_PARTS},Substance ${row % 97},,1000,${mass}`)
  }
  return { name, text: `${lines.join("\n")}\n` }
}

/** The same file twice, and tables that share most of their rows. */
export const documents: ReadonlyArray<Sent> = [
  table("first.csv", 10_100, 0),
  bom("EG-1", PARTS),
  table("overlapping.csv", 700, 9_700),
  table("first.csv", 10_100, 0),
  bom("EG-2", 7),
  table("small.csv", 30, 10)
]
