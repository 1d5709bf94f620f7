/** Clean and dirty files of every format besides the plain table. */
import { gzipSync, zipSync } from "fflate"
import { bom, type CorpusCase, declarations, latin1, utf8 } from "./Case.ts"

const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"
const lead = "7439-92-1"

const ipc = (business: string, product: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<MainDeclaration xmlns="http://webstds.ipc.org/175x/2.0" version="2.0">
<BusinessInfo mode="${business}"><Response date="2026-01-15"><Authorizer name="J. Doe"/><SupplyCompany name="ACME"/></Response></BusinessInfo>
<Declaration legalType="Standard" supplierAcceptance="true"/>
<Product unitType="Each"><ProductID itemName="Resistor" itemNumber="R-1"><Amount value="20" UOM="mg"/></ProductID><ProductID itemNumber="R-2"/>
${product}
</Product></MainDeclaration>`

const classD = ipc(
  "Distribute",
  `<MaterialInfo><HomogeneousMaterialList><HomogeneousMaterial name="Glass"><Amount value="5" UOM="mg"/>
<SubstanceCategoryList><SubstanceCategory name="Lead/Lead Compounds">
<Substance name="Lead oxide"><SubstanceID identity="1317-36-8" authority="CAS"/><Amount value="0.0054" UOM="mg"/><ExemptionList><Exemption identity="7(c)-I"/></ExemptionList></Substance>
<Substance name="Silica"><SubstanceID identity="7631-86-9" authority="CAS"/><Amount value="4.9946" UOM="mg"/></Substance>
</SubstanceCategory></SubstanceCategoryList></HomogeneousMaterial>
<HomogeneousMaterial name="Tin"><Amount value="15" UOM="mg"/>
<Substance name="Tin"><SubstanceID identity="7440-31-6" authority="CAS"/><Concentration value="99.9"/></Substance>
<Substance name="Lead"><SubstanceID identity="7439-92-1" authority="CAS"/><Concentration value="0.05"/></Substance>
</HomogeneousMaterial></HomogeneousMaterialList></MaterialInfo>`
)

const classC = ipc(
  "Distribute",
  `<MaterialInfo><SubstanceCategoryList><SubstanceCategoryListID identity="EUROHS-1907" authority="IPC"/>
<SubstanceCategory name="Cadmium/Cadmium Compounds"><Threshold overThreshold="false" threshold="0.01 mass% of homogeneous material"/></SubstanceCategory>
<SubstanceCategory name="Lead/Lead Compounds"><Threshold overThreshold="true" threshold="0.1 mass%"/><Concentration value="3.5"/><ExemptionList><Exemption identity="6(c)"/></ExemptionList></SubstanceCategory>
</SubstanceCategoryList><SubstanceCategoryList><SubstanceCategoryListID identity="EUREACH-0624" authority="IPC"/>
<SubstanceCategory name="Diboron trioxide"><SubstanceCategoryID identity="1303-86-2" authority="CAS"/><Threshold overThreshold="true" threshold="0.1 mass%"/><Amount value="0.4" UOM="massPercent"/></SubstanceCategory>
</SubstanceCategoryList></MaterialInfo>`
)

const classA = (first: boolean, second: boolean): string =>
  ipc(
    "Distribute",
    `<MaterialInfo><QueryList><QueryListID identity="EUROHS-1907" authority="IPC"/>
<Query statement="Product(s) meets EU RoHS requirements without any exemptions" response="${first}"/>
<Query statement="Product(s) meets EU RoHS requirements by application of exemptions" response="${second}"/>
</QueryList></MaterialInfo>`
  )

const iec = `<?xml version="1.0"?><Main xmlns="http://std.iec.ch/iec62474"><BusinessInfo><Response date="2026-01-01"><Authorizer name="T"/></Response></BusinessInfo>
<Product unitType="each"><ProductID name="Cable" identifier="C-9"/><Mass mass="2" unitOfMeasure="g"/>
<Composition><ProductPart name="Sheath" numberOfUnits="1"><Material name="PVC"><Mass mass="1.5" unitOfMeasure="g"/>
<Substance name="DEHP"><UniqueID authority="CAS" identity="117-81-7"/><Mass mass="3" unitOfMeasure="mg"/></Substance>
<Substance name="Lead"><UniqueID authority="CAS" identity="7439-92-2"/><MatMassPercent massPercent="0.2"/></Substance>
</Material></ProductPart></Composition>
<Compliance><DsDsg name="Cadmium"><UniqueID authority="CAS" identity="7440-43-9"/><Threshold aboveThresholdLevel="false" reportingThreshold="0.01 mass% of homogeneous material"/></DsDsg></Compliance>
</Product></Main>`

/**
 * A workbook of one sheet; cells are numbers, text, `{ value, style }` with style 1 for percent and 2 for dates, or
 * formulas nobody has calculated. `merged` are ranges such as `A2:A3`.
 */
export const workbook = (
  rows: ReadonlyArray<
    ReadonlyArray<string | number | { readonly value: number; readonly style: 1 | 2 } | { readonly formula: string }>
  >,
  merged: ReadonlyArray<string> = []
): Uint8Array => {
  const cell = (value: (typeof rows)[number][number], row: number, column: number): string => {
    const at = `${String.fromCharCode(65 + column)}${row + 1}`
    if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`
    if (typeof value === "object" && "formula" in value) return `<c r="${at}"><f>${value.formula}</f><v></v></c>`
    if (typeof value === "object") return `<c r="${at}" s="${value.style}"><v>${value.value}</v></c>`
    const escaped = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    return value === "" ? "" : `<c r="${at}" t="inlineStr"><is><t>${escaped}</t></is></c>`
  }
  const sheet = rows
    .map((cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cell(value, row, column)).join("")}</row>`)
    .join("")
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("")
  return zipSync({
    "[Content_Types].xml": utf8("<Types/>"),
    "xl/workbook.xml": utf8(
      '<workbook xmlns:r="r"><sheets><sheet name="Sheet 1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": utf8(
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
    "xl/styles.xml": utf8(
      '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    ),
    "xl/worksheets/sheet1.xml": utf8(
      `<worksheet><sheetData>${sheet}</sheetData>${merges === "" ? "" : `<mergeCells>${merges}</mergeCells>`}</worksheet>`
    )
  })
}

/** Days since the epoch of a workbook, of a date before 10000. */
const serial = (year: number, month: number, day: number): number =>
  Math.round((Date.UTC(year, month - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000)

const cyclonedx = JSON.stringify({
  bomFormat: "CycloneDX",
  specVersion: "1.6",
  metadata: { component: { type: "device", name: "EG-200", description: "Edge Gateway" } },
  components: [
    {
      type: "device",
      name: "PCB-1",
      properties: [{ name: "cdx:device:quantity", value: "2" }],
      components: [{ type: "device", name: "R-1", properties: [{ name: "cdx:device:quantity", value: "14" }] }]
    },
    { type: "firmware", name: "boot" }
  ]
})

export const formats: ReadonlyArray<CorpusCase> = [
  declarations(
    0,
    "gzip",
    gzipSync(utf8(`${header}A,Lead,1000,5\n`)),
    { accepted: 1, says: [`A | Lead | ${lead} | 5 mg`] },
    "declarations.csv.gz"
  ),
  declarations(
    0,
    "a zip of two files",
    zipSync({ "a.csv": utf8(`${header}A,Lead,1000,5\n`), "sub/b.csv": utf8(`${header}B,Lead,1000,x\n`) }),
    {
      accepted: 1,
      rejects: ["2 substance_mass_mg value.not_a_number"]
    },
    "declarations.zip"
  ),
  declarations(
    0,
    "damaged gzip",
    gzipSync(utf8(header.repeat(50)))
      .subarray(0, 30)
      .fill(7, 12),
    { refused: "archive.unreadable" },
    "d.csv.gz"
  ),
  declarations(
    12,
    "percent formats of a workbook",
    workbook([
      ["Part Number", "Substance", "Conc. (%)"],
      ["A", "Lead", { value: 0.001, style: 1 }],
      ["B", "Lead", 0.2]
    ]),
    {
      accepted: 2,
      says: [`A | Lead | ${lead} | 1000 ppm`, `B | Lead | ${lead} | 2000 ppm`],
      warnings: []
    },
    "declarations.xlsx"
  ),
  declarations(
    18,
    "a CAS number that a workbook holds as a date",
    workbook([
      ["Part Number", "Substance", "CAS", "Mass (mg)"],
      ["A", "Stuff", { value: serial(2708, 7, 8), style: 2 }, 0.1]
    ]),
    {
      accepted: 1,
      says: ["A | Stuff | 2708-07-8 | 0.1 mg"],
      warnings: ["2 CAS cas.date_repaired"]
    },
    "declarations.xlsx"
  ),
  declarations(
    41,
    "cells merged over rows, and a formula that was never calculated",
    workbook(
      [
        ["ACME", "", ""],
        ["Part Number", "Substance", "Mass (mg)"],
        ["A", "Lead", 5],
        ["", "Zinc", 6],
        ["", "Copper", { formula: "1+1" }],
        ["B", "Tin", 7]
      ],
      ["A1:C1", "A3:A5"]
    ),
    {
      accepted: 3,
      says: [`A | Lead | ${lead} | 5 mg`, "A | Zinc | 7440-66-6 | 6 mg", "B | Tin | 7440-31-5 | 7 mg"],
      rejects: ["5 Mass (mg) value.formula_error"]
    },
    "declarations.xlsx"
  ),
  declarations(
    42,
    "a workbook with a title and empty rows",
    workbook([["ACME declaration"], [], ["Part Number", "Substance", "Mass (mg)"], [], ["A", "Lead", 5], ["B", "", 5]]),
    {
      accepted: 1,
      says: [`A | Lead | ${lead} | 5 mg`],
      rejects: ["6 Substance value.missing"]
    },
    "declarations.xlsx"
  ),
  declarations(
    0,
    "IPC-1752A class D",
    classD,
    {
      accepted: 3,
      rejects: ["12 SubstanceID/@identity cas.check_digit"],
      says: [
        "R-1 | Lead | 7439-92-1 | 500 ppm | Tin | on 2026-01-15",
        "R-1 | Lead oxide | 1317-36-8 | 0.0054 mg | Glass | 7(c)-I | on 2026-01-15",
        "R-1 | Silica | 7631-86-9 | 4.9946 mg | Glass | on 2026-01-15",
        "R-2 | Lead | 7439-92-1 | 500 ppm | Tin | on 2026-01-15",
        "R-2 | Lead oxide | 1317-36-8 | 0.0054 mg | Glass | 7(c)-I | on 2026-01-15",
        "R-2 | Silica | 7631-86-9 | 4.9946 mg | Glass | on 2026-01-15"
      ],
      warnings: []
    },
    "R-1.xml"
  ),
  declarations(
    38,
    "substances that do not add up to their material",
    classD.replace("4.9946", "2"),
    {
      accepted: 3,
      rejects: ["12 SubstanceID/@identity cas.check_digit"],
      warnings: ["6 Glass mass.balance"]
    },
    "R-1.xml"
  ),
  declarations(
    38,
    "substances of 160 % of their material",
    classD.replace("4.9946", "8"),
    {
      accepted: 1,
      rejects: [
        "8 HomogeneousMaterial mass.balance",
        "9 HomogeneousMaterial mass.balance",
        "12 SubstanceID/@identity cas.check_digit"
      ],
      warnings: []
    },
    "R-1.xml"
  ),
  declarations(
    38,
    "materials that do not add up to their part",
    classD.replace('value="20"', 'value="30"'),
    {
      accepted: 3,
      rejects: ["12 SubstanceID/@identity cas.check_digit"],
      warnings: ["5 Product mass.balance"]
    },
    "R-1.xml"
  ),
  declarations(
    39,
    "a mass that nobody has weighed",
    classC.replace('value="20"', 'value="0.01"'),
    { accepted: 3, warnings: ["5 Amount/@value mass.suspect"] },
    "R-1.xml"
  ),
  declarations(
    33,
    "a day that no calendar has",
    classC.replace("2026-01-15", "2026-13-01"),
    { accepted: 3, warnings: ["3 Response/@date date.invalid"] },
    "R-1.xml"
  ),
  declarations(
    2,
    "XML in the encoding it declares",
    latin1(classA(true, false).replace("UTF-8", "ISO-8859-1").replace('"R-2"', '"Gehäuse"')),
    {
      accepted: 1,
      says: [
        "GEHÄUSE | Product(s) meets EU RoHS requirements without any exemptions | - | eu-rohs compliant | on 2026-01-15",
        "R-1 | Product(s) meets EU RoHS requirements without any exemptions | - | eu-rohs compliant | on 2026-01-15"
      ]
    },
    "R-1.xml"
  ),
  declarations(
    0,
    "IPC-1752A class C",
    classC,
    {
      accepted: 3,
      says: [
        "R-1 | Cadmium/Cadmium Compounds | - | ≤ 100 ppm | (worst material) | on 2026-01-15",
        "R-1 | Diboron trioxide | 1303-86-2 | 4000 ppm | on 2026-01-15",
        "R-1 | Lead/Lead Compounds | - | 35000 ppm | (worst material) | 6(c) | on 2026-01-15",
        "R-2 | Cadmium/Cadmium Compounds | - | ≤ 100 ppm | (worst material) | on 2026-01-15",
        "R-2 | Diboron trioxide | 1303-86-2 | 4000 ppm | on 2026-01-15",
        "R-2 | Lead/Lead Compounds | - | 35000 ppm | (worst material) | 6(c) | on 2026-01-15"
      ]
    },
    "R-1.xml"
  ),
  declarations(
    0,
    "IPC-1752A class A",
    classA(true, false),
    {
      accepted: 1,
      says: [
        "R-1 | Product(s) meets EU RoHS requirements without any exemptions | - | eu-rohs compliant | on 2026-01-15",
        "R-2 | Product(s) meets EU RoHS requirements without any exemptions | - | eu-rohs compliant | on 2026-01-15"
      ]
    },
    "R-1.xml"
  ),
  declarations(
    36,
    "statements that contradict each other",
    classA(true, true),
    { accepted: 0, rejects: ["7 Query statement.contradiction"] },
    "R-1.xml"
  ),
  declarations(
    44,
    "a request instead of a declaration",
    ipc("Request/Reply", "<MaterialInfo/>"),
    { refused: "document.not_a_declaration" },
    "R-1.xml"
  ),
  declarations(
    45,
    "a document type with entities",
    `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><MainDeclaration>&b;</MainDeclaration>`,
    { refused: "xml.dtd_forbidden" },
    "R-1.xml"
  ),
  declarations(45, "XML that ends too early", classD.slice(0, 900), { refused: "xml.malformed" }, "R-1.xml"),
  declarations(46, "a PDF under another name", "%PDF-1.7\n...", { refused: "document.content_type" }, "R-1.xml"),
  declarations(
    46,
    "a sign-in page under another name",
    "<!doctype html><html><body>Sign in</body></html>",
    { refused: "document.content_type" },
    "R-1.xml"
  ),
  declarations(
    0,
    "IEC 62474",
    iec,
    {
      accepted: 2,
      rejects: ["5 UniqueID/@identity cas.check_digit"],
      says: [
        "C-9 | Cadmium | 7440-43-9 | ≤ 100 ppm | on 2026-01-01",
        "C-9 | DEHP | 117-81-7 | 3 mg | Sheath / PVC | on 2026-01-01"
      ]
    },
    "C-9.xml"
  ),
  declarations(
    0,
    "chemSHERPA",
    zipSync({ "C-9.xml": utf8(iec) }),
    { accepted: 2, rejects: ["5 UniqueID/@identity cas.check_digit"] },
    "C-9.shai"
  ),
  declarations(0, "a BOM where declarations should be", cyclonedx, { refused: "document.not_declarations" }),
  bom(
    0,
    "CycloneDX",
    cyclonedx,
    { bom: ["EG-200 > 2 PCB-1", "PCB-1 > 14 R-1"], warnings: ["0 /components/1 part.not_hardware"] },
    "bom.cdx.json"
  ),
  bom(
    0,
    "CycloneDX as XML",
    `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1"><metadata><tools><components><component type="application"><name>x</name></component></components></tools>
