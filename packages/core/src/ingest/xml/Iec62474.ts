/**
 * IEC 62474 and chemSHERPA declarations. Composition: product parts hold materials, materials hold
 * substances. Compliance: one entry of the declarable substance list each, above its threshold or
 * not. Both the 2018 schema and the one before it, without the Composition element, are read.
 */
import { type Amount, unstated } from "../../domain/Amount.ts"
import type { Decimal } from "../../domain/Decimal.ts"
import { partKey } from "../../domain/Part.ts"
import { type DecodeOptions, type Decoder, Findings, type Stated } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { UnreadableDocument } from "../UnreadableDocument.ts"
import { Balance } from "./Balance.ts"
import * as Statement from "./Statement.ts"
import { type Attributes, XmlReader } from "./XmlReader.ts"

interface Material {
  readonly name: string
  readonly line: number
  massMg: Decimal | undefined
  readonly amounts: Array<Amount | undefined>
}

interface Substance extends Statement.OpenSubstance {
  over: string | undefined
  threshold: string
}

/** Substances of one material whose amounts are added up. */
const MAX_SUBSTANCES = 100_000

export const decodeIec62474 = (
  document: { readonly name: string; readonly sha256: string },
  options: DecodeOptions = {}
): Decoder => {
  const reader = new Iec62474Reader(document, options)
  const xml = new XmlReader(document.name, reader)
  return {
    push: (chunk) => {
      xml.push(chunk)
      return reader.findings.take()
    },
    end: () => {
      xml.end()
      reader.finish()
      return reader.findings.take()
    }
  }
}

class Iec62474Reader {
  readonly findings = new Findings()
  readonly #document: { readonly name: string; readonly sha256: string }
  readonly #wanted: ((part: string) => boolean) | undefined
  readonly #path: Array<string> = []
  readonly #productParts: Array<string> = []
  #parts: Array<Statement.DeclaredPart> = []
  #material: Material | undefined
  #substance: Substance | undefined
  #rows = 0
  #request = false
  #answered = false
  #signed = false
  #stated: Stated = {}
  readonly #today: string | undefined

  constructor(document: { readonly name: string; readonly sha256: string }, options: DecodeOptions) {
    this.#document = document
    this.#wanted = options.wanted
    this.#today = options.today
  }

