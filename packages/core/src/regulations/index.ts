/** Rule packs that come with Certivo. */
import type { RuleSet } from "../engine/Rule.ts"
import { conflictMinerals } from "./ConflictMinerals.ts"
import { documentLimits } from "./DocumentLimits.ts"
import { euBattery } from "./EuBattery.ts"
import { euPops } from "./EuPops.ts"
import { euReachSvhc } from "./EuReachSvhc.ts"
import { euReachXiv } from "./EuReachXiv.ts"
import { euReachXvii } from "./EuReachXvii.ts"
import { euRohs } from "./EuRohs.ts"
import { halogenFree, lowHalogen } from "./HalogenFree.ts"
import { packagingMetals, ppwrPfas, usTpch } from "./Packaging.ts"
import { prop65 } from "./Prop65.ts"
import { tscaPbt } from "./TscaPbt.ts"

export {
  conflictMinerals,
  documentLimits,
  euBattery,
  euPops,
  euReachSvhc,
  euReachXiv,
  euReachXvii,
  euRohs,
  halogenFree,
  lowHalogen,
  packagingMetals,
  ppwrPfas,
  prop65,
  tscaPbt,
  usTpch
}

const byId = (sets: ReadonlyArray<RuleSet>): ReadonlyMap<string, RuleSet> => new Map(sets.map((set) => [set.id, set]))

/** Packs that can be added by name, apart from the documents' own limits. Whoever needs one alone imports that one. */
export const packs: ReadonlyMap<string, RuleSet> = /* @__PURE__ */ byId([
  euRohs,
  euReachSvhc,
  euReachXiv,
  euReachXvii,
  euPops,
  euBattery,
  packagingMetals,
  ppwrPfas,
  usTpch,
  halogenFree,
  lowHalogen,
  tscaPbt,
  prop65,
  conflictMinerals
])
