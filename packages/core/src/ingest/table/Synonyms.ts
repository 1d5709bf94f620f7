/** The names columns go by in the forms of the field, in several languages. Data only. */

import type { Field } from "../../domain/Mapping.ts"

/**
 * Names as they stand after normalisation: lower case, without accents, units, brackets and
 * punctuation. Names in `sure` settle a column; those in `likely` do when no other column claims the field.
 */
export const synonyms: Readonly<Record<Field, { readonly sure: string; readonly likely: string }>> = {
  part_number: {
    sure: "part number|part no|part nr|part num|partnumber|part|pn|p n|mpn|mfr part number|mfg part number|manufacturer part number|manufacturer part no|manufacturer pn|supplier part number|supplier part no|vendor part number|item number|item no|itemnumber|article number|article no|product number|component part number|teilenummer|teile nr|teilenr|sachnummer|artikelnummer|artikel nr|numero de piece|reference piece|reference article|numero de parte|referencia|codice articolo|codice componente|品番|部品番号|料号|物料编码|物料編碼|零件号|manufacturer item number|numero di parte|numero parte|codice prodotto|codice fornitore|numero de pieza|codigo de articulo|codigo de pieza|n de parte|n de pieza|code article|reference fabricant|numero d article|n de piece|no de piece|ref piece|herstellerteilenummer|hersteller teilenummer|bestellnummer|materialnr|sach nr|零件编号|部件号|产品编号|物料号|型号|料號|零件號|製品番号|型番|品目コード|図番",
    likely:
      "item|article|component|reference|ref|sku|code|material number|materialnummer|number|product|customer part number|internal part number|id"
  },
  part_name: {
    sure: "part name|part description|description|item description|item name|component name|product name|bezeichnung|benennung|beschreibung|designation|descripcion|descrizione|品名|部品名|名称|libelle|nom de la piece|denominazione|denominacion|nombre de la pieza|teilebezeichnung|artikelbezeichnung|零件名称|物料名称|产品名称|部件名称|描述|製品名|部品名称",
    likely: "name|title"
  },
  part_mass: {
    sure: "part mass|part weight|weight|unit weight|component weight|component mass|product weight|article weight|weight g|mass of part|mass per part|net weight|teilegewicht|gewicht|bauteilgewicht|stuckgewicht|poids|poids piece|peso|masse piece|重量|质量|質量|poids unitaire|masse unitaire|masse de la piece|poids net|peso unitario|peso netto|peso neto|peso componente|peso de la pieza|masa de la pieza|einzelgewicht|nettogewicht|masse des teils|bauteilmasse|teilemasse|artikelgewicht|单重|單重|零件重量|部件重量|单件重量|净重|产品重量|部品重量|部品質量|単重|製品重量|製品質量",
    likely: "total weight|part weight total"
  },
  categories: {
    sure: "categories|part category|part categories|component category|product category|legal category|kategorien|teilekategorie|produktkategorie|categorie de produit",
    likely: "category|kategorie|categorie|categoria"
  },
  supplier: {
    sure: "supplier|supplier name|vendor|vendor name|lieferant|lieferantenname|name des lieferanten|fournisseur|nom du fournisseur|proveedor|nombre del proveedor|fornitore|nome fornitore|供应商|供应商名称|供應商|サプライヤー|サプライヤ|仕入先|仕入先名",
    likely:
      "manufacturer|manufacturer name|mfr|mfr name|mfg|mfg name|maker|supply company|hersteller|herstellername|fabricant|fabricante|produttore|costruttore|制造商|生产商|製造商|メーカー|製造元"
  },
  material: {
    sure: "material|homogeneous material|material name|homogeneous material name|material description|base material|werkstoff|werkstoffname|homogener werkstoff|materiau|materiau homogene|materiale|材質|材料|均质材料|均質材料|materialbezeichnung|matiere|matiere homogene|nom du materiau|materiale omogeneo|nome materiale|nome del materiale|material homogeneo|nombre del material|材质|材料名称|均质材料名称|材料名|材質名|均質材料名",
    likely: "layer|sub part|coating|alloy"
  },
  material_mass: {
    sure: "material mass|material weight|homogeneous material mass|homogeneous material weight|mass of material|weight of material|materialgewicht|werkstoffgewicht|masse materiau|材料重量|masse des werkstoffs|masse du materiau|poids du materiau|peso materiale|peso del materiale|massa del materiale|masa del material|peso del material|材料质量|均质材料重量|材料質量|均質材料質量|材質質量",
    likely: ""
  },
  substance: {
    sure: "substance|substance name|chemical|chemical name|chemical substance|substance description|analyte|substanz|stoff|stoffname|chemischer stoff|nom de la substance|substance chimique|sustancia|nombre de la sustancia|sostanza|物質名|物質|化学物質名|物质|物质名称|化学物质|nom chimique|nome della sostanza|nome sostanza|sostanza chimica|sustancia quimica|nombre quimico|substanzname|stoffbezeichnung|化学物质名称|有害物质|物質名稱|成分名称|化学物質|含有物質|含有物質名|成分名",
    likely: "compound|element|constituent|ingredient|name of substance|inhaltsstoff"
  },
  cas: {
    sure: "cas|cas number|cas no|cas nr|cas rn|cas num|casrn|cas nummer|numero cas|no cas|n cas|cas番号|cas号|cas号码|chemical abstracts service number|codice cas|num cas|cas编号|cas 号|cas登记号|cas號|cas 番号|casno|casnr",
    likely: "cas ec|cas id|identifier"
  },
  ec: {
    sure: "ec|ec number|ec no|ec nr|einecs|einecs number|einecs no|ec list number|eg nummer|eg nr|numero ce|ce number|ez nummer|numero ec|n ce|no ce|ec号|ec编号|einecs号|ec番号|einecs番号",
    likely: ""
  },
  substance_mass: {
    sure: "substance mass|substance weight|mass of substance|weight of substance|mass|substance amount|content mass|stoffmasse|masse de la substance|masse|含有量|masse des stoffes|substanzmasse|stoffgewicht|substanzgewicht|poids de la substance|quantite de substance|massa della sostanza|peso della sostanza|quantita di sostanza|massa|masa de la sustancia|peso de la sustancia|masa|物质重量|物质质量|物質質量|物質重量|含有物質量",
    likely: "content|inhalt"
  },
  concentration: {
    sure: "concentration|conc|substance concentration|concentration value|content percent|percentage|percent|mass fraction|weight percent|mass percent|concentration in material|concentration in article|ppm|konzentration|massenanteil|anteil|gehalt in|concentracion|concentrazione|teneur|含有率|浓度|濃度|含量|gehalt|prozentsatz|massenkonzentration|pourcentage|concentration massique|percentuale|tenore|porcentaje|百分比|质量分数|含量百分比|含有濃度|質量分率",
    likely: "result|test result|measured value|messwert|level found"
  },
  amount: {
    sure: "amount|value|reported value|declared value|menge|wert|quantite substance|valeur|valor|valore|angabe|valore dichiarato|数值|数値|値",
    likely: "reported amount|declared amount"
  },
  amount_min: {
    sure: "min|minimum|min concentration|concentration min|minimum concentration|lower limit of range|min value|min amount|amount min|untergrenze|min wert|minimalwert|valeur minimale|valeur min|valore minimo|valor minimo|minimo|最小值|下限|最小値",
    likely: "low|lower"
  },
  amount_max: {
    sure: "max|maximum|max concentration|concentration max|maximum concentration|upper limit of range|max value|max amount|amount max|worst case concentration|obergrenze|max wert|maximalwert|valeur maximale|valeur max|valore massimo|valor maximo|maximo|massimo|最大值|上限|最大値",
    likely: "high|upper"
  },
  unit: {
    sure: "unit|uom|units|unit of measure|unit of measurement|einheit|unite|unidad|unita|単位|单位|masseinheit|mengeneinheit|unite de mesure|unita di misura|unidad de medida|單位",
    likely: "measure"
  },
  basis: {
    sure: "basis|calculation basis|element or compound|reported as|bezug|base de calcul|base di calcolo|base de calculo|bezugsgrosse",
    likely: ""
  },
  threshold: {
    sure: "threshold|limit|limit value|regulatory limit|threshold value|maximum allowed|max allowed|max permitted|grenzwert|schwellenwert|valeur limite|seuil|limite|閾値|限值|限量|valeur seuil|soglia|valore limite|umbral|valor limite|阈值|閾值|管控限值|しきい値|規制値|限度値",
    likely: "allowed|mcv"
  },
  exemption: {
    sure: "exemption|exemptions|rohs exemption|rohs exemptions|exemption code|exemption claimed|exemption number|ausnahme|rohs ausnahme|exemption id|derogation|exencion|esenzione|適用除外|豁免|ausnahmen|ausnahmeregelung|exemption rohs|exemptions rohs|esenzioni|esenzione rohs|exenciones|exencion rohs|豁免条款|豁免项|豁免编号|除外用途|適用除外用途|rohs適用除外",
    likely: "annex iii"
  },
  issued: {
    sure: "issued|issue date|date of issue|declaration date|date of declaration|report date|test date|signed on|ausstellungsdatum|datum der erklarung|erklarungsdatum|date d emission|date de declaration|data di emissione|fecha de emision|申告日|発行日|申报日期|签发日期",
    likely: "date|datum|data|fecha|日付|日期"
  },
  level: {
    sure: "level|bom level|lvl|indent|indent level|structure level|hierarchy level|stufe|ebene|niveau|nivel|livello|层级|階層|レベル|层次|级别|階層レベル|ebene nr",
    likely: ""
  },
  parent: {
    sure: "parent|parent part|parent number|parent part number|parent item|parent no|parent pn|assembly|assembly number|next higher assembly|nha|used in|ubergeordnetes teil|ubergeordnete baugruppe|vater|padre|父项|親品番|oberteil|ubergeordnete nummer|piece parente|reference parent|codice padre|componente padre|pieza padre|codigo padre|父件|上级料号|父料号|母件|親部品|親部品番号|上位品番",
    likely: "father|father part"
  },
  quantity: {
    sure: "quantity|qty|qty per|quantity per|qty per assembly|qpa|pieces|anzahl|stuckzahl|menge je|quantite|qte|cantidad|quantita|q ta|数量|員数|用量|stuck|menge pro baugruppe|nombre|qta|cant|ctd|單位用量|单位用量|數量|個数|使用数",
    likely: "count|pcs|usage"
  },
  designators: {
    sure: "reference designator|reference designators|ref des|refdes|designator|designators|position|positions|bauteilkennung|bauteilbezeichner|positionsbezeichner|reperes|repere topologique|位号|参考位号|部品記号|回路記号|参照記号",
    likely: ""
  }
}

/** The child of an edge in a list of parents and children; taken as the part number of a BOM. */
export const childNames: ReadonlyArray<string> =
  "child|child part|child number|child part number|child item|child no|child pn|component number|component item|untergeordnetes teil|kind|unterteil|composant|piece enfant|componente figlio|codice figlio|pieza hija|codigo hijo|子项|子件|子料号|下级料号|子品番|子部品|子部品番号|下位品番".split(
    "|"
  )

/** Substances that have columns of their own in yes/no forms, with their CAS number. */
export const columnSubstances: ReadonlyArray<readonly [names: RegExp, substance: string, cas: string]> = [
  [/^(lead|pb|blei|plomb|plomo|piombo|鉛|铅)$/, "Lead", "7439-92-1"],
  [/^(mercury|hg|quecksilber|mercure|mercurio|水銀|汞)$/, "Mercury", "7439-97-6"],
  [/^(cadmium|cd|cadmio|カドミウム|镉)$/, "Cadmium", "7440-43-9"],
  [
    /^(hexavalent chromium|chromium vi|cr vi|crvi|cr6|cr 6|cr6\+|sechswertiges chrom|chrome hexavalent|cromo esavalente|cromo hexavalente|六价铬|六価クロム)$/,
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
