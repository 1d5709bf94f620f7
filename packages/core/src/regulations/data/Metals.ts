/**
 * Lead, mercury, cadmium and hexavalent chromium with compounds of them that parts are declared with.
 * Numbers and names of the candidate list are ECHA's; the other CAS numbers were written from memory and pass
 * their check digits. A compound that is no single molecule has no formula, so that its share stays unknown.
 */
import { table } from "./Listed.ts"

export const lead = /* @__PURE__ */ table(`
7439-92-1|231-100-4|Pb|lead;pb
1317-36-8|215-267-0|PbO|lead monoxide;lead oxide;lead(ii) oxide;lead monoxide (lead oxide);pbo
1309-60-0|215-174-5|PbO2|lead dioxide;lead(iv) oxide;pbo2
1314-41-6|215-235-6|Pb3O4|orange lead (lead tetroxide);lead tetroxide;red lead;trilead tetraoxide;pb3o4
19783-14-3|243-310-3|PbO2H2|lead hydroxide;lead(ii) hydroxide
7758-97-6|231-846-0|PbCrO4|lead chromate;lead(ii) chromate;pbcro4
1344-37-2|215-693-7||lead sulfochromate yellow;lead sulfochromate yellow (c.i. pigment yellow 34);c.i. pigment yellow 34
12656-85-8|235-759-9||lead chromate molybdate sulfate red;lead chromate molybdate sulphate red (c.i. pigment red 104);c.i. pigment red 104
7446-14-2|231-198-9|PbSO4|lead sulfate;lead(ii) sulfate;pbso4
12036-76-9|234-853-7|Pb2SO5|lead oxide sulfate;basic lead sulfate
12065-90-6|235-067-7|Pb5SO8|pentalead tetraoxide sulphate;pentalead tetraoxide sulfate
12202-17-4|235-380-9|Pb4SO7|tetralead trioxide sulphate;tetralead trioxide sulfate;tribasic lead sulfate
62229-08-7|263-467-1||sulfurous acid, lead salt, dibasic
598-63-0|209-943-4|PbCO3|lead carbonate;lead(ii) carbonate
1319-46-6|215-290-6|Pb3C2H2O8|trilead bis(carbonate) dihydroxide;basic lead carbonate;white lead
301-04-2|206-104-4|PbC4H6O4|lead di(acetate);lead acetate;lead(ii) acetate
6080-56-4||PbC4H12O7|lead acetate trihydrate;lead(ii) acetate trihydrate
1335-32-6|215-630-3|Pb3C4H10O8|lead subacetate
51404-69-4|257-175-3||acetic acid, lead salt, basic
1314-87-0|215-246-6|PbS|lead sulfide;lead(ii) sulfide
12069-00-0|235-109-4|PbSe|lead selenide
1314-91-6|215-247-1|PbTe|lead telluride
7758-95-4|231-845-5|PbCl2|lead chloride;lead(ii) chloride;lead dichloride
7783-46-2|231-998-8|PbF2|lead fluoride;lead(ii) fluoride;lead difluoride
10101-63-0|233-256-9|PbI2|lead iodide;lead(ii) iodide;lead diiodide
10031-22-8|233-084-4|PbBr2|lead bromide;lead(ii) bromide;lead dibromide
10099-74-8|233-245-9|PbN2O6|lead dinitrate;lead nitrate;lead(ii) nitrate
7446-27-7|231-205-5|Pb3P2O8|lead phosphate;trilead bis(orthophosphate)
12141-20-7|235-252-2|Pb3HPO5|trilead dioxide phosphonate;dibasic lead phosphite
7784-40-9|232-064-2|PbHAsO4|lead hydrogen arsenate
3687-31-8|222-979-5|Pb3As2O8|trilead diarsenate
10190-55-3|233-459-2|PbMoO4|lead molybdate
7759-01-5|231-849-7|PbWO4|lead tungstate
12060-00-3|235-038-9|PbTiO3|lead titanium trioxide;lead titanate
12060-01-4||PbZrO3|lead zirconate
12626-81-2|235-727-4||lead titanium zirconium oxide;lead zirconate titanate;pzt
10099-76-0|233-246-4|PbSiO3|lead silicate;lead metasilicate
11120-22-2|234-363-3||silicic acid, lead salt
68784-75-8|272-271-5||silicic acid (h2si2o5), barium salt (1:1), lead-doped
8012-00-8|232-382-1||pyrochlore, antimony lead yellow
20837-86-9|244-073-9|PbCN2|lead cyanamidate
13814-96-5|237-486-0|PbB2F8|lead bis(tetrafluoroborate);lead fluoroborate
17570-76-2|401-750-5|PbC2H6O6S2|lead(ii) bis(methanesulfonate);lead methanesulfonate
13424-46-9|236-542-1|PbN6|lead diazide, lead azide;lead diazide;lead azide
15245-44-0|239-290-0|PbC6HN3O8|lead styphnate
6477-64-1|229-335-2|PbC12H4N6O14|lead dipicrate
78-00-2|201-075-4|PbC8H20|tetraethyllead
1072-35-1|214-005-2|PbC36H70O4|lead distearate;lead stearate
12578-12-0|235-702-8|Pb3C36H70O6|dioxobis(stearato)trilead;dibasic lead stearate
69011-06-9|273-688-5|Pb3C8H4O6|[phthalato(2-)]dioxotrilead;dibasic lead phthalate
91031-62-8|292-966-7||fatty acids, c16-18, lead salts
61790-14-5|263-109-4||lead naphthenate
||Pb|lead and lead compounds;lead/lead compounds;lead and its compounds
|||lead compounds
`)

