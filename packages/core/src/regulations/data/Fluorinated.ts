/**
 * Per- and polyfluorinated substances that are measured one by one, and polymers of them. The laws define these
 * groups by structure; a table can only name members, so one that is not named here is not found.
 */
import { joined, table } from "./Listed.ts"

export const pfoa = /* @__PURE__ */ table(`
335-67-1|206-397-9|C8HF15O2|perfluorooctanoic acid;pentadecafluorooctanoic acid;pfoa
3825-26-1|223-320-4|C8H4F15NO2|ammonium pentadecafluorooctanoate;ammonium perfluorooctanoate;apfo
335-95-5|206-404-5|C8F15NaO2|sodium perfluorooctanoate
2395-00-8|219-248-8|C8F15KO2|potassium perfluorooctanoate
`)

export const pfoaRelated = /* @__PURE__ */ table(`
678-39-7|211-648-0|C10H5F17O|8:2 fluorotelomer alcohol;8:2 ftoh
27905-45-9|248-722-7|C13H7F17O2|8:2 fluorotelomer acrylate
1996-88-9|217-877-2|C14H9F17O2|8:2 fluorotelomer methacrylate
`)

export const pfos = /* @__PURE__ */ table(`
1763-23-1|217-179-8|C8HF17O3S|perfluorooctane sulfonic acid;perfluorooctanesulfonic acid;heptadecafluorooctane-1-sulfonic acid;pfos
2795-39-3|220-527-1|C8F17KO3S|potassium perfluorooctanesulfonate
29081-56-9|249-415-0|C8H4F17NO3S|ammonium perfluorooctanesulfonate
29457-72-5|249-644-6|C8F17LiO3S|lithium perfluorooctanesulfonate
`)

export const pfosRelated = /* @__PURE__ */ table(`
754-91-6|212-046-0|C8H2F17NO2S|perfluorooctanesulfonamide;pfosa;fosa
307-35-7|206-200-6|C8F18O2S|perfluorooctanesulfonyl fluoride;posf
1691-99-2|216-887-4|C12H10F17NO3S|n-ethyl perfluorooctane sulfonamidoethanol;n-etfose
`)

export const pfhxs = /* @__PURE__ */ table(`
355-46-4|206-587-1|C6HF13O3S|perfluorohexane-1-sulphonic acid;perfluorohexanesulfonic acid;pfhxs
3871-99-6|223-393-2|C6F13KO3S|potassium perfluorohexane-1-sulphonate
68259-08-5|269-511-6|C6H4F13NO3S|ammonium perfluorohexane-1-sulphonate
82382-12-5||C6F13NaO3S|sodium perfluorohexane-1-sulphonate
55120-77-9||C6F13LiO3S|lithium perfluorohexane-1-sulphonate
`)

export const pfhxsRelated = /* @__PURE__ */ table(`
423-50-7||C6F14O2S|perfluorohexanesulfonyl fluoride
41997-13-1||C6H2F13NO2S|perfluorohexanesulfonamide
`)

/** Acids with 9 to 14 carbon atoms and their salts. */
export const longChainAcids = /* @__PURE__ */ table(`
375-95-1|206-801-3|C9HF17O2|perfluorononan-1-oic-acid;perfluorononanoic acid;pfna
4149-60-4||C9H4F17NO2|ammonium salts of perfluorononan-1-oic-acid
21049-39-8||C9F17NaO2|sodium salts of perfluorononan-1-oic-acid
335-76-2|206-400-3|C10HF19O2|nonadecafluorodecanoic acid;perfluorodecanoic acid;pfda
3108-42-7|221-470-5|C10H4F19NO2|ammonium nonadecafluorodecanoate
3830-45-3||C10F19NaO2|sodium nonadecafluorodecanoate
2058-94-8|218-165-4|C11HF21O2|henicosafluoroundecanoic acid;perfluoroundecanoic acid;pfunda
307-55-1|206-203-2|C12HF23O2|tricosafluorododecanoic acid;perfluorododecanoic acid;pfdoda
72629-94-8|276-745-2|C13HF25O2|pentacosafluorotridecanoic acid;perfluorotridecanoic acid;pftrda
376-06-7|206-803-4|C14HF27O2|heptacosafluorotetradecanoic acid;perfluorotetradecanoic acid;pfteda
`)

