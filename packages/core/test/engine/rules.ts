/** The rules of the worked examples as data; the packs that come with Certivo are tested apart. */
import { ruleSetOf, source } from "./support.ts"

const lead = { cas: "7439-92-1", names: ["lead", "pb"], formula: "Pb" }
const cadmium = { cas: "7440-43-9", names: ["cadmium", "cd"], formula: "Cd" }
const mercury = { cas: "7439-97-6", names: ["mercury", "hg"], formula: "Hg" }
const hexavalent = { cas: "18540-29-9", names: ["hexavalent chromium"], formula: "Cr" }
const leadOxide = { cas: "1317-36-8", names: ["lead oxide"], formula: "PbO" }
const leadChromate = { cas: "7758-97-6", names: ["lead chromate"], formula: "PbCrO4" }
const dehp = { cas: "117-81-7", names: ["dehp"] }
const bbp = { cas: "85-68-7", names: ["bbp"] }
const dbp = { cas: "84-74-2", names: ["dbp"] }
const dibp = { cas: "84-69-5", names: ["dibp"] }
const bromine = { cas: "7726-95-6", names: ["bromine"], formula: "Br" }
const chlorine = { cas: "7782-50-5", names: ["chlorine"], formula: "Cl" }
const tbbpa = { cas: "79-94-7", names: ["tbbpa"], formula: "C15H12Br4O2" }
const pfoa = { cas: "335-67-1", names: ["pfoa"] }
const dbtdl = { cas: "77-58-7", names: ["dbtdl"], formula: "C32H64O4Sn" }

const inMaterial = { level: "homogeneous-material", comparison: "above", outcome: "non-compliant", source }
const compound = { basis: "compound", aggregation: "single" }
const element = (symbol: string) => ({ basis: "element", element: symbol, aggregation: "sum" })

export const rules: Readonly<Record<string, object>> = {
  lead: {
    ...inMaterial,
    ...element("Pb"),
    name: "Lead",
    limitPpm: "1000",
    members: [lead, leadOxide, leadChromate, { names: ["lead and lead compounds"], formula: "Pb" }]
  },
  cadmium: { ...inMaterial, ...element("Cd"), name: "Cadmium", limitPpm: "100", members: [cadmium] },
  "chromium-vi": {
    ...inMaterial,
    ...element("Cr"),
    basis: "ion",
    name: "Hexavalent chromium",
    limitPpm: "1000",
    members: [hexavalent, leadChromate, { names: ["chromium", "cr", "chromium compounds"] }]
  },
  pbde: {
    ...inMaterial,
    basis: "compound",
    aggregation: "sum",
    name: "PBDE",
    limitPpm: "1000",
    members: [
      { names: ["pbde", "polybrominated diphenyl ethers"] },
      { cas: "1163-19-5", names: ["decabde"] },
      { cas: "32536-52-0", names: ["octabde"] }
    ]
  },
  dehp: { ...inMaterial, ...compound, name: "DEHP", limitPpm: "1000", members: [dehp], listedOn: "2015-06-04" },
  "xvii-51": {
    ...inMaterial,
    comparison: "at-or-above",
    basis: "compound",
    aggregation: "sum",
    name: "Four phthalates",
    limitPpm: "1000",
    members: [dehp, bbp, dbp, dibp, { names: ["four phthalates", "phthalates (sum)"] }]
  },
  "xvii-20": {
    ...inMaterial,
    ...element("Sn"),
    level: "article",
    name: "Dibutyltin compounds",
    limitPpm: "1000",
    members: [dbtdl]
  },
  "svhc-lead-oxide": {
    ...inMaterial,
    ...compound,
    level: "article",
    outcome: "declare",
    name: "Lead monoxide",
    limitPpm: "1000",
    members: [leadOxide],
    listedOn: "2012-12-19"
  },
  "svhc-lead-chromate": {
    ...inMaterial,
    ...compound,
    level: "article",
    outcome: "declare",
    name: "Lead chromate",
    limitPpm: "1000",
    members: [leadChromate]
  },
  "svhc-dehp": {
    ...inMaterial,
    ...compound,
    level: "article",
    outcome: "declare",
    name: "DEHP",
    limitPpm: "1000",
    members: [dehp],
    listedOn: "2008-10-28"
  },
  "product-dehp": {
    ...inMaterial,
    ...compound,
    level: "product",
    outcome: "declare",
    name: "DEHP",
    limitPpm: "1000",
    members: [dehp]
  },
  "iec-br": { ...inMaterial, ...element("Br"), name: "Bromine", limitPpm: "900", members: [bromine, tbbpa] },
  "iec-halogens": {
    ...inMaterial,
    ...element("Cl+Br"),
    name: "Chlorine and bromine",
    limitPpm: "1500",
    members: [chlorine, bromine, tbbpa]
  },
  "js709-br": {
    ...inMaterial,
    ...element("Br"),
    comparison: "at-or-above",
    name: "Bromine",
    limitPpm: "1000",
    members: [bromine]
  },
  packaging: {
    ...inMaterial,
    ...element("Pb+Cd+Hg+Cr"),
    level: "packaging-component",
    name: "Lead, cadmium, mercury and hexavalent chromium",
    limitPpm: "100",
    members: [lead, cadmium, mercury, hexavalent]
  },
  "packaging-intentional": {
    ...inMaterial,
    ...compound,
    level: "packaging-component",
    comparison: "intentional",
    name: "Lead",
    members: [lead]
  },
  "pop-pfoa": {
    ...inMaterial,
    basis: "compound",
    aggregation: "sum",
    level: "article",
    name: "PFOA",
    limitPpm: "0.025",
    members: [pfoa]
  },
  "ppwr-pfas": {
    ...inMaterial,
    ...compound,
    level: "packaging-component",
    comparison: "at-or-above",
    name: "PFAS",
    limitPpm: "0.025",
    members: [pfoa],
    scope: { categories: ["food-contact"] },
    effectiveFrom: "2026-08-12"
  },
  "battery-lead": { ...inMaterial, ...element("Pb"), level: "battery", name: "Lead", limitPpm: "100", members: [lead] },
  "battery-mercury": {
    ...inMaterial,
    ...element("Hg"),
    level: "battery",
    name: "Mercury",
    limitPpm: "5",
    members: [mercury]
  }
}

const exemption = (id: string, maxPpm: string | undefined, lastDay: string) => ({
  id,
  members: [lead, leadOxide],
  scope: "the test",
  ...(maxPpm === undefined ? {} : { maxPpm }),
  lastDay,
  source
})

/** A set of some of the rules; caps and dates of the exemptions as the worked examples state them. */
export const setOf = (ids: ReadonlyArray<string>, more: object = {}) =>
  ruleSetOf({
    id: "eu-rohs",
    rules: ids.map((id) => ({ ...rules[id], id })),
    exemptions: [
      exemption("6(a)", "3500", "2026-12-11"),
      exemption("6(a)-I", "3500", "2027-06-30"),
      exemption("6(c)", "40000", "2027-06-30"),
      exemption("7(c)-I", undefined, "2027-06-30")
    ],
    ...more
  })
