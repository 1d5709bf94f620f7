/**
 * Bromine and chlorine compounds: the congeners of PBB and PBDE, flame retardants, plasticisers, polymers and salts.
 * CAS numbers pass their check digits; a substance that is no single molecule has no formula, so that its share
 * stays unknown. A polymer has the formula of its unit.
 */
import { joined, table } from "./Listed.ts"

/** Mono- to decabromobiphenyl. */
export const polybrominatedBiphenyls = /* @__PURE__ */ table(`
|||pbb;pbbs;polybrominated biphenyls;polybrominated biphenyls (pbb);polybrominated biphenyls (pbbs)
59536-65-1|||firemaster bp-6
2052-07-5|218-138-7|C12H9Br|2-bromobiphenyl
2113-57-7|218-304-9|C12H9Br|3-bromobiphenyl
92-66-0|202-176-6|C12H9Br|4-bromobiphenyl;bromobiphenyl
92-86-4|202-198-6|C12H8Br2|4,4'-dibromobiphenyl;dibromobiphenyl
59080-34-1||C12H7Br3|tribromobiphenyl
40088-45-7||C12H6Br4|tetrabromobiphenyl
56307-79-0||C12H5Br5|pentabromobiphenyl
36355-01-8|252-994-2|C12H4Br6|hexabromobiphenyl;hexabromo-1,1'-biphenyl
59080-40-9||C12H4Br6|2,2',4,4',5,5'-hexabromobiphenyl
67774-32-7|||firemaster ff-1
35194-78-6||C12H3Br7|heptabromobiphenyl
27858-07-7||C12H2Br8|octabromobiphenyl
61288-13-9||C12H2Br8|octabromobiphenyl
27753-52-2||C12HBr9|nonabromobiphenyl
13654-09-6|237-137-2|C12Br10|decabromobiphenyl
`)

/** Tetra- to hepta- and decabromodiphenyl ether, as the POPs Regulation lists them. */
export const listedDiphenylEthers = /* @__PURE__ */ table(`
|||pbde;pbdes;polybrominated diphenyl ethers;polybrominated diphenyl ethers (pbde);polybrominated diphenyl ethers (pbdes)
1163-19-5|214-604-9|C12Br10O|decabde;decabromodiphenyl ether;bis(pentabromophenyl) ether
40088-47-9|254-787-2|C12H6Br4O|tetrabde;tetrabromodiphenyl ether
32534-81-9|251-084-2|C12H5Br5O|pentabde;pentabromodiphenyl ether;diphenyl ether, pentabromo derivative
36483-60-0|253-058-6|C12H4Br6O|hexabde;hexabromodiphenyl ether
68928-80-3|273-031-2|C12H3Br7O|heptabde;heptabromodiphenyl ether
`)

const otherDiphenylEthers = /* @__PURE__ */ table(`
101-55-3|202-952-4|C12H9BrO|4-bromodiphenyl ether;bromodiphenyl ether
2050-47-7|218-090-7|C12H8Br2O|4,4'-dibromodiphenyl ether;dibromodiphenyl ether
49690-94-0||C12H7Br3O|tribromodiphenyl ether
32536-52-0|251-087-9|C12H2Br8O|octabde;octabromodiphenyl ether;diphenyl ether, octabromo derivative
63936-56-1|264-565-7|C12HBr9O|nonabde;nonabromodiphenyl ether
`)

/** Mono- to decabromodiphenyl ether. */
export const polybrominatedDiphenylEthers = /* @__PURE__ */ joined(listedDiphenylEthers, otherDiphenylEthers)

