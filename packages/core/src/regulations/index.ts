/** Rule packs that come with Certivo. */
import type { RuleSet } from "../engine/Rule.ts"
import { documentLimits } from "./DocumentLimits.ts"
import { euRohs } from "./EuRohs.ts"

export { documentLimits, euRohs }

/** Packs that can be added by name, apart from the documents' own limits. */
export const packs: ReadonlyMap<string, RuleSet> = new Map([[euRohs.id, euRohs]])
