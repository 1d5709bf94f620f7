/** IPC-1752 and IEC 62474 documents, with good statements among broken ones. */
import { type Amount, amountText, exactly } from "../../../src/domain/Amount.ts"
import * as Decimal from "../../../src/domain/Decimal.ts"
import { utf8 } from "../../../src/testing/corpus/Case.ts"
import { junk, pick, type Random, type Sample } from "./random.ts"

const PART = "R-1"

const sample = (random: Random, content: string, good: ReadonlyArray<string>, rows: number): Sample => {
  const eol = pick(random, ["\n", "\r\n", ""])
  const text = `${random(2) === 0 ? '<?xml version="1.0" encoding="UTF-8"?>' : ""}${content.replaceAll("\n", eol)}`
  return { name: "R-1.xml", bytes: utf8(random(8) === 0 ? `\uFEFF${text}` : text), as: "declarations", good, rows }
}

const attribute = (text: string): string =>
  text.replaceAll("\u0000", "").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")

/** Statements that are told apart by their names. */
interface Statements {
  readonly xml: string
  readonly good: ReadonlyArray<string>
  readonly rows: number
}

const says = (name: string, amount: Amount): string => `${PART} | ${name} | ${amountText(amount)}`

const inMilligrams = (text: string): Amount => exactly("mg", Decimal.parse(text) as Decimal.Decimal)

const inPercent = (text: string): Amount => exactly("ppm", Decimal.shift(Decimal.parse(text) as Decimal.Decimal, 4))

/**
 * So little that they fit into their material.
 *
 * @param idName element of the identifier; @param amountOf element of the amount in mg, @param shareOf in percent
 */
const substancesOf = (
  random: Random,
  start: number,
  idName: string,
  amountOf: (value: string) => string,
  shareOf: (value: string) => string
): Statements => {
  const good: Array<string> = []
  const count = random(5)
  let xml = ""
  for (let index = 0; index < count; index++) {
    const name = `Substance ${start + index}${pick(random, ["", " <x>", ' "y"', " & é鉛"])}`
    const number = `${random(12)}.${10 + random(90)}`
    const inShare = random(2) === 0
    const id = pick(random, ["", `<${idName} identity="7439-92-1" authority="CAS"/>`])
    const isGood = random(3) > 0
    if (isGood) good.push(says(name, inShare ? inPercent(number) : inMilligrams(number)))
    const value = isGood ? number : attribute(pick(random, junk))
    const wrong = isGood ? "" : pick(random, ["", `<${idName} identity="7439-92-2" authority="CAS"/>`, "<Unknown/>"])
    xml += `<Substance name="${attribute(name)}">${id}${wrong}${(inShare ? shareOf : amountOf)(value)}</Substance>\n`
  }
  return { xml, good, rows: count }
}

/** The mass of a material, unless what is wrong with its substances may be that they are more than that. */
const massFor = ({ good, rows }: Statements, mass: string): string => (good.length === rows ? mass : "")

const ipc = (random: Random, product: string): string => {
  const prefix = pick(random, ["", "ipc:"])
  const open = `${prefix}MainDeclaration`
  return `<${open} xmlns${prefix === "" ? "" : ":ipc"}="http://webstds.ipc.org/175x/2.0" version="2.0">
<BusinessInfo mode="Distribute"><Response date="2026-01-15"><Authorizer name="J. Doe"/></Response></BusinessInfo>
<Product unitType="Each"><ProductID itemNumber="${PART}"><Amount value="20" UOM="mg"/></ProductID>
${product}
</Product></${open}>`
}

const classD = (random: Random): Sample => {
  const materials = Array.from({ length: 1 + random(3) }, (_, material) =>
    substancesOf(
      random,
      10 * material,
      "SubstanceID",
      (value) => `<Amount value="${value}" UOM="mg"/>`,
      (value) => `<Concentration value="${value}"/>`
    )
  )
  const xml = materials
    .map(
      (one, index) =>
        `<HomogeneousMaterial name="M${index}">${massFor(one, '<Amount value="5000" UOM="mg"/>')}${one.xml}</HomogeneousMaterial>`
    )
    .join("\n")
  const content = ipc(random, `<MaterialInfo><HomogeneousMaterialList>${xml}</HomogeneousMaterialList></MaterialInfo>`)
  return sample(
    random,
    content,
    materials.flatMap(({ good }) => good),
    materials.reduce((sum, { rows }) => sum + rows, 0)
  )
}

const classC = (random: Random): Sample => {
  const good: Array<string> = []
  const count = random(5)
  let xml = ""
  for (let index = 0; index < count; index++) {
    const name = `Category ${index}`
    const number = `${random(50)}.${10 + random(90)}`
    const isGood = random(3) > 0
    if (isGood) good.push(says(name, inPercent(number)))
    const value = isGood ? number : attribute(pick(random, junk))
    xml += `<SubstanceCategory name="${name}"><Threshold overThreshold="true"/><Amount value="${value}" UOM="massPercent"/></SubstanceCategory>\n`
  }
  const list = `<SubstanceCategoryListID identity="${pick(random, ["EUROHS-1907", "EUREACH-0624", ""])}" authority="IPC"/>`
  const content = ipc(
    random,
    `<MaterialInfo><SubstanceCategoryList>${list}${xml}</SubstanceCategoryList></MaterialInfo>`
  )
  return sample(random, content, good, count)
}

const classA = (random: Random): Sample => {
  const statement = "Product(s) meets EU RoHS requirements without any exemptions"
  const content = ipc(
    random,
    `<MaterialInfo><QueryList><QueryListID identity="EUROHS-1907" authority="IPC"/>
<Query statement="${statement}" response="true"/><Query statement="Other EU RoHS" response="${pick(random, ["false", "no", ""])}"/>
</QueryList></MaterialInfo>`
  )
  return sample(random, content, [`${PART} | ${statement} | an unstated amount`], 1)
}

const iec = (random: Random): Sample => {
  const substances = substancesOf(
    random,
    0,
    "UniqueID",
    (value) => `<Mass mass="${value}" unitOfMeasure="mg"/>`,
    (value) => `<MatMassPercent massPercent="${value}"/>`
  )
  const content = `<Main xmlns="http://std.iec.ch/iec62474"><BusinessInfo><Response date="2026-01-01"><Authorizer name="T"/></Response></BusinessInfo>
<Product unitType="each"><ProductID name="Cable" identifier="${PART}"/><Mass mass="2" unitOfMeasure="g"/>
<Composition><ProductPart name="Sheath"><Material name="PVC">${massFor(substances, '<Mass mass="1.5" unitOfMeasure="g"/>')}
${substances.xml}</Material></ProductPart></Composition></Product></Main>`
  return sample(random, content, substances.good, substances.rows)
}

export const fuzzedXml = (random: Random): Sample => pick(random, [classD, classD, classC, classA, iec])(random)