<component type="device"><name>EG-200</name><description>Edge Gateway</description></component></metadata>
<components><component type="device"><supplier><name>ACME</name></supplier><name>PCB-1</name><components><component type="device"><name>R-1</name><properties><property name="cdx:device:quantity">14</property></properties></component></components>
<properties><property name="cdx:device:quantity">2</property></properties></component><component type="firmware"><name>boot</name></component></components></bom>`,
    { bom: ["EG-200 > 2 PCB-1", "PCB-1 > 14 R-1"], warnings: ["0 /components/1 part.not_hardware"] },
    "bom.xml"
  ),
  bom(
    0,
    "a BOM indented by level",
    "Level,Part Number,Qty,Material,Weight (g)\n0,TOP,1,,\n1,A,2,,\n2,S-1,4,Brass,2.5\n1,A2,1,,\n2,S-1,8,Brass,2.5\n",
    {
      bom: ["A > 4 S-1", "A2 > 8 S-1", "S-1: 2.5 g, Brass", "TOP > 1 A2", "TOP > 2 A"]
    }
  ),
  bom(
    0,
    "a sub-assembly that stands twice",
    "Level,Part Number,Qty\n..0,TOP,1\n..1,A,2\n...2,S,4\n..1,B,1\n...2,A,3\n....3,S,4\n",
    {
      bom: ["A > 4 S", "B > 3 A", "TOP > 1 B", "TOP > 2 A"]
    }
  ),
  bom(0, "a BOM as edges", "Parent;Child;Menge\nTOP;A;2\nA;S;0,5\n", { bom: ["A > 0.5 S", "TOP > 2 A"] }),
  bom(0, "a BOM as a list, named by its file", "Item No,Qty,Unit Weight (mg)\nS-1,4,2500\n", {
    bom: ["EG-200 > 4 S-1", "S-1: 2.5 g"]
  }),
  bom(
    0,
    "a BOM as a workbook",
    workbook([
      ["Level", "Part Number", "Quantity"],
      [0, "TOP", 1],
      [1, "A", 2]
    ]),
    { bom: ["TOP > 2 A"] },
    "bom.xlsx"
  ),
  bom(0, "two products", "Parent,Child,Qty\nA,B,1\nC,D,1\n", { refused: "bom.several_products" }),
  bom(39, "a mass that cannot be read", "Level,Part Number,Qty,Weight (g)\n0,TOP,1,\n1,A,2,heavy\n", {
    bom: ["TOP > 2 A"],
    warnings: ["3 Weight (g) value.not_a_number"]
  })
]