export const mercury = /* @__PURE__ */ table(`
7439-97-6|231-106-7|Hg|mercury;hg
21908-53-2|244-654-7|HgO|mercury oxide;mercury(ii) oxide;mercuric oxide
1344-48-5|215-696-3|HgS|mercury sulfide;mercury(ii) sulfide;mercuric sulfide;cinnabar
7487-94-7|231-299-8|HgCl2|mercury dichloride;mercury(ii) chloride;mercuric chloride
10112-91-1|233-307-5|Hg2Cl2|dimercury dichloride;mercury(i) chloride;mercurous chloride;calomel
7783-35-9|231-992-5|HgSO4|mercury sulfate;mercury(ii) sulfate;mercuric sulfate
10045-94-0|233-152-3|HgN2O6|mercury dinitrate;mercury(ii) nitrate;mercuric nitrate
7774-29-0|231-873-8|HgI2|mercury diiodide;mercury(ii) iodide
1600-27-7|216-491-1|HgC4H6O4|mercury di(acetate);mercury(ii) acetate;mercuric acetate
592-85-8|209-773-0|HgC2N2S2|mercury dithiocyanate;mercury(ii) thiocyanate
628-86-4|211-057-8|HgC2N2O2|mercury difulminate;mercury fulminate
593-74-8|209-805-3|HgC2H6|dimethylmercury
115-09-3|204-064-2|HgCH3Cl|methylmercury chloride;chloromethylmercury
62-38-4|200-532-5|HgC8H8O2|phenylmercury acetate;phenylmercuric acetate
||Hg|mercury and mercury compounds;mercury/mercury compounds;mercury and its compounds
|||mercury compounds
`)

