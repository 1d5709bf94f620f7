/** The names columns go by in the forms of the field, in several languages. Data only. */

import type { Field } from "../../domain/Mapping.ts"

/**
 * Names as they stand after normalisation: lower case, without accents, units, brackets and
 * punctuation. Names in `sure` settle a column; those in `likely` do when no other column claims the field.
 */
export const synonyms: Readonly<Record<Field, { readonly sure: string; readonly likely: string }>> = {
  part_number: {
    sure: "part number|part no|part nr|part num|partnumber|part|pn|p n|mpn|mfr part number|mfg part number|manufacturer part number|manufacturer part no|manufacturer pn|supplier part number|supplier part no|vendor part number|item number|item no|itemnumber|article number|article no|product number|component part number|teilenummer|teile nr|teilenr|sachnummer|artikelnummer|artikel nr|numero de piece|reference piece|reference article|numero de parte|referencia|codice articolo|codice componente|品番|部品番号|料号|物料编码|物料編碼|零件号",
    likely:
      "item|article|component|reference|ref|sku|code|material number|materialnummer|number|product|customer part number|internal part number|id"
  },
  part_name: {
    sure: "part name|part description|description|item description|item name|component name|product name|bezeichnung|benennung|beschreibung|designation|descripcion|descrizione|品名|部品名|名称",
    likely: "name|title"
  },
  part_mass: {
    sure: "part mass|part weight|weight|unit weight|component weight|component mass|product weight|article weight|weight g|mass of part|mass per part|net weight|teilegewicht|gewicht|bauteilgewicht|stuckgewicht|poids|poids piece|peso|masse piece|重量|质量|質量",
    likely: "total weight|part weight total"
  },
  categories: {
    sure: "categories|part category|part categories|component category|product category|legal category|kategorien|teilekategorie|produktkategorie|categorie de produit",
    likely: "category|kategorie|categorie|categoria"
  },
  material: {
    sure: "material|homogeneous material|material name|homogeneous material name|material description|base material|werkstoff|werkstoffname|homogener werkstoff|materiau|materiau homogene|materiale|材質|材料|均质材料|均質材料",
    likely: "layer|sub part|coating|alloy"
  },
  material_mass: {
    sure: "material mass|material weight|homogeneous material mass|homogeneous material weight|mass of material|weight of material|materialgewicht|werkstoffgewicht|masse materiau|材料重量",
    likely: ""
  },
  substance: {
    sure: "substance|substance name|chemical|chemical name|chemical substance|substance description|analyte|substanz|stoff|stoffname|chemischer stoff|nom de la substance|substance chimique|sustancia|nombre de la sustancia|sostanza|物質名|物質|化学物質名|物质|物质名称|化学物质",
    likely: "compound|element|constituent|ingredient|name of substance|inhaltsstoff"
  },
  cas: {
    sure: "cas|cas number|cas no|cas nr|cas rn|cas num|casrn|cas nummer|numero cas|no cas|n cas|cas番号|cas号|cas号码|chemical abstracts service number",
    likely: "cas ec|cas id|identifier"
  },
  ec: {
    sure: "ec|ec number|ec no|ec nr|einecs|einecs number|einecs no|ec list number|eg nummer|eg nr|numero ce|ce number",
    likely: ""
  },
  substance_mass: {
    sure: "substance mass|substance weight|mass of substance|weight of substance|mass|substance amount|content mass|stoffmasse|masse de la substance|masse|含有量",
    likely: "content|gehalt|inhalt"
  },
  concentration: {
    sure: "concentration|conc|substance concentration|concentration value|content percent|percentage|percent|mass fraction|weight percent|mass percent|concentration in material|concentration in article|ppm|konzentration|massenanteil|anteil|gehalt in|concentracion|concentrazione|teneur|含有率|浓度|濃度|含量",
    likely: "result|test result|measured value|messwert|level found"
  },
  amount: {
    sure: "amount|value|reported value|declared value|menge|wert|quantite substance|valeur|valor|valore",
    likely: "reported amount|declared amount"
  },
  amount_min: {
    sure: "min|minimum|min concentration|concentration min|minimum concentration|lower limit of range|min value|min amount|amount min",
    likely: "low|lower"
  },
  amount_max: {
    sure: "max|maximum|max concentration|concentration max|maximum concentration|upper limit of range|max value|max amount|amount max|worst case concentration",
    likely: "high|upper"
  },
  unit: {
    sure: "unit|uom|units|unit of measure|unit of measurement|einheit|unite|unidad|unita|単位|单位",
    likely: "measure"
  },
  basis: { sure: "basis|calculation basis|element or compound|reported as|bezug", likely: "" },
  threshold: {
    sure: "threshold|limit|limit value|regulatory limit|threshold value|maximum allowed|max allowed|max permitted|grenzwert|schwellenwert|valeur limite|seuil|limite|閾値|限值|限量",
    likely: "allowed|mcv"
  },
  exemption: {
    sure: "exemption|exemptions|rohs exemption|rohs exemptions|exemption code|exemption claimed|exemption number|ausnahme|rohs ausnahme|exemption id|derogation|exencion|esenzione|適用除外|豁免",
    likely: "annex iii"
  },
  level: {
    sure: "level|bom level|lvl|indent|indent level|structure level|hierarchy level|stufe|ebene|niveau|nivel|livello|层级|階層|レベル",
    likely: ""
  },
  parent: {
    sure: "parent|parent part|parent number|parent part number|parent item|parent no|parent pn|assembly|assembly number|next higher assembly|nha|used in|ubergeordnetes teil|ubergeordnete baugruppe|vater|padre|父项|親品番",
    likely: "father|father part"
  },
  quantity: {
    sure: "quantity|qty|qty per|quantity per|qty per assembly|qpa|pieces|anzahl|stuckzahl|menge je|quantite|qte|cantidad|quantita|数量|員数|用量",
    likely: "count|pcs|usage"
  },
  designators: {
    sure: "reference designator|reference designators|ref des|refdes|designator|designators|position|positions|bauteilkennung",
    likely: ""
  }
}

