/** The limits that declarations state themselves, row by row. */
import type { RuleSet } from "../engine/Rule.ts"
import { rohsExemptions } from "./RohsExemptions.ts"

/**
 * Each row's own `threshold_ppm` is the limit for its part and substance, at article level. What an exemption asks of
 * a material at least is left out: the share over an article says nothing of the share in its solder.
 */
export const documentLimits: RuleSet = {
  id: "document-limits",
  version: "1",
  title: "Limits stated in the declarations",
  documentLimits: true,
  rules: [],
  exemptions: rohsExemptions.map(({ minPpm: _, ...exemption }) => exemption)
}
