/** Declarations as suppliers send them, the same for the same seed: one row in a hundred is bad. */

const substances = [
  "Lead",
  "Mercury",
  "Cadmium",
  "Hexavalent chromium",
  "DEHP",
  '"Bis(2-ethylhexyl) phthalate, DEHP"',
  '"Größe ""L"""'
]
const dirt = ["n/a", "", "NaN", "-1", "12.5mg", "#REF!"]

/** A linear congruential generator: small, seeded, and good enough to vary rows. */
const randomOf = (seed) => {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export const declarations = (rows, seed) => {
  const random = randomOf(seed)
  const lines = ["part_number,substance,threshold_ppm,substance_mass_mg"]
  for (let index = 0; index < rows; index++) {
    const part = `PN-${String(random(100_000)).padStart(6, "0")}`
    const substance = substances[random(substances.length)]
    const mass =
      random(100) === 0 ? dirt[random(dirt.length)] : `${random(50)}.${String(random(1_000_000)).padStart(6, "0")}`
    lines.push(`${part},${substance},${random(2) ? 1000 : 100},${mass}`)
  }
  return `${lines.join("\n")}\n`
}
