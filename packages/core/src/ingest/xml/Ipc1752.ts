/**
 * IPC-1752A (schema 2.x) and IPC-1752B material declarations: class A (statements), class C
 * (substance categories) and class D (homogeneous materials). Class B, material groups, says
 * nothing about restricted substances and is skipped. One row is one statement, category or substance.
 */
import { exactly, unstated } from "../../domain/Amount.ts"
import type * as Decimal from "../../domain/Decimal.ts"
import { partKey } from "../../domain/Part.ts"
import { type DecodeOptions, type Decoder, Findings, type Stated } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { UnreadableDocument } from "../UnreadableDocument.ts"
import { Balance } from "./Balance.ts"
import { categorySaid } from "./Ipc1752Category.ts"
import { queryClaims } from "./Ipc1752Query.ts"
import * as Statement from "./Statement.ts"
import { type Attributes, XmlReader } from "./XmlReader.ts"

interface Product {
  readonly parts: Array<Statement.DeclaredPart>
  readonly queries: Array<{ readonly statement: string; readonly line: number }>
  queryList: string
  /** Masses of the materials, and whether they are all of the product. */
  readonly materialsMg: Array<Decimal.Decimal | undefined>
  composed: boolean
  readonly line: number
}

interface Material {
  readonly name: string
  readonly line: number
  mass: { value: string | undefined; unit: string | undefined }
  readonly substances: Array<Statement.OpenSubstance>
}

interface Category extends Statement.OpenSubstance {
  over: string | undefined
  threshold: string
}

/** Substances of one material that are held until its mass is known. */
const MAX_SUBSTANCES = 100_000

