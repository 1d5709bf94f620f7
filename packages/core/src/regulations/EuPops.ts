/** EU POPs Regulation: what Annex I tolerates as an unintentional trace. */
import type { Rule, RuleSet, Source } from "../engine/Rule.ts"
import { pfhxs, pfhxsRelated, pfoa, pfoaRelated, pfos, pfosRelated } from "./data/Fluorinated.ts"
import { listedDiphenylEthers } from "./data/Halogens.ts"
import { type Members, table } from "./data/Listed.ts"

const source = (act: string, url?: string, standing: Source["standing"] = "secondary"): Source => ({
  text: `(EU) 2019/1021 Annex I${act === "" ? "" : `, ${act}`}`,
  standing,
  taken: "2026-11-25",
  ...(url === undefined ? {} : { url })
})

/** "Equal to or below" is tolerated, so a trace fails above its limit. */
const trace = (
  id: string,
  name: string,
  limitPpm: string,
  members: Members,
  from: Source,
  rest: Partial<Rule> = {}
): Rule => ({
  id,
  name,
  level: "article",
  comparison: "above",
  limitPpm,
  basis: "compound",
  aggregation: "sum",
  members,
  outcome: "non-compliant",
  source: from,
  ...rest
})

const hexabromocyclododecane = table(`
25637-99-4|247-148-4|C12H18Br6|hexabromocyclododecane;hbcdd;hbcd;hexabromocyclododecane (hbcdd)
3194-55-6|221-695-9|C12H18Br6|1,2,5,6,9,10-hexabromocyclododecane
134237-50-6||C12H18Br6|alpha-hexabromocyclododecane
134237-51-7||C12H18Br6|beta-hexabromocyclododecane
134237-52-8||C12H18Br6|gamma-hexabromocyclododecane
`)
const shortParaffins = table(
  "85535-84-8|287-476-5||alkanes, c10-13, chloro;short chain chlorinated paraffins;short-chain chlorinated paraffins;sccp;sccps"
)
const dechloranePlus = table(`
13560-89-9|236-948-9|C18H12Cl12|dechlorane plus
135821-03-3||C18H12Cl12|dechlorane plus, syn
135821-74-8||C18H12Cl12|dechlorane plus, anti
`)
const uv328 = table("25973-55-1|247-384-8|C22H29N3O|2-(2h-benzotriazol-2-yl)-4,6-ditertpentylphenol;uv-328")
const pentachlorophenol = table("87-86-5|201-778-6|C6HCl5O|pentachlorophenol;pcp")
const hexachlorobenzene = table("118-74-1|204-273-9|C6Cl6|hexachlorobenzene;hcb")

const pbde2025 = source("(EU) 2025/1482", "https://eur-lex.europa.eu/eli/reg_del/2025/1482/oj")
const pfas = source("(EU) 2020/784", undefined, "unchecked")
const pfos2025 = source(
  "(EU) 2025/718",
  "https://www.intertek.com/products-retail/insight-bulletins/2025/1482-eu-pfos-limit-update-pops-regulation"
)
const pfhxs2023 = source(
  "(EU) 2023/1608",
  "https://www.toxpartner.com/articles/addition-of-pfhxs-its-salts-and-pfhxs-related-compounds-to-eu-pops-regulation/",
  "unchecked"
)
const hbcdd2024 = source("(EU) 2024/2555", "https://eurlexa.com/act/en/32024R2555/present/text")
const paraffins2015 = source(
  "(EU) 2015/2030",
  "https://www.ul.com/news/european-commission-amends-regulation-ec-no-8502004-annex-1-entry-sccp"
)
const uv2025 = source(
  "(EU) 2025/843",
  "https://chemical.chemlinked.com/news/chemical-news/european-commission-amends-eu-pops-regulation-for-uv-328-and-pfoa"
)
const dechlorane2025 = source(
  "(EU) 2025/1930",
  "https://www.ul.com/news/chemicals-eu-lists-dechlorane-plus-prohibited-persistent-organic-pollutant"
)

const recovered = { categories: ["recovered-material"] }
const notRecovered = { exceptCategories: ["recovered-material"] }
const insulation = "recycled-polystyrene-insulation"
/** The name by which all of them together are declared. */
const pbdeName = "PBDEs"