export const longChainRelated = /* @__PURE__ */ table(`
865-86-1|212-748-7|C12H5F21O|10:2 fluorotelomer alcohol;10:2 ftoh
39239-77-5||C14H5F25O|12:2 fluorotelomer alcohol;12:2 ftoh
17741-60-5|241-732-2|C15H7F21O2|10:2 fluorotelomer acrylate
`)

export const pfhxa = /* @__PURE__ */ table(`
307-24-4|206-196-6|C6HF11O2|undecafluorohexanoic acid;perfluorohexanoic acid;pfhxa
21615-47-4|244-479-6|C6H4F11NO2|ammonium undecafluorohexanoate;ammonium perfluorohexanoate
2923-26-4|220-881-7|C6F11NaO2|sodium perfluorohexanoate
`)

export const pfhxaRelated = /* @__PURE__ */ table(`
647-42-7|211-477-1|C8H5F13O|6:2 fluorotelomer alcohol;6:2 ftoh
17527-29-6|241-527-8|C11H7F13O2|6:2 fluorotelomer acrylate
2144-53-8|218-407-9|C12H9F13O2|6:2 fluorotelomer methacrylate
27619-97-2|248-580-6|C8H5F13O3S|6:2 fluorotelomer sulfonic acid;6:2 fts
`)

const others = /* @__PURE__ */ table(`
375-22-4|206-786-3|C4HF7O2|heptafluorobutyric acid;perfluorobutanoic acid;pfba
2706-90-3|220-300-7|C5HF9O2|nonafluorovaleric acid;perfluoropentanoic acid;pfpea
375-85-9|206-798-9|C7HF13O2|perfluoroheptanoic acid;pfhpa
375-73-5|206-793-1|C4HF9O3S|1,1,2,2,3,3,4,4,4-nonafluorobutane-1-sulphonic acid;perfluorobutanesulfonic acid;pfbs
29420-49-3|249-616-3|C4F9KO3S|potassium 1,1,2,2,3,3,4,4,4-nonafluorobutane-1-sulphonate
375-92-8|206-800-8|C7HF15O3S|perfluoroheptanesulfonic acid;pfhps
335-77-3|206-401-9|C10HF21O3S|perfluorodecanesulfonic acid;pfds
13252-13-6|236-236-8|C6HF11O3|2,3,3,3-tetrafluoro-2-(heptafluoropropoxy)propionic acid;hfpo-da;genx
62037-80-3||C6H4F11NO3|ammonium 2,3,3,3-tetrafluoro-2-(heptafluoropropoxy)propanoate
919005-14-4|480-310-4||dodecafluoro-3h-4,8-dioxanonanoic acid;dona
`)

/** Those that a targeted analysis measures. */
export const targetedPfas = /* @__PURE__ */ joined(
  pfoa,
  pfoaRelated,
  pfos,
  pfosRelated,
  pfhxs,
  pfhxsRelated,
  longChainAcids,
  longChainRelated,
  pfhxa,
  pfhxaRelated,
  others
)

export const fluoropolymers = /* @__PURE__ */ table(`
9002-84-0||C2F4|polytetrafluoroethylene;ptfe;teflon
24937-79-9||C2H2F2|polyvinylidene fluoride;pvdf
25038-71-5||C4H4F4|ethylene tetrafluoroethylene copolymer;etfe
25067-11-2|||fluorinated ethylene propylene;fep
26655-00-5|||perfluoroalkoxy alkane;perfluoroalkoxy polymer
9011-17-0|||vinylidene fluoride hexafluoropropylene copolymer;fkm;fluoroelastomer
|||pfas;per- and polyfluoroalkyl substances;per- and polyfluoroalkyl substances (pfas)
`)
