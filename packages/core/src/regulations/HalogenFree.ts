/** Halogens in materials: halogen-free by IEC 61249-2-21, low-halogen by JEDEC JS709. */
import type { Rule, RuleSet, Source } from "../engine/Rule.ts"
import { brominated, chlorinated, polybrominatedBiphenyls, polybrominatedDiphenylEthers } from "./data/Halogens.ts"
import { joined } from "./data/Listed.ts"

const bromine = joined(brominated, polybrominatedBiphenyls, polybrominatedDiphenylEthers)

const halogen = (
  id: string,
  name: string,
  limitPpm: string,
  counted: Pick<Rule, "element" | "members" | "comparison" | "source"> & Partial<Rule>
): Rule => ({
  id,
  name,
  level: "homogeneous-material",
  limitPpm,
  basis: "element",
  aggregation: "sum",
  outcome: "non-compliant",
  ...counted
})

const known =
  "Elements are counted in the compounds named here; a halogenated substance that is not named, or whose molecule is not known, is not counted or leaves the share open."

const iec: Source = {
  text: "IEC 61249-2-21",
  url: "https://www.pinfa.eu",
  standing: "secondary",
  taken: "2026-11-23"
}

export const halogenFree: RuleSet = {
  id: "halogen-free",
  version: "IEC 61249-2-21",
  title: "Halogen-free (IEC 61249-2-21)",
  notice: `The standard is for base materials of printed boards; industry takes it for every homogeneous material. ${known}`,
  rules: [
    halogen("chlorine", "Chlorine", "900", { comparison: "above", element: "Cl", members: chlorinated, source: iec }),
    halogen("bromine", "Bromine", "900", { comparison: "above", element: "Br", members: bromine, source: iec }),
    halogen("chlorine-bromine", "Chlorine and bromine together", "1500", {
      comparison: "above",
      element: "Cl+Br",
      members: joined(chlorinated, bromine),
      source: iec
    })
  ],
  exemptions: []
}

const js709: Source = { text: "JEDEC JS709", url: "https://www.pinfa.eu", standing: "secondary", taken: "2026-11-23" }
const origin = { note: "Plastics, where the halogen comes from a flame retardant, PVC or another chlorinated polymer." }

export const lowHalogen: RuleSet = {
  id: "low-halogen",
  version: "JS709",
  title: "Low-halogen (JEDEC JS709)",
  notice: `Below 1000 ppm each, so that 1000 ppm fails. ${known}`,
  rules: [
    halogen("chlorine", "Chlorine", "1000", {
      comparison: "at-or-above",
      element: "Cl",
      members: chlorinated,
      scope: origin,
      source: js709
    }),
    halogen("bromine", "Bromine", "1000", {
      comparison: "at-or-above",
      element: "Br",
      members: bromine,
      scope: origin,
      source: js709
    })
  ],
  exemptions: []
}