  readonly open = (name: string, at: Attributes, line: number): void => {
    const parent = this.#path.at(-1) ?? ""
    this.#path.push(name)
    switch (name) {
      case "Request":
        this.#request = true
        return
      case "Response":
        this.#answered = true
        this.#stated = Statement.issuedOn(this.findings, at, line, this.#today)
        return
      case "SupplyCompany":
        this.#stated = { ...this.#stated, ...Statement.supplierIn(at) }
        return
      case "Authorizer":
        this.#signed = true
        return
      case "Product":
        this.#parts = []
        return
      case "ProductID":
        this.#productId(parent, at, line)
        return
      case "ProductPart":
        this.#productParts.push(Statement.stated(at.name))
        return
      case "Material":
        this.#material = { name: this.#materialName(Statement.stated(at.name)), line, massMg: massIn(at), amounts: [] }
        return
      case "Substance":
      case "DsDsg":
        this.#substance = {
          ...Statement.openSubstance(at, line),
          over: overIn(at),
          threshold: at.reportingThreshold ?? ""
        }
        return
      default:
        this.#detail(name, parent, at)
        return
    }
  }

  readonly close = (name: string): void => {
    this.#path.pop()
    if (name === "ProductPart") this.#productParts.pop()
    else if (name === "Material" && this.#material !== undefined) this.#closeMaterial(this.#material)
    else if ((name === "Substance" || name === "DsDsg") && this.#substance !== undefined)
      this.#closeSubstance(this.#substance)
  }

  /** @throws UnreadableDocument when the document asks instead of declaring */
  finish(): void {
    if (this.#rows === 0 && this.#request && !this.#answered)
      throw new UnreadableDocument({
        document: this.#document.name,
        code: "document.not_a_declaration",
        detail: "it is a request for a declaration, without any answer in it"
      })
    const say = (code: string, message: string) => this.findings.warn({ line: 1, column: "", code, value: "", message })
    if (!this.#signed) say("declaration.unsigned", "Nobody has signed the declaration as its authorizer.")
    if (this.#rows === 0) say("document.empty", messageOf("document.empty", ""))
  }

  #productId(parent: string, at: Attributes, line: number): void {
    if (parent === "ProductPart") return
    const number = Statement.stated(at.identifier ?? at.itemNumber)
    if (number !== "" && !Statement.isTooLong(number)) this.#parts.push({ key: partKey(number), massMg: massIn(at) })
    else Statement.refuseNumber(this.findings, line, "ProductID/@identifier", number, at.name)
  }

  #materialName(name: string): string {
    const part = this.#productParts.filter((text) => text !== "").join(" / ")
    const material = name === "" ? "(unnamed material)" : name
    return part === "" ? material : `${part} / ${material}`
  }

  #detail(name: string, parent: string, at: Attributes): void {
    const substance = this.#substance
    if (name === "Mass") {
      if (parent === "Product" || parent === "ProductID") for (const part of this.#parts) part.massMg = massIn(at)
      else if (parent === "Material" && this.#material !== undefined) this.#material.massMg = massIn(at)
      else if (substance !== undefined) {
        substance.value = at.mass ?? at.value
        substance.unit = at.unitOfMeasure ?? at.UOM
      }
    } else if (substance === undefined) return
    else if (name === "MatMassPercent" || (name === "MassPercent" && this.#material === undefined))
      substance.share = Statement.readWritten(at.matMassPercent ?? at.massPercent ?? at.value, "%")
    else if (name === "Threshold") {
      substance.over = overIn(at)
      substance.threshold = at.reportingThreshold ?? at.threshold ?? ""
    } else if (name === "Exemption") substance.exemptions.push(Statement.stated(at.identity))
    else if (name === "UniqueID" || name === "SubstanceID") Statement.identify(substance, at)
  }

  #closeMaterial({ name, line, massMg, amounts }: Material): void {
    this.#material = undefined
    const balance = new Balance(massMg)
    for (const amount of amounts) balance.add(amount)
    if (balance.off === undefined) return
    const code = "mass.balance"
    this.findings.warn({ line, column: name, code, value: balance.off.text, message: messageOf(code, "") })
  }

  #closeSubstance(substance: Substance): void {
    this.#substance = undefined
    this.#rows++
    const named = Statement.identified(substance)
    if ("code" in named) {
      Statement.refuse(this.findings, substance.line, "UniqueID/@identity", named)
      return
    }
    Statement.remarkOnId(this.findings, substance, named, "UniqueID/@identity")
    const said = saidOf(substance)
    if (this.#material !== undefined && this.#material.amounts.length < MAX_SUBSTANCES)
      this.#material.amounts.push("code" in said ? undefined : said.amount)
    if ("code" in said) {
      Statement.refuse(this.findings, substance.line, "Mass", said)
      return
    }
    Statement.emit(this.findings, this.#document, this.#parts, this.#wanted, substance.line, {
      ...Statement.nothingSaid,
      ...this.#stated,
      material: this.#material?.name,
      materialMassMg: this.#material?.massMg,
      substance: named.name,
      cas: named.cas,
      ec: named.ec,
      amount: said.amount,
      exemption: Statement.exemptionsOf(substance),
      text: said.text
    })
  }
}

const massIn = (at: Attributes): Decimal | undefined =>
  Statement.massOf(at.mass ?? at.value, at.unitOfMeasure ?? at.UOM)

const overIn = (at: Attributes): string | undefined => at.aboveThresholdLevel ?? at.overThreshold ?? at.aboveThreshold

/** A number when there is one, else the side of the threshold, else that it is contained. */
const saidOf = (substance: Substance): Statement.WrittenAmount | { readonly code: string; readonly value: string } => {
  const over = /^(true|yes|1)$/i.test(substance.over ?? "")
  const written = Statement.readWritten(substance.value, substance.unit) ?? substance.share
  if (written !== undefined && (over || substance.over === undefined || !("code" in written))) return written
  const threshold = Statement.thresholdPpm(substance.threshold)
  const words = `${over ? "above" : "not above"} the threshold ${substance.threshold}`.trim()
  if (substance.over === undefined) return { amount: unstated, text: "contained" }
  return threshold === undefined
    ? { amount: over ? { ...unstated, lowOpen: true } : unstated, text: words }
    : { amount: Statement.againstThreshold(threshold, over), text: words }
}
