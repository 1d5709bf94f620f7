/** Numbers, units, identifiers and answers as suppliers write them. */
import { type CorpusCase, declarations, latin1, utf8, utf16 } from "./Case.ts"

const header = "Part Number,Substance,CAS,Concentration (ppm)\n"
const legacy = "part_number,substance,threshold_ppm,substance_mass_mg\n"
const lead = "7439-92-1"

/** One row with this amount, in a file that shows its decimal point. */
const amount = (kind: number, written: string, outcome: string, warning?: string): CorpusCase =>
  declarations(
    kind,
    `the amount ${JSON.stringify(written)}`,
    `${header}A,Lead,${lead},${written}\nB,Lead,${lead},0.05\n`,
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | ${outcome}`, `B | Lead | ${lead} | 0.05 ppm`],
      rejects: [],
      warnings: warning === undefined ? [] : [`2 Concentration (ppm) ${warning}`]
    }
  )

const refusedAmount = (kind: number, written: string, code: string): CorpusCase =>
  declarations(
    kind,
    `the amount ${JSON.stringify(written)}`,
    `${header}A,Lead,${lead},${written}\nB,Lead,${lead},0.05\n`,
    {
      accepted: 1,
      rejects: [`2 Concentration (ppm) ${code}`]
    }
  )

const cas = (kind: number, written: string, says: ReadonlyArray<string>, warning?: string): CorpusCase =>
  declarations(kind, `the CAS number ${JSON.stringify(written)}`, `${header}A,Stuff,${written},10\n`, {
    accepted: 1,
    says,
    rejects: [],
    warnings: warning === undefined ? [] : [`2 CAS ${warning}`]
  })

const refusedCas = (kind: number, written: string, code: string): CorpusCase =>
  declarations(kind, `the CAS number ${JSON.stringify(written)}`, `${header}A,Stuff,${written},10\nB,Lead,,1\n`, {
    accepted: 1,
    rejects: [`2 CAS ${code}`]
  })

export const values: ReadonlyArray<CorpusCase> = [
  declarations(1, "a byte order mark", utf8(`\uFEFF${legacy}A,Lead,1000,1\n`), {
    accepted: 1,
    says: [`A | Lead | ${lead} | 1 mg`]
  }),
  declarations(
    1,
    "a byte order mark before a quoted header",
    utf8('\uFEFF"part_number","substance","threshold_ppm","substance_mass_mg"\nA,Lead,1000,1\n'),
    { accepted: 1 }
  ),
  declarations(2, "windows-1252", latin1("Teilenummer;Stoff;Anteil (%)\nGeh\xe4use;Blei;0,05\n"), {
    accepted: 1,
    says: ["GEHÄUSE | Blei | 7439-92-1 | 500 ppm"],
    warnings: ["0  encoding.guessed"]
  }),
  declarations(2, "UTF-16, little end first", utf16(`${legacy}Gehäuse,Lead,1000,1\n`, "le", true), {
    accepted: 1,
    says: [`GEHÄUSE | Lead | ${lead} | 1 mg`],
    warnings: []
  }),
  declarations(2, "UTF-16, big end first, unmarked", utf16(`${legacy}A,Lead,1000,1\n`, "be", false), { accepted: 1 }),
  declarations(3, "semicolons", "Part Number;Substance;Mass (mg)\nA;Lead;5\n", {
    accepted: 1,
    says: [`A | Lead | ${lead} | 5 mg`]
  }),
  declarations(3, "tabs", "Part Number\tSubstance\tMass (mg)\nA\tLead, soldered\t5\n", {
    accepted: 1,
    says: ["A | Lead, soldered | - | 5 mg"]
  }),
  declarations(3, "bars", "Part Number|Substance|Mass (mg)\nA|Lead|5\n", { accepted: 1 }),
  declarations(4, "decimal commas", "Part Number;Substance;Conc. (%)\nA;Lead;0,05\nB;Lead;1,5\n", {
    accepted: 2,
    says: [`A | Lead | ${lead} | 500 ppm`, `B | Lead | ${lead} | 15000 ppm`]
  }),
  declarations(4, "a decimal comma among points", `${legacy}A,Lead,1000,"1,5"\nB,Lead,1000,0.25\nC,Lead,1000,2.5\n`, {
    accepted: 2,
    rejects: ["2 substance_mass_mg value.not_a_number"]
  }),
  declarations(
    5,
    "a number that can be read in two ways",
    'Part Number,Substance,Mass (mg)\nA,Lead,"1,000"\nB,Lead,7\n',
    {
      accepted: 1,
      rejects: ["2 Mass (mg) value.ambiguous_number"]
    }
  ),
  declarations(
    5,
    "the same number where the file decides",
    'Part Number,Substance,Mass (mg)\nA,Lead,"1,000"\nB,Lead,7.25\n',
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | 1000 mg`, `B | Lead | ${lead} | 7.25 mg`]
    }
  ),
  declarations(5, "a point that is no decimal point for sure", "Part Number;Substance;Mass (mg)\nA;Lead;1.000\n", {
    accepted: 0,
    rejects: ["2 Mass (mg) value.ambiguous_number"]
  }),
  amount(6, "1 250.5", "1250.5 ppm"),
  amount(6, "1\u00a0250.5", "1250.5 ppm"),
  amount(6, "12'500", "12500 ppm"),
  declarations(6, "blanks between thousands and a decimal comma", "Part Number;Substance;Mass (mg)\nA;Lead;1 250,5\n", {
    accepted: 1,
    says: [`A | Lead | ${lead} | 1250.5 mg`]
  }),
  amount(7, "1.2E-04", "0.00012 ppm"),
  amount(8, "0.1 % w/w", "1000 ppm", "unit.conflict"),
  amount(8, "1000ppm", "1000 ppm"),
  declarations(8, "a unit behind the number", `${legacy}A,Lead,1000,12.5mg\nB,Lead,1000,0.0125 g\n`, {
    accepted: 2,
    says: [`A | Lead | ${lead} | 12.5 mg`, `B | Lead | ${lead} | 12.5 mg`],
    warnings: ["3 substance_mass_mg unit.conflict"]
  }),
  declarations(9, "no unit anywhere", "Part Number,Substance,Concentration\nA,Lead,0.1\nB,Lead,0.1 %\n", {
    accepted: 1,
    rejects: ["2 Concentration unit.missing"]
  }),
  declarations(
    9,
    "the unit in a column of its own",
    "Part Number,Substance,Amount,Unit\nA,Lead,0.1,%\nB,Lead,2,mg\nC,Lead,2,\n",
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | 1000 ppm`, `B | Lead | ${lead} | 2 mg`],
      rejects: ["4 Amount unit.missing"]
    }
  ),
  amount(10, "0.1%", "1000 ppm", "unit.conflict"),
  refusedAmount(11, "5 ppmv", "unit.unsupported"),
  refusedAmount(11, "5 mg/dm2", "unit.unsupported"),
  refusedAmount(11, "0.5 µg/cm2/week", "unit.unsupported"),
  refusedAmount(11, "0.1 atom %", "unit.unsupported"),
  declarations(
    12,
    "small numbers in a column of percent",
    "Part Number,Substance,Conc. (%)\nA,Lead,0.001\nB,Zinc,0.9\n",
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | 10 ppm`, "B | Zinc | 7440-66-6 | 9000 ppm"],
      warnings: ["2 Conc. (%) percent.fraction_suspect"]
    }
  ),
  declarations(
    12,
    "a composition that adds up to one percent",
    "Part Number,Material,Substance,Conc. (%)\nA,Brass,Copper,0.6\nA,Brass,Zinc,0.4\n",
    { accepted: 2, warnings: ["2 Conc. (%) percent.fraction_suspect"] }
  ),
  declarations(12, "percent that are percent", "Part Number,Substance,Conc. (%)\nA,Lead,0.001\nA,Copper,99.9\n", {
    accepted: 2,
    warnings: []
  }),
  amount(13, "<0.01 %", "< 100 ppm", "unit.conflict"),
  amount(13, "≤ 100", "≤ 100 ppm"),
  amount(13, "< LOD", "< 50 ppm", "value.no_detection_limit"),
  amount(13, "n.d.", "< 50 ppm", "value.no_detection_limit"),
  amount(13, "ND (LOD 5 ppm)", "< 5 ppm"),
  amount(13, "N.D. <2", "< 2 ppm"),
  amount(13, "> 5", "> 5 ppm"),
  amount(13, "trace", "an unstated amount", "value.trace"),
  amount(13, "not intentionally added", "an unstated amount", "value.not_intentionally_added"),
  amount(13, "none", "0 ppm"),
  amount(13, "ND", "< 50 ppm", "value.no_detection_limit"),
  amount(13, "~ 5", "5 ppm", "value.approximate"),
  amount(14, "0.05-0.15%", "500–1500 ppm", "unit.conflict"),
  amount(14, "1~5", "1–5 ppm"),
  amount(14, "10 – 20", "10–20 ppm"),
  amount(14, "20 - 10", "10–20 ppm", "value.reversed_range"),
  amount(14, "max 0.1", "≤ 0.1 ppm"),
  amount(14, "10 ± 2", "8–12 ppm"),
  declarations(14, "a range in two columns", "Part Number,Substance,Min (%),Max (%)\nA,Lead,0.05,0.15\nB,Lead,,0.2\n", {
    accepted: 2,
    says: [`A | Lead | ${lead} | 500–1500 ppm`, `B | Lead | ${lead} | ≤ 2000 ppm`]
  }),
  refusedAmount(15, "-1", "value.negative"),
  refusedAmount(15, "130 %", "value.out_of_range"),
  refusedAmount(15, "1000001", "value.out_of_range"),
  refusedAmount(16, "#N/A", "value.not_a_number"),
  refusedAmount(16, "#REF!", "value.formula_error"),
  refusedAmount(16, "#DIV/0!", "value.formula_error"),
  declarations(
    16,
    "the error of a formula in cells that may be empty",
    "Part Number,Substance,CAS,Material,Mass (mg)\nA,Lead,#REF!,#NAME?,5\nB,#N/A,7439-92-1,-,5\n",
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | 5 mg`, `B | lead | ${lead} | 5 mg`],
      warnings: ["2 CAS value.formula_error", "2 Material value.formula_error"]
    }
  ),
  declarations(16, "nothing in place of the part number", `${header}N/A,Lead,,1\n#REF!,Lead,,1\n`, {
    accepted: 0,
    rejects: ["2 Part Number value.missing", "3 Part Number value.formula_error"]
  }),
  refusedAmount(16, "NULL", "value.not_a_number"),
  refusedAmount(16, "-", "value.not_a_number"),
  refusedAmount(16, "see SDS", "value.not_a_number"),
  refusedAmount(16, "", "value.missing"),
  refusedCas(17, "7439-92-2", "cas.check_digit"),
  cas(18, "8/07/2708", ["A | Stuff | 2708-07-8 | 10 ppm"], "cas.date_repaired"),
  cas(18, "2708-07-08", ["A | Stuff | 2708-07-8 | 10 ppm"], "cas.date_repaired"),
  cas(18, "2/9/1975", ["A | Stuff | 75-09-2 | 10 ppm"], "cas.date_repaired"),
  refusedCas(18, "9/07/2708", "cas.date"),
  cas(19, "7439921", [`A | Stuff | ${lead} | 10 ppm`], "cas.rehyphenated"),
  refusedCas(19, "7439922", "cas.check_digit"),
  refusedCas(19, "pending", "cas.invalid"),
  cas(20, "34465-46- 8", ["A | Stuff | 34465-46-8 | 10 ppm"]),
  cas(20, "7439‑92‑1", [`A | Stuff | ${lead} | 10 ppm`]),
  cas(20, "0007439-92-1", [`A | Stuff | ${lead} | 10 ppm`]),
  cas(20, "7439-92-1.", [`A | Stuff | ${lead} | 10 ppm`]),
  cas(20, "CAS: 7439-92-1", [`A | Stuff | ${lead} | 10 ppm`]),
  cas(
    21,
    '"10588-01-9, 7789-12-0"',
    ["A | Stuff | 10588-01-9 | ≤ 10 ppm", "A | Stuff | 7789-12-0 | ≤ 10 ppm"],
    "cas.multiple"
  ),
  cas(21, "68-22-4/ 57-63-6", ["A | Stuff | 57-63-6 | ≤ 10 ppm", "A | Stuff | 68-22-4 | ≤ 10 ppm"], "cas.multiple"),
  ...["---", "N/A", "000-00-0"].map((written) => cas(22, written, ["A | Stuff | - | 10 ppm"], "cas.placeholder")),
  ...["proprietary", "9999-99-4", "system"].map((written) =>
    cas(22, written, ["A | Stuff (proprietary) | - | 10 ppm"], "cas.placeholder")
  ),
  cas(23, "231-100-4", [`A | Stuff | ${lead} | 10 ppm`], "id.swapped"),
  declarations(23, "an EC number alone", "Part Number,EC No.,Conc (ppm)\nA,231-100-4,10\nB,231-101-4,10\n", {
    accepted: 1,
    says: [`A | lead | ${lead} | 10 ppm`],
    rejects: ["3 EC No. ec.check_digit"]
  }),
  declarations(24, "a name and another substance's number", `${header}A,Lead,7440-43-9,10\n`, {
    accepted: 1,
    says: [`A | Lead | ${lead} | 10 ppm`, "A | Lead | 7440-43-9 | 10 ppm"],
    warnings: ["2 Substance id.name_cas_mismatch"]
  }),
  declarations(0, "an ELINCS number whose remainder is ten", "Part Number,EC No.,Conc (ppm)\nA,400-001-1,10\n", {
    accepted: 1,
    rejects: []
  }),
  declarations(0, "a name in another language", "Teilenummer;Stoff;Masse in mg\nA;Blei;5\n", {
    accepted: 1,
    says: [`A | Blei | ${lead} | 5 mg`]
  }),
  declarations(0, "no fuzzy match", `${header}A,Leads,,10\nB,Lead free solder,,10\n`, {
    accepted: 2,
    says: ["A | Leads | - | 10 ppm", "B | Lead free solder | - | 10 ppm"]
  })
]