/** The child of an edge in a list of parents and children; taken as the part number of a BOM. */
export const childNames: ReadonlyArray<string> =
  "child|child part|child number|child part number|child item|child no|child pn|component number|component item|untergeordnetes teil|kind|子项|子品番".split(
    "|"
  )

/** Substances that have columns of their own in yes/no forms, with their CAS number. */
export const columnSubstances: ReadonlyArray<readonly [names: RegExp, substance: string, cas: string]> = [
  [/^(lead|pb|blei|plomb|plomo|piombo|鉛|铅)$/, "Lead", "7439-92-1"],
  [/^(mercury|hg|quecksilber|mercure|水銀|汞)$/, "Mercury", "7439-97-6"],
  [/^(cadmium|cd|カドミウム|镉)$/, "Cadmium", "7440-43-9"],
  [
    /^(hexavalent chromium|chromium vi|cr vi|crvi|cr6|cr 6|cr6\+|sechswertiges chrom)$/,
    "Hexavalent chromium",
    "18540-29-9"
  ],
  [/^(dehp)$/, "DEHP", "117-81-7"],
  [/^(bbp)$/, "BBP", "85-68-7"],
  [/^(dbp)$/, "DBP", "84-74-2"],
  [/^(dibp)$/, "DIBP", "84-69-5"]
]

/** Lists that a column can answer for as a whole. */
export const columnLists: ReadonlyArray<readonly [names: RegExp, list: string, title: string]> = [
  [/\brohs\b/, "eu-rohs", "EU RoHS"],
  [/\b(svhc|reach)\b/, "eu-reach-svhc", "REACH SVHC"],
  [/\bhalogen\b/, "halogen-free", "Halogen-free"]
]
