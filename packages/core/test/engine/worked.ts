/** What the notes of the worked examples say, as suppliers would send it. */
import type { BomOptions } from "@certivo/core/engine"
import type { PartData, Row } from "./support.ts"

export interface Worked {
  /** Id of the rule in `rules.ts`. */
  readonly rule: string
  /** Of the parts the first is the product; one part of unknown mass when left out. */
  readonly parts?: Readonly<Record<string, PartData>>
  readonly rows: ReadonlyArray<Row>
  /** The part whose finding has the computed concentration; the product when left out. */
  readonly at?: string
  readonly options?: Partial<BomOptions>
}

const names = {
  Lead: "7439-92-1",
  Cadmium: "7440-43-9",
  Mercury: "7439-97-6",
  "Hexavalent chromium": "18540-29-9",
  "Lead oxide": "1317-36-8",
  "Lead chromate": "7758-97-6",
  DEHP: "117-81-7",
  BBP: "85-68-7",
  DBP: "84-74-2",
  decaBDE: "1163-19-5",
  octaBDE: "32536-52-0",
  TBBPA: "79-94-7",
  Bromine: "7726-95-6",
  Chlorine: "7782-50-5",
  PFOA: "335-67-1",
  "Dibutyltin dilaurate": "77-58-7"
} as const

/** A row of part P about a substance that is named with its CAS number. */
const row = (substance: keyof typeof names, amount: string, more: Row = {}): Row => ({
  part_number: "P",
  substance,
  cas: names[substance],
  amount,
  ...more
})

const material = (name: string, mg?: string): Row => ({
  material: name,
  ...(mg === undefined ? {} : { material_mass_mg: mg })
})

/** Rows of shares in one material. */
const shares = (name: string, amounts: Partial<Record<keyof typeof names, string>>): ReadonlyArray<Row> =>
  Object.entries(amounts).map(([substance, amount]) => row(substance as keyof typeof names, amount, material(name)))

const packaging = { P: { categories: ["packaging"] } }
const foodContact = { P: { categories: ["packaging", "food-contact"] } }
const battery = { P: { categories: ["battery"] } }
const heavyMetals = (mercury: string, chromium: string) => [
  row("Lead", "40 ppm"),
  row("Cadmium", "20 ppm"),
  row("Mercury", mercury),
  row("Hexavalent chromium", chromium)
]
const oRing = { P: { grams: "500", contains: [["O-RING", "1"]] }, "O-RING": { grams: "2" } } as const