export const brominated = /* @__PURE__ */ table(`
7726-95-6|231-778-1|Br|bromine;br;total bromine;brom
79-94-7|201-236-9|C15H12Br4O2|2,2',6,6'-tetrabromo-4,4'-isopropylidenediphenol;tetrabromobisphenol a;tbbpa
21850-44-2|244-617-5|C21H20Br8O2|tetrabromobisphenol a bis(2,3-dibromopropyl ether)
40039-93-8|||brominated epoxy resin;tetrabromobisphenol a epichlorohydrin polymer
26265-08-7|||tetrabromobisphenol a diglycidyl ether polymer
94334-64-2|||brominated polycarbonate oligomer
84852-53-9|284-366-9|C14H4Br10|1,1'-(ethane-1,2-diyl)bis[pentabromobenzene];decabromodiphenyl ethane;dbdpe
37853-59-1|253-692-3|C14H8Br6O2|1,2-bis(2,4,6-tribromophenoxy)ethane;btbpe
25713-60-4||C21H6Br9N3O3|2,4,6-tris(2,4,6-tribromophenoxy)-1,3,5-triazine
32588-76-4|251-118-6|C18H4Br8N2O4|ethylenebis(tetrabromophthalimide)
25637-99-4|247-148-4|C12H18Br6|hexabromocyclododecane;hbcdd;hbcd
3194-55-6|221-695-9|C12H18Br6|1,2,5,6,9,10-hexabromocyclododecane
134237-50-6||C12H18Br6|alpha-hexabromocyclododecane
134237-51-7||C12H18Br6|beta-hexabromocyclododecane
134237-52-8||C12H18Br6|gamma-hexabromocyclododecane
26040-51-7|247-426-5|C24H34Br4O4|bis(2-ethylhexyl) tetrabromophthalate;tbph
3296-90-0|221-967-7|C5H10Br2O2|2,2-bis(bromomethyl)propane-1,3-diol;bmp
118-79-6|204-278-6|C6H3Br3O|2,4,6-tribromophenol
88497-56-7|||brominated polystyrene
57137-10-7|||polytribromostyrene
59447-57-3|||poly(pentabromobenzyl acrylate)
12124-97-9|235-183-8|NH4Br|ammonium bromide
7647-15-6|231-599-9|NaBr|sodium bromide
7758-02-3|231-830-3|KBr|potassium bromide
`)

export const chlorinated = /* @__PURE__ */ table(`
7782-50-5|231-959-5|Cl|chlorine;cl;total chlorine;chlor
9002-86-2||C2H3Cl|polyvinyl chloride;polyvinylchloride;poly(vinyl chloride);pvc
9002-85-1||C2H2Cl2|polyvinylidene chloride;pvdc
68648-82-8|||chlorinated polyvinyl chloride;cpvc
9010-98-4||C4H5Cl|polychloroprene;chloroprene rubber;neoprene
64754-90-1|||chlorinated polyethylene
68037-39-8|||chlorosulfonated polyethylene
24937-16-4|||epichlorohydrin rubber
85535-84-8|287-476-5||alkanes, c10-13, chloro;short chain chlorinated paraffins;sccp
85535-85-9|287-477-0||alkanes, c14-17, chloro;medium-chain chlorinated paraffins;mccp
63449-39-8|264-150-0||paraffin waxes and hydrocarbon waxes, chloro;chlorinated paraffins
115-96-8|204-118-5|C6H12Cl3O4P|tris(2-chloroethyl) phosphate;tcep
13674-84-5|237-158-7|C9H18Cl3O4P|tris(2-chloro-1-methylethyl) phosphate;tcpp
13674-87-8|237-159-2|C9H15Cl6O4P|tris[2-chloro-1-(chloromethyl)ethyl] phosphate;tdcpp
13560-89-9|236-948-9|C18H12Cl12|dechlorane plus
106-89-8|203-439-8|C3H5ClO|1-chloro-2,3-epoxypropane;epichlorohydrin
1328-53-6|215-524-7||polychloro copper phthalocyanine;c.i. pigment green 7
14302-13-7|238-238-4||c.i. pigment green 36
7647-14-5|231-598-3|NaCl|sodium chloride
7447-40-7|231-211-8|KCl|potassium chloride
10043-52-4|233-140-8|CaCl2|calcium chloride
7646-85-7|231-592-0|ZnCl2|zinc chloride
7647-01-0|231-595-7|HCl|hydrogen chloride
12125-02-9|235-186-4|NH4Cl|ammonium chloride
7758-95-4|231-845-5|PbCl2|lead chloride;lead(ii) chloride;lead dichloride
`)
