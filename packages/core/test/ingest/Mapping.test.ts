import { assert, describe, it } from "@effect/vitest"
import { type Field, fields } from "../../src/domain/Mapping.ts"
import { unitOf } from "../../src/domain/Unit.ts"
import { proposeMapping, SURE, type TableKind } from "../../src/ingest/table/Mapping.ts"
import { synonyms } from "../../src/ingest/table/Synonyms.ts"

const found = (header: string, kind: TableKind = "declarations") =>
  proposeMapping(header.split(";"), kind).map(({ mapping, confidence }) =>
    mapping === undefined || confidence < SURE
      ? "-"
      : [mapping.field, "unit" in mapping ? mapping.unit : ""].join(" ").trim()
  )

const all = [
  "part_number",
  "material",
  "substance",
  "cas",
  "ec",
  "concentration %",
  "material_mass g",
  "threshold ppm",
  "exemption",
  "issued"
]

describe("declaration headers", () => {
  it.each([
    [
      "English",
      "Part No.;Material;Substance name;CAS-No.;EC No.;Concentration [%];Material weight (g);Limit (ppm);Exemption;Date"
    ],
    [
      "German",
      "Teile-Nr.;Werkstoff;Stoffname;CAS-Nummer;EG-Nr.;Massenanteil in %;Materialgewicht [g];Grenzwert (ppm);Ausnahme;Ausstellungsdatum"
    ],
    [
      "French",
      "Référence pièce;Matériau;Nom de la substance;N° CAS;Numéro CE;Concentration (%);Masse du matériau (g);Valeur limite (ppm);Dérogation;Date d’émission"
    ],
    [
      "Italian",
      "Codice articolo;Materiale;Nome sostanza;Numero CAS;Numero CE;Concentrazione (%);Peso materiale (g);Soglia (ppm);Esenzione;Data di emissione"
    ],
    [
      "Spanish",
      "Número de parte;Material homogéneo;Sustancia;Número CAS;Número CE;Concentración (%);Masa del material (g);Umbral (ppm);Exención;Fecha de emisión"
    ],
    ["Chinese", "零件编号;均质材料;物质名称;CAS号;EC号;含量(%);材料重量(g);限值(ppm);豁免;签发日期"],
    ["Japanese", "部品番号;均質材料;化学物質名;CAS番号;EC番号;含有率(%);材料質量(g);しきい値(ppm);適用除外;発行日"]
  ])("%s", (_language, header) => {
    assert.deepStrictEqual(found(header), all)
  })
})

describe("BOM headers", () => {
  it.each([
    ["English", "Level;Parent;Part number;Qty;Unit weight (g);RefDes"],
    ["German", "Stufe;Übergeordnete Baugruppe;Teilenummer;Anzahl;Stückgewicht (g);Bauteilkennung"],
    ["French", "Niveau;Pièce parente;Référence pièce;Qté;Poids unitaire (g);Repères"],
    ["Italian", "Livello;Codice padre;Codice articolo;Q.tà;Peso unitario (g);Designators"],
    ["Spanish", "Nivel;Código padre;Número de parte;Cantidad;Peso unitario (g);Designators"],
    ["Chinese", "层级;父项;料号;用量;单重(g);位号"],
    ["Japanese", "レベル;親品番;品番;員数;単重(g);部品記号"]
  ])("%s", (_language, header) => {
    assert.deepStrictEqual(found(header, "bom"), [
      "level",
      "parent",
      "part_number",
      "quantity",
      "part_mass g",
      "designators"
    ])
  })
})

it("every name of a field is one of that field alone", () => {
  const owners = new Map<string, Field>()
  for (const field of fields)
    for (const name of `${synonyms[field].sure}|${synonyms[field].likely}`.split("|")) {
      if (name === "") continue
      assert.strictEqual(owners.get(name) ?? field, field, name)
      owners.set(name, field)
    }
})

it.each([
  ["mg", "mg", 1],
  ["µg", "mg", 0.001],
  ["mcg", "mg", 0.001],
  ["ng", "mg", 0.000001],
  ["kg", "mg", 1_000_000],
  ["t", "mg", 1_000_000_000],
  ["lb", "mg", 453_592.37],
  ["oz", "mg", 28_349.523125],
  ["gr", "mg", 64.79891],
  ["gr.", "mg", 1000],
  ["troy oz", "mg", 31_103.4768],
  ["wt. %", "ppm", 10_000],
  ["‰", "ppm", 1000],
  ["µg/g", "ppm", 1],
  ["µg/kg", "ppm", 0.001],
  ["ppt", "ppm", 0.000001],
  ["fraction", "ppm", 1_000_000]
] as const)("%s is a unit", (text, canonical, size) => {
  assert.deepStrictEqual([unitOf(text)?.canonical, unitOf(text)?.size], [canonical, size])
})

it.each(["ppmv", "mg/l", "µg/cm2", "mg/dm²", "cps", "atom %", "vol%", "w/w", "mol/kg"])("%s is none", (text) => {
  assert.isUndefined(unitOf(text))
})
