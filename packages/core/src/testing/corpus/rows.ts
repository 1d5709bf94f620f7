/** Rows, headers and whole tables with something wrong about them. */
import { bom, type CorpusCase, declarations, latin1 } from "./Case.ts"

const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"
const lead = "7439-92-1"

const claim = (written: string, says: string): CorpusCase =>
  declarations(
    37,
    `the exemption ${JSON.stringify(written)}`,
    `part_number,substance,substance_mass_mg,exemption\nA,Lead,1,"${written}"\n`,
    {
      accepted: 1,
      says: [`A | Lead | ${lead} | 1 mg | ${says}`],
      warnings: []
    }
  )

const answer = (written: string, says: string): CorpusCase =>
  declarations(34, `the answer ${JSON.stringify(written)}`, `Part Number,RoHS compliant\nA,${written}\n`, {
    accepted: 1,
    says: [`A | RoHS compliant | - | eu-rohs ${says}`]
  })

export const rows: ReadonlyArray<CorpusCase> = [
  declarations(25, "the same row twice", `${header}A,Lead,1000,5\nA,Lead,1000,5\n`, {
    accepted: 2,
    warnings: ["3  row.duplicate"]
  }),
  declarations(26, "the same substance with another amount", `${header}A,Lead,1000,5\nA,Lead,1000,6\n`, {
    accepted: 2,
    warnings: ["3  row.conflicting"]
  }),
  declarations(26, "another amount in other words", `${header}A,Lead,1000,5 mg\nA,Lead,1000,<6\nA,Lead,1000,5.0\n`, {
    accepted: 3,
    warnings: ["3  row.conflicting", "4  row.duplicate"]
  }),
  declarations(25, "the same amount with another limit", `${header}A,Lead,1000,5\nA,Lead,500,5.0\n`, {
    accepted: 2,
    warnings: []
  }),
  declarations(
    26,
    "the same substance in two materials",
    "Part Number,Material,Substance,Mass (mg)\nA,Brass,Lead,5\nA,Solder,Lead,6\n",
    { accepted: 2, warnings: [] }
  ),
  bom(27, "quantities in words", "Part Number,Level,Qty\nTOP,0,1\nA,1,2 pcs\nB,1,AR\nC,1,REF\n", {
    accepted: 4,
    bom: ["TOP > 2 A", "TOP > 1 B", "TOP > 1 C"],
    warnings: ["4 Qty quantity.non_numeric", "5 Qty quantity.non_numeric"]
  }),
  bom(
    28,
    "a quantity that is not the number of designators",
    'Part Number,Level,Qty,RefDes\nTOP,0,1,\nA,1,4,"R1,R2,R3"\n',
    {
      bom: ["TOP > 4 A"],
      warnings: ["3 RefDes quantity.designator_count"]
    }
  ),
  bom(28, "designators as a range", 'Part Number,Level,Qty,RefDes\nTOP,0,1,\nA,1,4,"R1-R3, R7"\nB,1,3,C1-C9\n', {
    bom: ["TOP > 3 B", "TOP > 4 A"],
    warnings: ["4 RefDes quantity.designator_count"]
  }),
  declarations(29, "a part number that became a number", `${header}1.23E+11,Lead,1000,5\n  a-1  ,Lead,1000,5\n`, {
    accepted: 1,
    rejects: ["2 part_number part_number.corrupted"],
    says: [`A-1 | Lead | ${lead} | 5 mg`]
  }),
  declarations(29, "a part number without end", `${header}${"X".repeat(251)},Lead,1000,5\nA-1,Lead,1000,5\n`, {
    accepted: 1,
    rejects: ["2 part_number part_number.too_long"],
    says: [`A-1 | Lead | ${lead} | 5 mg`]
  }),
  bom(
    29,
    "part numbers without end",
    `Parent,Part Number,Qty\n,TOP,1\nTOP,${"X".repeat(251)},1\n${"X".repeat(251)},B,1\nTOP,C,1\n`,
    {
      bom: ["TOP > 1 C"],
      rejects: ["3 Part Number part_number.too_long", "4 Parent part_number.too_long"]
    }
  ),
  declarations(
    36,
    "an apostrophe as a cell, and a row too short",
    "Part Number,Remark,Substance,ppm\nA-1,,',1\nA-2,'so',Lead\nA-3,,Lead,2\n",
    { accepted: 2, rejects: ["3  row.column_count"], warnings: [] }
  ),
  bom(30, "gaps between levels", "Level,Part Number,Qty\n0,TOP,1\n1,A,1\n3,B,1\n2,C,1\n", {
    accepted: 3,
    bom: ["A > 1 C", "TOP > 1 A"],
    rejects: ["4 Level bom.level_gap"]
  }),
  bom(
    2,
    "a BOM in windows-1252, below a title",
    latin1("St\xfcckliste\nStufe;Teilenummer;Benennung;Anzahl\n0;TOP;Ger\xe4t;1\n1;A;Geh\xe4use;2;x\n1;B;;3\n"),
    {
      accepted: 2,
      bom: ["TOP > 3 B"],
      rejects: ["4  row.column_count"],
      warnings: ["2  header.preamble", "0  encoding.guessed"]
    }
  ),
  bom(30, "a first row below the first level", "Level,Part Number,Qty\n2,X,1\n1,A,1\n", {
    bom: ["EG-200 > 1 A"],
    rejects: ["2 Level bom.level_gap"]
  }),
  bom(30, "parts below a row that was refused", "Level,Part Number,Qty\n0,TOP,1\n1,,1\n2,B,1\n1,C,1\n", {
    bom: ["TOP > 1 C"],
    rejects: ["3 Part Number value.missing", "4 Level bom.parent_not_found"]
  }),
  bom(31, "a part within itself", "Parent,Part Number,Qty\n,A,1\nA,B,1\nB,A,1\n", { refused: "bom.cycle" }),
  bom(31, "a part as its own parent", "Parent,Part Number,Qty\n,TOP,1\nTOP,A,1\nA,A,1\n", { refused: "bom.cycle" }),
  bom(32, "a parent that is nowhere", "Parent,Part Number,Qty\n,TOP,1\nTOP,A,2\nX,B,1\n", {
    bom: ["TOP > 2 A"],
    rejects: ["4 Parent bom.parent_not_found"]
  }),
  declarations(
    33,
    "dates",
    "Part Number,Substance,Mass (mg),Issue date\nA,Lead,1,2025-03-04\nB,Lead,1,03/04/2025\nC,Lead,1,45000\nD,Lead,1,2025-13-01\nE,Lead,1,2999-01-01\nF,Lead,1,31.01.2025\nG,Lead,1,15-Jan-25\nH,Lead,1,\nI,Lead,1,soon\n",
    {
      accepted: 7,
      says: [
        `A | Lead | ${lead} | 1 mg | on 2025-03-04`,
        `B | Lead | ${lead} | 1 mg | on 2025-03-04`,
        `C | Lead | ${lead} | 1 mg | on 2023-03-15`,
        `E | Lead | ${lead} | 1 mg | on 2999-01-01`,
        `F | Lead | ${lead} | 1 mg | on 2025-01-31`,
        `G | Lead | ${lead} | 1 mg | on 2025-01-15`,
        `H | Lead | ${lead} | 1 mg`
      ],
      rejects: ["5 Issue date date.invalid", "10 Issue date date.invalid"],
      warnings: ["3 Issue date date.ambiguous", "4 Issue date date.serial", "6 Issue date date.future"]
    }
  ),
  ...["Y", "Yes ", "TRUE", "ja", "是", "X", "C"].map((written) => answer(written, "compliant")),
  answer("compliant w/ ex", "exempt"),
  answer("NC", "non-compliant"),
  declarations(34, "an answer that is none", "Part Number,RoHS compliant\nA,perhaps\nB,Yes\n", {
    accepted: 1,
    rejects: ["2 RoHS compliant value.unknown_word"]
  }),
  declarations(35, "polarity that the header states", "Part Number,Contains Pb?,Cd-free\nA,Y,Y\nB,N,N\n", {
    accepted: 2,
    says: [
      "A | Cadmium | 7440-43-9 | 0 ppm",
      `A | Lead | ${lead} | > 0 ppm`,
      "B | Cadmium | 7440-43-9 | > 0 ppm",
      `B | Lead | ${lead} | 0 ppm`
    ]
  }),
  declarations(35, "polarity that nobody states", "Part Number,Pb\nA,Y\n", { refused: "mapping.polarity_undefined" }),
  declarations(
    36,
    "a yes beside a number that says no",
    "Part Number,Substance,Conc. (%),RoHS compliant,Exemption\nA,Lead,5,Yes,6(c)\nB,Lead,0.05,Yes,\n",
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | 50000 ppm | 6(c)`, `B | Lead | ${lead} | 500 ppm`],
      warnings: ["1 RoHS compliant mapping.column_ignored", "2 RoHS compliant statement.contradicts_data"]
    }
  ),
  declarations(
    36,
    "a form that contradicts itself",
    "Part Number,RoHS compliant,Contains Pb? (ppm)\nA,Yes,50000\nB,Yes,10\n",
    {
      accepted: 2,
      says: [
        "A | Lead | 7439-92-1 | 50000 ppm",
        "A | RoHS compliant | - | eu-rohs compliant",
        "B | Lead | 7439-92-1 | 10 ppm",
        "B | RoHS compliant | - | eu-rohs compliant"
      ],
      warnings: ["2 RoHS compliant statement.contradicts_data"],
      judged: { asOf: "2026-11-23", finding: "eu-rohs/lead", code: "non-compliant" }
    }
  ),
  claim("6c", "6(c)"),
  claim("6(C)", "6(c)"),
  claim("Annex III-6c", "6(c)"),
  claim("RoHS Exemption 7(c)-I", "7(c)-I"),
  claim("7(c)-I, 6(a)-1", "7(c)-I, 6(a)-I"),
  declarations(37, "an exemption that has ended", "part_number,substance,concentration,exemption\nA,Lead,0.3 %,6a\n", {
    accepted: 1,
    says: [`A | Lead | ${lead} | 3000 ppm | 6(a)`],
    judged: { asOf: "2026-12-12", finding: "eu-rohs/lead", code: "exemption.expired" }
  }),
  declarations(37, "an exemption nobody knows", "part_number,substance,concentration,exemption\nA,Lead,0.3 %,9z\n", {
    accepted: 1,
    judged: { asOf: "2026-11-23", finding: "eu-rohs/lead", code: "exemption.unknown" }
  }),
  declarations(
    38,
    "materials of 82 and of 118 percent",
    "Part Number,Material,Substance,Conc. (%)\nA,Brass,Copper,58\nA,Brass,Zinc,24\nA,Tin,Tin,100\nB,Brass,Copper,78\nB,Brass,Zinc,40\n",
    { accepted: 5, warnings: ["2  mass.balance", "5  mass.balance"] }
  ),
  declarations(
    38,
    "masses of a part that is lighter",
    "Part Number,Part weight (g),Substance,Mass (mg)\nA,1,Copper,600\nA,1,Zinc,500\n",
    { accepted: 2, warnings: ["2  mass.balance"] }
  ),
  bom(39, "masses of convenience", "Level,Part Number,Qty,Weight (mg)\n0,TOP,1,\n1,A,1,0.01\n1,B,1,250\n", {
    bom: ["A: 0.00001 g", "B: 0.25 g", "TOP > 1 A", "TOP > 1 B"],
    warnings: ["3 Weight (mg) mass.suspect"]
  }),
  bom(39, "one mass for all", "Level,Part Number,Qty,Weight (g)\n0,TOP,1,\n1,A,1,1\n1,B,1,1.0\n1,C,1,1\n", {
    warnings: ["3 Weight (g) mass.suspect"]
  }),
  bom(
    40,
    "a unit that is off by a thousand",
    "Level,Part Number,Qty,Weight (g)\n0,TOP,1,3\n1,R-1,1,2100\n1,B,1,0.9\n",
    { warnings: ["2 Weight (g) mass.outlier"] }
  ),
  bom(
    40,
    "an assembly a little heavier than its parts",
    "Level,Part Number,Qty,Weight (g)\n0,TOP,1,3.2\n1,R-1,1,2.1\n1,B,1,0.9\n",
    { warnings: ["2 Weight (g) mass.mismatch"] }
  ),
  declarations(37, "an exemption that is none", "part_number,substance,substance_mass_mg,exemption\nA,Lead,1,sure\n", {
    accepted: 1,
    warnings: ["2 exemption exemption.unrecognised"]
  }),
  declarations(
    41,
    "quoted cells with commas, quotes and newlines",
    `${header}A,"Al, 319.0, ""cast""",1000,5\nB,"Lead\nalloy",1000,6\nC,Lead,1000,7\n`,
    {
      accepted: 3,
      says: ['A | Al, 319.0, "cast" | - | 5 mg', "B | Lead\nalloy | - | 6 mg", `C | Lead | ${lead} | 7 mg`]
    }
  ),
  declarations(41, "a quote that never closes", `${header}A,"Lead,1000,5\nB,Lead,1000,6\n`, {
    accepted: 1,
    rejects: ["2  quote.unterminated"]
  }),
  declarations(41, "text behind a quote", `${header}A,"Lead"x,1000,5\nB,Lead,1000,6\n`, {
    accepted: 1,
    rejects: ["2  quote.invalid"]
  }),
  declarations(42, "too many and too few cells", `${header}A,Lead,1000,5,6\nB,Lead\nC,Lead,1000,7\n`, {
    accepted: 1,
    rejects: ["2  row.column_count", "3  row.column_count"]
  }),
  declarations(
    42,
    "lines before the header and a total behind the rows",
    `Declaration of ACME\nNote: all values verified\n\n${header}A,Lead,1000,5\nTotal,,,5\n`,
    {
      accepted: 1,
      rejects: ["6 substance value.missing"],
      warnings: ["4  header.preamble"]
    }
  ),
  declarations(42, "no header that can be understood", "a,b,c\n1,2,3\n", { refused: "header.column_missing" }),
  declarations(42, "a header twice", `part_number,${header}A,A,Lead,1000,5\n`, { refused: "header.duplicate" }),
  declarations(42, "two columns that may be the part number", "Item,Reference,Substance,Mass (mg)\nA,B,Lead,5\n", {
    refused: "mapping.unsure"
  }),
  declarations(43, "formulas are text", `${header}"=HYPERLINK(""x"")",Lead,1000,5\n'@SUM,Lead,1000,6\n`, {
    accepted: 2,
    says: [`=HYPERLINK("X") | Lead | ${lead} | 5 mg`, `@SUM | Lead | ${lead} | 6 mg`]
  }),
  declarations(0, "an empty file", "", { refused: "header.missing" })
]
