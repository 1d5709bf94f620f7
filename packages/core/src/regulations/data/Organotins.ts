/** Tin compounds of REACH Annex XVII, entry 20, by the number of carbon groups at the tin. */
import { table } from "./Listed.ts"

export const trisubstitutedTins = /* @__PURE__ */ table(`
56-35-9|200-268-0|C24H54OSn2|bis(tributyltin) oxide;tbto
1461-22-9|215-958-7|C12H27ClSn|tributyltin chloride
1983-10-4|217-847-9|C12H27FSn|tributyltin fluoride
76-87-9|200-990-6|C18H16OSn|fentin hydroxide;triphenyltin hydroxide
639-58-7|211-358-4|C18H15ClSn|fentin chloride;triphenyltin chloride
900-95-8|212-984-0|C20H18O2Sn|fentin acetate;triphenyltin acetate
|||tributyltin compounds;tributyltin (tbt) compounds;tbt;triphenyltin compounds;triphenyltin (tpt) compounds;tpt
`)

export const dibutyltins = /* @__PURE__ */ table(`
683-18-1|211-670-0|C8H18Cl2Sn|dibutyltin dichloride;dbtc
818-08-6|212-449-1|C8H18OSn|dibutyltin oxide
77-58-7|201-039-8|C32H64O4Sn|dibutyltin dilaurate;dbtdl
1067-33-0|213-928-8|C12H24O4Sn|dibutyltin di(acetate);dibutyltin diacetate
78-04-6|201-077-5|C12H20O4Sn|dibutyltin maleate
22673-19-4|245-152-0|C18H32O4Sn|dibutylbis(pentane-2,4-dionato-o,o')tin
|||dibutyltin compounds;dibutyltin (dbt) compounds;dbt
`)

export const dioctyltins = /* @__PURE__ */ table(`
3648-18-8|222-883-3|C40H80O4Sn|dioctyltin dilaurate
870-08-6|212-791-1|C16H34OSn|dioctyltin oxide
3542-36-7|222-583-2|C16H34Cl2Sn|dichlorodioctylstannane;dioctyltin dichloride
15571-58-1|239-622-4|C36H72O4S2Sn|2-ethylhexyl 10-ethyl-4,4-dioctyl-7-oxo-8-oxa-3,5-dithia-4-stannatetradecanoate;dote
91648-39-4|293-901-5||stannane, dioctyl-, bis(coco acyloxy) derivs.
|||dioctyltin compounds;dioctyltin (dot) compounds;dot
`)
