/** Conflict minerals: tin, tantalum, tungsten and gold in a product call for their smelters. */
import type { Rule, RuleSet } from "../engine/Rule.ts"
import { type Members, table } from "./data/Listed.ts"
import { dibutyltins, dioctyltins, trisubstitutedTins } from "./data/Organotins.ts"

const mineral = (id: string, name: string, element: string, members: Members): Rule => ({
  id,
  name,
  level: "presence",
  comparison: "present",
  basis: "element",
  element,
  aggregation: "sum",
  members,
  outcome: "declare",
  source: {
    text: "Dodd-Frank Act section 1502, 17 CFR 240.13p-1; (EU) 2017/821",
    standing: "unchecked",
    taken: "2026-11-23"
  }
})

export const conflictMinerals: RuleSet = {
  id: "conflict-minerals",
  version: "2017/821",
  title: "Conflict minerals (tin, tantalum, tungsten, gold)",
  notice:
    "Whether the metal is necessary to function or production is for a person to judge; there is no lower limit. What is owed is the source, as in a Conflict Minerals Reporting Template.",
  rules: [
    mineral("tin", "Tin", "Sn", [
      ...table(`
7440-31-5|231-141-8|Sn|tin;sn;zinn
18282-10-5|242-159-0|SnO2|tin dioxide;tin(iv) oxide;tin oxide
21651-19-4|244-499-5|SnO|tin monoxide;tin(ii) oxide
7772-99-8|231-868-0|SnCl2|tin dichloride;tin(ii) chloride;stannous chloride
7488-55-3|231-302-2|SnSO4|tin sulfate;tin(ii) sulfate
301-10-0|206-108-6|C16H30O4Sn|tin bis(2-ethylhexanoate);stannous octoate
50926-11-9|||indium tin oxide;ito
`),
      ...dibutyltins,
      ...dioctyltins,
      ...trisubstitutedTins
    ]),
    mineral(
      "tantalum",
      "Tantalum",
      "Ta",
      table(`
7440-25-7|231-135-5|Ta|tantalum;ta;tantal
1314-61-0|215-238-2|Ta2O5|tantalum pentoxide;ditantalum pentaoxide;tantalum oxide
12070-06-3|235-118-3|TaC|tantalum carbide
12033-62-4|234-788-4|TaN|tantalum nitride
`)
    ),
    mineral(
      "tungsten",
      "Tungsten",
      "W",
      table(`
7440-33-7|231-143-9|W|tungsten;w;wolfram
12070-12-1|235-123-0|WC|tungsten carbide
1314-35-8|215-231-4|WO3|tungsten trioxide;tungsten(vi) oxide;tungsten oxide
7783-82-6|232-029-1|WF6|tungsten hexafluoride
7759-01-5|231-849-7|PbWO4|lead tungstate
`)
    ),
    mineral(
      "gold",
      "Gold",
      "Au",
      table(`
7440-57-5|231-165-9|Au|gold;au
13967-50-5|237-748-4|KAuC2N2|potassium dicyanoaurate;gold potassium cyanide;potassium gold cyanide
16903-35-8|240-948-4|HAuCl4|hydrogen tetrachloroaurate;tetrachloroauric acid
`)
    )
  ],
  exemptions: []
}