export const decodeIpc1752 = (
  document: { readonly name: string; readonly sha256: string },
  options: DecodeOptions = {}
): Decoder => {
  const reader = new Ipc1752Reader(document, options)
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

class Ipc1752Reader {
  readonly findings = new Findings()
  readonly #document: { readonly name: string; readonly sha256: string }
  readonly #wanted: ((part: string) => boolean) | undefined
  readonly #path: Array<string> = []
  readonly #products: Array<Product> = []
  #rows = 0
  #request = false
  #signed = false
  #accepted = true
  #classB = false
  #list = ""
  #material: Material | undefined
  #category: Category | undefined
  #substance: Statement.OpenSubstance | undefined
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
      case "MainDeclaration":
        this.#checkVersion(at)
        return
      case "BusinessInfo":
        this.#request = /request/i.test(at.mode ?? "")
        return
      case "Response":
        this.#stated = Statement.issuedOn(this.findings, at, line, this.#today)
        return
      case "SupplyCompany":
        this.#stated = { ...this.#stated, ...Statement.supplierIn(at) }
        return
      case "Authorizer":
        this.#signed = true
        return
      case "Declaration":
        this.#accepted = at.supplierAcceptance !== "false"
        return
      case "Product":
      case "SubProduct":
        this.#inProduct((product) => {
          product.composed = true
        })
        this.#products.push({ parts: [], queries: [], queryList: "", materialsMg: [], composed: false, line })
        return
      case "ProductID":
        this.#productId(at, line)
        return
      case "QueryListID":
        this.#inProduct((product) => {
          product.queryList = Statement.stated(at.identity)
        })
        return
      case "Query":
        if (/^(true|yes|1)$/i.test(at.response ?? ""))
          this.#inProduct((product) => product.queries.push({ statement: at.statement ?? "", line }))
        return
      case "SubstanceCategoryListID":
        this.#list = Statement.stated(at.identity)
        return
      case "MaterialGroup":
        this.#skipClassB(line)
        return
      case "HomogeneousMaterial":
        this.#material = {
          name: Statement.stated(at.name),
          line,
          mass: { value: at.value, unit: at.UOM },
          substances: []
        }
        return
      case "SubstanceCategory":
        if (this.#material === undefined)
          this.#category = { ...Statement.openSubstance(at, line), over: undefined, threshold: "" }
        return
      case "Substance":
        this.#substance = Statement.openSubstance(at, line)
        return
      default:
        this.#detail(name, parent, at, line)
        return
    }
  }

  readonly close = (name: string): void => {
    this.#path.pop()
    if (name === "Substance") this.#closeSubstance()
    else if (name === "SubstanceCategory" && this.#category !== undefined) this.#closeCategory(this.#category)
    else if (name === "HomogeneousMaterial" && this.#material !== undefined) this.#closeMaterial(this.#material)
    else if (name === "Product" || name === "SubProduct") this.#closeProduct()
    else if (name === "SubstanceCategoryList") this.#list = ""
  }

  /** @throws UnreadableDocument when the document asks instead of declaring */
  finish(): void {
    if (this.#rows === 0 && this.#request)
      throw new UnreadableDocument({
        document: this.#document.name,
        code: "document.not_a_declaration",
        detail: "it is a request for a declaration, without any answer in it"
      })
    if (!this.#signed || !this.#accepted)
      this.#say(1, "declaration.unsigned", "Nobody has signed the declaration as its authorizer.")
    if (this.#rows === 0) this.#say(1, "document.empty", messageOf("document.empty", ""))
  }

  #say(line: number, code: string, message: string): void {
    this.findings.warn({ line, column: "", code, value: "", message })
  }

  #checkVersion(at: Attributes): void {
    if (/^1\./.test(at.version ?? ""))
      throw new UnreadableDocument({
        document: this.#document.name,
        code: "document.unsupported_version",
        detail: `it is IPC-1752 version ${at.version}; ask for IPC-1752A (2.0) or 1752B`
      })
  }

  #inProduct(use: (product: Product) => void): void {
    const product = this.#products.at(-1)
    if (product !== undefined) use(product)
  }

  #productId(at: Attributes, line: number): void {
    const number = Statement.stated(at.itemNumber)
    if (number !== "" && !Statement.isTooLong(number))
      this.#inProduct((product) =>
        product.parts.push({ key: partKey(number), massMg: Statement.massOf(at.value, at.UOM) })
      )
    else Statement.refuseNumber(this.findings, line, "ProductID/@itemNumber", number, at.itemName)
  }

  #skipClassB(line: number): void {
    if (!this.#classB)
      this.#say(line, "ipc.class_b_skipped", "Material groups (class B) say nothing about restricted substances.")
    this.#classB = true
  }

  /** Elements that say more about the one around them. */
  #detail(name: string, parent: string, at: Attributes, line: number): void {
    const about = this.#substance ?? this.#category
    if (name === "Amount" || name === "Concentration") this.#amount(name, parent, at, line, about)
    else if (name === "Exemption" && about !== undefined) about.exemptions.push(Statement.stated(at.identity))
    else if (name === "Threshold" && this.#category !== undefined) {
      this.#category.over = at.overThreshold ?? at.aboveThreshold ?? at.aboveThresholdLevel
      this.#category.threshold = at.threshold ?? at.reportingThreshold ?? ""
    } else if ((name === "SubstanceID" || name === "UniqueID" || name === "SubstanceCategoryID") && about !== undefined)
      Statement.identify(about, at)
  }

  #amount(
    name: string,
    parent: string,
    at: Attributes,
    line: number,
    about: Statement.OpenSubstance | undefined
  ): void {
    if (parent === "ProductID") {
      this.#inProduct((product) => {
        const part = product.parts.at(-1)
        if (part === undefined) return
        part.massMg = Statement.massOf(at.value, at.UOM)
        Statement.remarkOnMass(this.findings, part.massMg, line, "Amount/@value")
      })
      return
    }
    if (parent === "HomogeneousMaterial" && this.#material !== undefined && name === "Amount")
      this.#material.mass = { value: at.value, unit: at.UOM }
    if (about === undefined || (parent !== "Substance" && parent !== "SubstanceCategory")) return
    if (name === "Amount") {
      about.value = at.value
      about.unit = at.UOM
    } else about.share = Statement.readWritten(shareText(at), "%")
  }

  #closeSubstance(): void {
    const substance = this.#substance
    this.#substance = undefined
    if (substance === undefined || this.#material === undefined) return
    if (this.#material.substances.length < MAX_SUBSTANCES) this.#material.substances.push(substance)
    else {
      this.#rows++
      Statement.refuse(this.findings, substance.line, "Substance", { code: "row.too_many", value: substance.name })
    }
  }

  #closeMaterial(material: Material): void {
    this.#material = undefined
    const massMg = Statement.massOf(material.mass.value, material.mass.unit)
    this.#inProduct((product) => product.materialsMg.push(massMg))
    const balance = new Balance(massMg)
    const read = material.substances.map((substance) => {
      const written = Statement.readWritten(substance.value, substance.unit) ?? substance.share
      const amount = written === undefined || "code" in written ? undefined : written.amount
      balance.add(amount)
      return { substance, written: written ?? { code: "value.missing", value: "" } }
    })
    this.#rows += read.length
    const { off } = balance
    if (off !== undefined && !off.impossible) this.#unbalanced(material.line, material.name, off.text)
    for (const { substance, written } of read) {
      const named = Statement.identified(substance)
      if ("code" in named) Statement.refuse(this.findings, substance.line, columnOf(named.code), named)
      else if ("code" in written) Statement.refuse(this.findings, substance.line, columnOf(written.code), written)
      else if (off?.impossible === true)
        Statement.refuse(this.findings, substance.line, "HomogeneousMaterial", {
          code: "mass.balance",
          value: off.text
        })
      else {
        Statement.remarkOnId(this.findings, substance, named, ID_COLUMN)
        this.#state(substance.line, {
          material: material.name === "" ? "(unnamed material)" : material.name,
          materialMassMg: massMg,
          substance: named.name,
          cas: named.cas,
          ec: named.ec,
          amount: written.amount,
          exemption: Statement.exemptionsOf(substance),
          text: written.text
        })
      }
    }
  }

  /** Emits what is said of the product that is open. */
  #state(line: number, said: Omit<Statement.Said, keyof typeof Statement.nothingSaid> & Partial<Statement.Said>): void {
    const parts = this.#products.at(-1)?.parts ?? []
    Statement.emit(this.findings, this.#document, parts, this.#wanted, line, {
      ...Statement.nothingSaid,
      ...this.#stated,
      ...said
    })
  }

  #unbalanced(line: number, of: string, text: string): void {
    const code = "mass.balance"
    this.findings.warn({ line, column: of, code, value: text, message: messageOf(code, "") })
  }

  #closeCategory(category: Category): void {
    this.#category = undefined
    this.#rows++
    const named = Statement.identified(category)
    if ("code" in named) {
      Statement.refuse(this.findings, category.line, columnOf(named.code), named)
      return
    }
    Statement.remarkOnId(this.findings, category, named, ID_COLUMN)
    const said = categorySaid(category, this.#list)
    if ("code" in said) {
      Statement.refuse(this.findings, category.line, "Amount", said)
      return
    }
    this.#state(category.line, {
      ...said,
      substance: named.name,
      cas: named.cas,
      ec: named.ec,
      exemption: Statement.exemptionsOf(category)
    })
  }

  /** Materials of a product without sub-products are all of it. */
  #compareMaterials({ materialsMg, parts, composed, line }: Product): void {
    if (composed || materialsMg.length === 0) return
    const balance = new Balance(parts.find(({ massMg }) => massMg !== undefined)?.massMg)
    for (const massMg of materialsMg) balance.add(massMg === undefined ? undefined : exactly("mg", massMg))
    if (balance.off !== undefined) this.#unbalanced(line, "Product", balance.off.text)
  }

  #closeProduct(): void {
    const product = this.#products.pop()
    if (product === undefined) return
    this.#compareMaterials(product)
    if (product.queries.length === 0) return
    for (const { line, claim, statement } of queryClaims(product.queries, product.queryList)) {
      this.#rows++
      if (claim === undefined)
        Statement.refuse(this.findings, line, "Query", { code: "statement.contradiction", value: statement })
      else
        Statement.emit(this.findings, this.#document, product.parts, this.#wanted, line, {
          ...Statement.nothingSaid,
          ...this.#stated,
          substance: statement.slice(0, 200),
          cas: undefined,
          ec: undefined,
          amount: unstated,
          exemption: undefined,
          claim,
          text: statement.slice(0, 200)
        })
    }
  }
}

const shareText = (at: Attributes): string | undefined =>
  Statement.stated(at.value) !== ""
    ? at.value
    : Statement.stated(at.min ?? at.minValue) !== "" && Statement.stated(at.max ?? at.maxValue) !== ""
      ? `${at.min ?? at.minValue}-${at.max ?? at.maxValue}`
      : undefined

const ID_COLUMN = "SubstanceID/@identity"

const columnOf = (code: string): string =>
  code.startsWith("cas.") || code.startsWith("ec.") ? ID_COLUMN : "Amount/@value"