export const euPops: RuleSet = {
  id: "eu-pops",
  version: "2026-11-25",
  title: "EU POPs Regulation (EU) 2019/1021, Annex I",
  notice:
    "Ten entries of Annex I with the limits of unintentional traces; other entries, intended uses that are still allowed, and limits for mixtures and foams are left out. Every number is to be checked against the consolidated text. Groups defined by structure are found only by the members named here.",
  rules: [
    trace("pbde-until-2025", pbdeName, "500", listedDiphenylEthers, source("", undefined, "secondary"), {
      scope: notRecovered,
      effectiveTo: "2025-11-16"
    }),
    trace("pbde", pbdeName, "10", listedDiphenylEthers, pbde2025, {
      scope: { ...notRecovered, note: "Equipment under RoHS has its own limit for decaBDE." },
      effectiveFrom: "2025-11-17"
    }),
    trace("pbde-recovered-until-2025", pbdeName, "500", listedDiphenylEthers, pbde2025, {
      scope: recovered,
      effectiveTo: "2025-12-29"
    }),
    trace("pbde-recovered-until-2027", pbdeName, "350", listedDiphenylEthers, pbde2025, {
      scope: recovered,
      effectiveFrom: "2025-12-30",
      effectiveTo: "2027-12-29"
    }),
    trace("pbde-recovered", pbdeName, "200", listedDiphenylEthers, pbde2025, {
      scope: recovered,
      effectiveFrom: "2027-12-30"
    }),
    trace("pbde-toys", pbdeName, "10", listedDiphenylEthers, pbde2025, {
      scope: { categories: ["toy", "childcare"], note: "Also of recovered material." },
      effectiveFrom: "2027-05-17"
    }),
    trace("pfoa", "PFOA and its salts", "0.025", pfoa, pfas, { effectiveFrom: "2020-07-04" }),
    trace("pfoa-related", "PFOA-related compounds", "1", pfoaRelated, pfas, { effectiveFrom: "2020-07-04" }),
    trace("pfos-until-2025", "PFOS and its derivatives", "1000", [...pfos, ...pfosRelated], pfos2025, {
      comparison: "at-or-above",
      effectiveTo: "2025-12-02"
    }),
    trace("pfos", "PFOS and its salts", "0.025", pfos, pfos2025, { effectiveFrom: "2025-12-03" }),
    trace("pfos-related", "PFOS-related compounds", "1", pfosRelated, pfos2025, { effectiveFrom: "2025-12-03" }),
    trace("pfhxs", "PFHxS and its salts", "0.025", pfhxs, pfhxs2023, { effectiveFrom: "2023-08-28" }),
    trace("pfhxs-related", "PFHxS-related compounds", "1", pfhxsRelated, pfhxs2023, { effectiveFrom: "2023-08-28" }),
    trace("hbcdd-until-2024", "HBCDD", "100", hexabromocyclododecane, hbcdd2024, { effectiveTo: "2024-10-16" }),
    trace("hbcdd", "HBCDD", "75", hexabromocyclododecane, hbcdd2024, {
      scope: { exceptCategories: [insulation] },
      effectiveFrom: "2024-10-17"
    }),
    trace("hbcdd-insulation", "HBCDD in insulation of recycled polystyrene", "100", hexabromocyclododecane, hbcdd2024, {
      scope: { categories: [insulation] },
      effectiveFrom: "2024-10-17"
    }),
    trace("sccp", "SCCP", "1500", shortParaffins, paraffins2015, {
      comparison: "at-or-above",
      scope: {
        note: "Allowed are articles below 0.15 %; conveyor belts and sealants in use before have their own rules."
      },
      effectiveFrom: "2015-12-04"
    }),
    trace("dechlorane-plus-until-2028", "Dechlorane Plus", "1000", dechloranePlus, dechlorane2025, {
      effectiveFrom: "2025-10-15",
      effectiveTo: "2028-04-14"
    }),
    trace("dechlorane-plus", "Dechlorane Plus", "1", dechloranePlus, dechlorane2025, { effectiveFrom: "2028-04-15" }),
    trace("uv-328-until-2027", "UV-328", "100", uv328, uv2025, {
      effectiveFrom: "2025-08-04",
      effectiveTo: "2027-08-03"
    }),
    trace("uv-328-until-2029", "UV-328", "10", uv328, uv2025, {
      effectiveFrom: "2027-08-04",
      effectiveTo: "2029-08-03"
    }),
    trace("uv-328", "UV-328", "1", uv328, uv2025, { effectiveFrom: "2029-08-04" }),
    trace(
      "pcp",
      "Pentachlorophenol, its salts and esters",
      "5",
      pentachlorophenol,
      source("(EU) 2021/277", "https://simmchem.com/2021/vo-2021-277/"),
      {
        effectiveFrom: "2021-03-15"
      }
    ),
    trace(
      "hcb",
      "Hexachlorobenzene",
      "10",
      hexachlorobenzene,
      source("", "https://hqts.ru/news/eu-limit-hexachlorobenzene/"),
      {
        effectiveFrom: "2022-12-13"
      }
    )
  ],
  exemptions: []
}
