/** Rows, headers and whole tables with something wrong about them. */
import { bom, type CorpusCase, declarations } from "./Case.ts"

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
  declarations(29, "a part number that became a number", `${header}1.23E+11,Lead,1000,5\n  a-1  ,Lead,1000,5\n`, {
    accepted: 1,
    rejects: ["2 part_number part_number.corrupted"],
    says: [`A-1 | Lead | ${lead} | 5 mg`]
  }),
  bom(30, "gaps between levels", "Level,Part Number,Qty\n0,TOP,1\n1,A,1\n3,B,1\n2,C,1\n", {
    bom: ["A > 1 C", "TOP > 1 A"],
    rejects: ["4 Level bom.level_gap"]
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
  claim("6c", "6(c)"),
  claim("6(C)", "6(c)"),
  claim("Annex III-6c", "6(c)"),
  claim("RoHS Exemption 7(c)-I", "7(c)-I"),
  claim("7(c)-I, 6(a)-1", "7(c)-I, 6(a)-1"),
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