export const cadmium = /* @__PURE__ */ table(`
7440-43-9|231-152-8|Cd|cadmium;cd
1306-19-0|215-146-2|CdO|cadmium oxide;cdo
12139-21-8||CdO|monteponite (cdo);monteponite
1306-23-6|215-147-8|CdS|cadmium sulphide;cadmium sulfide;cds
1306-24-7|215-148-3|CdSe|cadmium selenide
1306-25-8|215-149-9|CdTe|cadmium telluride
58339-34-7|261-218-1||cadmium sulfoselenide red;c.i. pigment red 108
8048-07-5|232-466-8||cadmium zinc sulfide yellow;c.i. pigment yellow 35
21041-95-2|244-168-5|CdO2H2|cadmium hydroxide
513-78-0|208-168-9|CdCO3|cadmium carbonate
10108-64-2|233-296-7|CdCl2|cadmium chloride
7790-78-5|640-998-0|Cd2Cl4H10O5|cadmium chloride (cdcl2), hydrate (2:5)
7790-79-6|232-222-0|CdF2|cadmium fluoride
7789-42-6|232-165-1|CdBr2|cadmium bromide
7790-80-9|232-223-6|CdI2|cadmium iodide
10325-94-7|233-710-6|CdN2O6|cadmium nitrate
10022-68-1||CdN2O10H8|cadmium nitrate tetrahydrate
10124-36-4|233-331-6|CdSO4|cadmium sulphate;cadmium sulfate
31119-53-6|||cadmium sulphate;sulfuric acid, cadmium salt
15244-35-6|626-360-4||sulfuric acid, cadmium salt (1:1), hydrate
7790-84-3|616-572-5|Cd3S3O20H16|sulfuric acid, cadmium salt, hydrate (3:3:8)
543-90-8|208-853-2|CdC4H6O4|cadmium acetate;cadmium di(acetate)
2223-93-0|218-743-6|CdC36H70O4|cadmium stearate;cadmium distearate
||Cd|cadmium and cadmium compounds;cadmium/cadmium compounds;cadmium and its compounds
|||cadmium compounds
`)

/** Dichromium tris(chromate) has no formula here: two of its five chromium atoms are trivalent. */
export const hexavalentChromium = /* @__PURE__ */ table(`
18540-29-9||Cr|hexavalent chromium;chromium vi;chromium (vi);cr(vi);cr6+;crvi
1333-82-0|215-607-8|CrO3|chromium trioxide;chromium(vi) oxide;cro3
7738-94-5|231-801-5|CrH2O4|chromic acid
13530-68-2|236-881-5|Cr2H2O7|dichromic acid
7775-11-3|231-889-5|Na2CrO4|sodium chromate
10588-01-9|234-190-3|Na2Cr2O7|sodium dichromate
7789-12-0||Na2Cr2O9H4|sodium dichromate dihydrate
7789-00-6|232-140-5|K2CrO4|potassium chromate
7778-50-9|231-906-6|K2Cr2O7|potassium dichromate
7788-98-9|232-138-4|N2H8CrO4|ammonium chromate
7789-09-5|232-143-1|N2H8Cr2O7|ammonium dichromate
14307-35-8|238-244-7|Li2CrO4|lithium chromate
13765-19-0|237-366-8|CaCrO4|calcium chromate
7789-06-2|232-142-6|SrCrO4|strontium chromate
10294-40-3|233-660-5|BaCrO4|barium chromate
7784-01-2|232-043-8|Ag2CrO4|silver chromate
13530-65-9|236-878-9|ZnCrO4|zinc chromate
11103-86-9|234-329-8|KZn2Cr2O9H|potassium hydroxyoctaoxodizincatedichromate;zinc potassium chromate
49663-84-5|256-418-0|Zn5CrO12H8|pentazinc chromate octahydroxide;zinc tetroxychromate
24613-89-6|246-356-2||dichromium tris(chromate);chromium(iii) chromate
14977-61-8|239-056-8|CrO2Cl2|chromyl dichloride;chromyl chloride
7758-97-6|231-846-0|PbCrO4|lead chromate;lead(ii) chromate;pbcro4
1344-37-2|215-693-7||lead sulfochromate yellow;lead sulfochromate yellow (c.i. pigment yellow 34);c.i. pigment yellow 34
12656-85-8|235-759-9||lead chromate molybdate sulfate red;lead chromate molybdate sulphate red (c.i. pigment red 104);c.i. pigment red 104
|||acids generated from chromium trioxide and their oligomers
|||oligomers of chromic acid and dichromic acid
||Cr|hexavalent chromium/hexavalent chromium compounds;hexavalent chromium and its compounds;chromium (hexavalent compounds);hexavalent chromium compounds;chromium(vi) compounds;chromium (vi) compounds
`)