export const worked: Readonly<Record<string, Worked>> = {
  W01a: { rule: "lead", rows: [row("Lead", "0.25 mg", material("Solder", "250"))] },
  W01b: { rule: "lead", rows: [row("Lead", "0.2501 mg", material("Solder", "250"))] },
  W01c: { rule: "lead", rows: [row("Lead", "0.0041 g", material("Solder", "4100"))] },
  W02a: { rule: "cadmium", rows: [row("Cadmium", "1.25 µg", material("Plating", "12.5"))] },
  W02b: { rule: "cadmium", rows: [row("Cadmium", "1.26 µg", material("Plating", "12.5"))] },
  W03a: { rule: "lead", rows: [row("Lead oxide", "0.00535 mg", material("Glass", "5"))] },
  W03b: { rule: "lead", rows: [row("Lead oxide", "0.0054 mg", material("Glass", "5"))] },
  W03c: {
    rule: "svhc-lead-oxide",
    parts: { P: { grams: "0.02" } },
    rows: [row("Lead oxide", "0.0054 mg", material("Glass", "5"))]
  },
  W04a: { rule: "lead", rows: shares("Paint", { "Lead chromate": "1550 ppm" }) },
  W04b: { rule: "svhc-lead-chromate", rows: [row("Lead chromate", "1550 ppm")] },
  W05a: { rule: "dehp", rows: shares("PVC", { DEHP: "600 ppm", BBP: "300 ppm", DBP: "200 ppm" }) },
  W05b: { rule: "xvii-51", rows: shares("PVC", { DEHP: "600 ppm", BBP: "300 ppm", DBP: "200 ppm" }) },
  W05c: { rule: "xvii-51", rows: shares("PVC", { DEHP: "500 ppm", BBP: "300 ppm", DBP: "200 ppm" }) },
  W05d: { rule: "dehp", rows: shares("PVC", { DEHP: "1000 ppm" }) },
  W06: { rule: "pbde", rows: shares("ABS", { decaBDE: "700 ppm", octaBDE: "400 ppm" }) },
  W07a: { rule: "iec-br", rows: shares("FR-4", { TBBPA: "1500 ppm" }) },
  W07b: { rule: "iec-halogens", rows: shares("FR-4", { Bromine: "880 ppm", Chlorine: "640 ppm" }) },
  W07c: { rule: "iec-halogens", rows: shares("FR-4", { Bromine: "900 ppm", Chlorine: "600 ppm" }) },
  W07d: { rule: "js709-br", rows: shares("ABS", { Bromine: "1000 ppm" }) },
  W08a: { rule: "svhc-dehp", parts: oRing, rows: [row("DEHP", "3 mg", { part_number: "O-RING" })], at: "O-RING" },
  W08b: { rule: "product-dehp", parts: oRing, rows: [row("DEHP", "3 mg", { part_number: "O-RING" })] },
  W08c: { rule: "svhc-dehp", parts: oRing, rows: [row("DEHP", "2 mg", { part_number: "O-RING" })], at: "O-RING" },
  W09a: { rule: "packaging", parts: packaging, rows: heavyMetals("5 ppm", "35 ppm") },
  W09b: { rule: "packaging", parts: packaging, rows: heavyMetals("5 ppm", "35.1 ppm") },
  W09c: { rule: "packaging", parts: packaging, rows: heavyMetals("<5 ppm", "35 ppm") },
  W09d: { rule: "packaging", parts: packaging, rows: heavyMetals("<6 ppm", "35 ppm") },
  W10a: { rule: "lead", parts: { P: { grams: "56.69904625", material: "Brass" } }, rows: [row("Lead", "0.002 oz")] },
  W10b: { rule: "lead", parts: { P: { grams: "56.69904625", material: "Brass" } }, rows: [row("Lead", "57 mg")] },
  W10c: { rule: "lead", parts: { P: { grams: "453.59237", material: "Brass" } }, rows: [row("Lead", "0.45 g")] },
  W11a: { rule: "pop-pfoa", rows: [row("PFOA", "25 ppb")] },
  W11b: {
    rule: "ppwr-pfas",
    parts: foodContact,
    rows: [row("PFOA", "25 ppb")],
    options: { asOf: "2026-08-12" }
  },
  W12a: { rule: "lead", rows: shares("Solder", { Lead: "0.05-0.09 %" }) },
  W12b: { rule: "lead", rows: shares("Solder", { Lead: "0.05-0.15 %" }) },
  W12c: { rule: "lead", rows: shares("Solder", { Lead: "0.11-0.15 %" }) },
  W12d: { rule: "cadmium", rows: shares("Plating", { Cadmium: "<0.01 %" }) },
  W12e: { rule: "cadmium", rows: shares("Plating", { Cadmium: "<0.1 %" }) },
  W12f: {
    rule: "xvii-51",
    rows: [{ part_number: "P", substance: "Phthalates (sum)", amount: "<0.1 %", material: "PVC" }]
  },
  W12g: {
    rule: "xvii-51",
    rows: [{ part_number: "P", substance: "Phthalates (sum)", amount: "<=0.1 %", material: "PVC" }]
  },
  W13: {
    rule: "lead",
    rows: [{ part_number: "P", substance: "Epoxy resin", amount: "94 mg", ...material("Resin", "100") }]
  },
  W14a: { rule: "xvii-20", rows: [row("Dibutyltin dilaurate", "5000 ppm")] },
  W14b: { rule: "xvii-20", rows: [row("Dibutyltin dilaurate", "6000 ppm")] },
  W15a: { rule: "battery-lead", parts: battery, rows: [row("Lead", "0.01 %")] },
  W15b: { rule: "battery-mercury", parts: battery, rows: [row("Mercury", "6 ppm")] },
  W16a: { rule: "lead", rows: [row("Lead", "4.0 %", { ...material("Brass"), exemption: "6(c)" })] },
  W16b: { rule: "lead", rows: [row("Lead", "4.2 %", { ...material("Brass"), exemption: "6(c)" })] },
  W17: {
    rule: "svhc-dehp",
    parts: {
      P: {
        contains: [
          ["A", "2"],
          ["B", "1"]
        ]
      },
      A: {
        contains: [
          ["HOUSING", "1"],
          ["C", "4"]
        ]
      },
      B: { grams: "30" },
      HOUSING: { grams: "6" },
      C: { grams: "1" }
    },
    rows: [
      row("DEHP", "0.8 mg", { part_number: "C" }),
      row("DEHP", "0 %", { part_number: "B" }),
      row("DEHP", "0 %", { part_number: "HOUSING" })
    ],
    at: "C"
  }
}
