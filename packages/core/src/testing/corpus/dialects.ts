/** Tables that are not written as RFC 4180 has it. */
import type { Mapping } from "../../domain/Mapping.ts"
import { bom, type CorpusCase, declarations } from "./Case.ts"

const header = "part_number,substance,substance_mass_mg\n"
const lead = "7439-92-1"

const stated = (
  title: string,
  dialect: Mapping["dialect"],
  content: string,
  expected: CorpusCase["expected"]
): CorpusCase => ({
  ...declarations(3, `${title}, as a mapping states it`, content, expected),
  ...(dialect === undefined ? {} : { mapping: { columns: {}, dialect } })
})

export const dialects: ReadonlyArray<CorpusCase> = [
  declarations(3, "carets", "part_number^substance^substance_mass_mg\nA^Lead^5\n", {
    accepted: 1,
    says: [`A | Lead | ${lead} | 5 mg`],
    warnings: []
  }),
  declarations(3, "two colons", "part_number::substance::substance_mass_mg\nA::Lead: red::5\nB::::6\n", {
    accepted: 1,
    says: ["A | Lead: red | - | 5 mg"],
    rejects: ["3 substance value.missing"],
    warnings: ["1  table.dialect"]
  }),
  declarations(3, "two bars", "part_number||substance||substance_mass_mg\r\nA||a|b||5\r\n", {
    accepted: 1,
    says: ["A | a|b | - | 5 mg"],
    warnings: ["1  table.dialect"]
  }),
  declarations(41, "quotes behind a backslash", `${header}A,"Al, \\"cast\\"",5\n\nB,"Lead \\\\",6\nC,Lead,x\n`, {
    accepted: 2,
    says: ['A | Al, "cast" | - | 5 mg', "B | Lead \\ | - | 6 mg"],
    rejects: ["5 substance_mass_mg value.not_a_number"],
    warnings: ["1  table.dialect"]
  }),
  declarations(
    41,
    "cells between apostrophes",
    `${header}'A','Lead, red',5\n'B','O''Neill''s\nalloy',6\n'C','Lead',x\n`,
    {
      accepted: 2,
      says: ["A | Lead, red | - | 5 mg", "B | O'Neill's\nalloy | - | 6 mg"],
      rejects: ["5 substance_mass_mg value.not_a_number"],
      warnings: ["1  table.dialect"]
    }
  ),
  declarations(41, "an apostrophe that never closes", `${header}'A','Lead, red',5\n'B','Lead,6\n'C','Zinc',7\n`, {
    accepted: 2,
    rejects: ["3  quote.unterminated"]
  }),
  declarations(41, "apostrophes that are no quotes", `${header}A,O'Neill's alloy,5\nB,"'Lead'",6\n`, {
    accepted: 2,
    says: ["A | O'Neill's alloy | - | 5 mg", "B | 'Lead' | - | 6 mg"],
    warnings: []
  }),
  declarations(
    42,
    "line ends of old Macs",
    `${header}A,Lead,5\n\nB,"two\nlines",6\nC,Lead,x\n`.replaceAll("\n", "\r"),
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | 5 mg`, "B | two\nlines | - | 6 mg"],
      rejects: ["6 substance_mass_mg value.not_a_number"]
    }
  ),
  declarations(
    42,
    "lines that are remarks",
    `# ACME\n${header}# steel\nA,Lead,5\n# checked, by J. Doe, "twice"x, today\n`,
    {
      accepted: 1,
      says: [`A | Lead | ${lead} | 5 mg`],
      warnings: ["2  header.preamble", "3  row.comment", "5  row.comment"]
    }
  ),
  declarations(42, "part numbers that begin like remarks", `${header}# steel\n#12,Lead,6\n`, {
    accepted: 1,
    says: [`#12 | Lead | ${lead} | 6 mg`],
    rejects: ["2  row.column_count"]
  }),
  stated("remarks", { comment: "//" }, `// ACME, Inc., Ltd.\n${header}A,Lead,5\n// b,c,d\n`, {
    accepted: 1,
    says: [`A | Lead | ${lead} | 5 mg`],
    warnings: ["4  row.comment"]
  }),
  stated("a delimiter", { delimiter: ":" }, `${header.replaceAll(",", ":")}A:Lead:5\nB:"a:b":6\n`, {
    accepted: 2,
    says: [`A | Lead | ${lead} | 5 mg`, "B | a:b | - | 6 mg"],
    warnings: []
  }),
  stated("no quotes at all", { quote: "" }, `${header}A,"Lead,5\nB,3"" pipe,6\n`, {
    accepted: 2,
    says: ['A | "Lead | - | 5 mg', 'B | 3"" pipe | - | 6 mg']
  }),
  stated("decimals", { decimal: "," }, 'part_number,substance,substance_mass_mg\nA,Lead,"1,000"\n', {
    accepted: 1,
    says: [`A | Lead | ${lead} | 1 mg`]
  }),
  bom(3, "a BOM between apostrophes", "'Level';'Part Number';'Qty'\n'0';'TOP; rev. 2';'1'\n# note\n'1';'A';'2'\n", {
    bom: ["TOP; REV. 2 > 2 A"],
    warnings: ["1  table.dialect", "3  row.comment"]
  })
]
