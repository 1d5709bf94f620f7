/**
 * An outgoing declaration as IPC-1752A XML (schema 2.0), mode Distribute: class C with the substance categories of the
 * product, class D with the homogeneous materials of its parts. What is not known is left out and said to be, in
 * `uncertaintyStatement` and in comments; nothing unknown is stated as below a threshold.
 *
 * Elements and their levels follow how readers of the field take them: a number in a RoHS list is percent by mass of the
 * worst homogeneous material, in any other list of the part. The schema itself is sold, and was not at hand to validate by.
 */
import type { DeclaredCategory, DeclaredList } from "./Categories.ts"
import type { DeclaredAmount, DeclaredMaterial, DeclaredPart, DeclaredSubstance } from "./Composition.ts"
import { type OutgoingDeclaration, type Person, undeclaredParts } from "./Outgoing.ts"
import { plural } from "./Text.ts"
import { type Element, element, xmlText } from "./Xml.ts"

export const ipc1752Classes = ["C", "D"] as const
export type Ipc1752Class = (typeof ipc1752Classes)[number]

export const ipc1752Xml = (declaration: OutgoingDeclaration, declarationClass: Ipc1752Class): string =>
  xmlText(
    element("MainDeclaration", { xmlns: "http://webstds.ipc.org/175x/2.0", version: "2.0" }, [
      businessInfo(declaration, declarationClass),
      element("Include", {}, [
        element("Sectional", { name: "MaterialInfo" }, [element("SubSectional", { name: declarationClass })])
      ]),
      declarationClass === "C" ? classC(declaration) : classD(declaration)
    ])
  )

const businessInfo = (declaration: OutgoingDeclaration, declarationClass: Ipc1752Class): Element => {
  const { date, issuer } = declaration
  return element("BusinessInfo", { mode: "Distribute" }, [
    element("Response", { date }, [
      ...(issuer?.authorizer === undefined ? [] : [person("Authorizer", issuer.authorizer)]),
      ...(issuer === undefined
        ? []
        : [
            element(
              "SupplyCompany",
              { name: issuer.company },
              issuer.companyId === undefined ? [] : [element("CompanyID", { ...issuer.companyId })]
            )
          ]),
      ...(issuer?.contact === undefined ? [] : [person("Contact", issuer.contact)])
    ]),
    element("Declaration", {
      legalType: "Standard",
      supplierAcceptance: String(issuer?.authorizer !== undefined),
      uncertaintyStatement: uncertainty(declaration, declarationClass)
    })
  ])
}

const person = (name: string, { name: of, title, email, phone }: Person): Element =>
  element(name, { name: of, title }, [
    ...(email === undefined ? [] : [element("Email", { address: email })]),
    ...(phone === undefined ? [] : [element("Phone", { number: phone })])
  ])

/** Names of what is not stated; those beyond are counted. */
const MAX_NAMES = 20

const namesText = (names: ReadonlyArray<string>): string =>
  `${names.slice(0, MAX_NAMES).join(", ")}${names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : ""}`

const uncertainty = (declaration: OutgoingDeclaration, declarationClass: Ipc1752Class): string | undefined => {
  if (declarationClass === "C") {
    const open = declaration.lists.filter(({ unstated }) => unstated.length > 0)
    return open.length === 0
      ? undefined
      : open
          .map(
            ({ identity, unstated }) =>
              `Of ${identity} the evidence does not settle, in every part, ${plural(unstated.length, "category", "categories")}: ${namesText(unstated.map(({ name }) => name))}.`
          )
          .join(" ")
  }
  const silent = undeclaredParts(declaration)
  const { unstated } = declaration
  const statements = [
    ...(silent.length === 0
      ? []
      : [
          `Nothing is stated of ${plural(silent.length, "part")}: ${namesText(silent.map(({ partNumber }) => partNumber))}.`
        ]),
    ...(unstated.length === 0
      ? []
      : [
          `${plural(unstated.length, "amount")} that ${unstated.length === 1 ? "is" : "are"} known only for whole parts, or without an upper bound, ${unstated.length === 1 ? "is" : "are"} left out.`
        ])
  ]
  return statements.length === 0 ? undefined : statements.join(" ")
}

const productId = (partNumber: string, name: string | undefined, massGrams: string | undefined): Element =>
  element(
    "ProductID",
    { itemName: name ?? partNumber, itemNumber: partNumber },
    massGrams === undefined ? [] : [element("Amount", { value: massGrams, UOM: "g" })]
  )

const classC = ({ product, massGrams, lists }: OutgoingDeclaration): Element =>
  element("Product", { unitType: "Each", numberOfInstances: "1" }, [
    productId(product.partNumber, product.name, massGrams),
    element(
      "MaterialInfo",
      {},
      lists.flatMap((list) => (list.categories.length === 0 ? [] : [categoryList(list)]))
    )
  ])

const categoryList = ({ identity, authority, categories }: DeclaredList): Element =>
  element("SubstanceCategoryList", {}, [
    element("SubstanceCategoryListID", { identity, authority }),
    ...categories.map(categoryElement)
  ])

const categoryElement = ({ name, cas, above, threshold, percent, of, exemptions }: DeclaredCategory): Element =>
  element("SubstanceCategory", { name }, [
    ...(cas === undefined ? [] : [element("SubstanceCategoryID", { identity: cas, authority: "CAS" })]),
    element("Threshold", { overThreshold: String(above), threshold }),
    ...(percent === undefined
      ? []
      : [
          of === "material"
            ? element("Concentration", { value: percent })
            : element("Amount", { value: percent, UOM: "massPercent" })
        ]),
    ...exemptionList(exemptions)
  ])

/** The annex is named by the directive; the identities that IPC gives to exemption lists are not sourced beyond 2011. */
const exemptionList = (
  exemptions: ReadonlyArray<{ readonly id: string; readonly scope?: string | undefined }>
): ReadonlyArray<Element> =>
  exemptions.length === 0
    ? []
    : [
        element("ExemptionList", {}, [
          element("ExemptionListID", { identity: "2011/65/EU Annex III and IV", authority: "EU" }),
          ...exemptions.map(({ id, scope }) => element("Exemption", { identity: id, description: scope }))
        ])
      ]

/** A product without parts stands for itself; else each part is a sub-product, with its pieces in one product. */
const classD = ({ product, massGrams, parts }: OutgoingDeclaration): Element => {
  const itself = parts.find(({ partNumber }) => partNumber === product.partNumber)
  return element("Product", { unitType: "Each", numberOfInstances: "1" }, [
    productId(product.partNumber, product.name, massGrams),
    ...(itself === undefined ? [] : materialInfo(itself)),
    ...parts.filter((part) => part !== itself).map(subProduct)
  ])
}

const subProduct = (part: DeclaredPart): Element =>
  element(
    "SubProduct",
    {
      unitType: "Each",
      numberOfInstances: part.quantity,
      comment: part.materials.length === 0 ? "Nothing is declared of the materials of this part." : undefined
    },
    [productId(part.partNumber, part.name, part.massGrams), ...materialInfo(part)]
  )

const materialInfo = ({ materials }: DeclaredPart): ReadonlyArray<Element> =>
  materials.length === 0
    ? []
    : [element("MaterialInfo", {}, [element("HomogeneousMaterialList", {}, materials.map(materialElement))])]

const materialElement = ({ name, mg, substances, complete }: DeclaredMaterial): Element =>
  element(
    "HomogeneousMaterial",
    { name, comment: complete ? undefined : "The substances stated are not known to make up the whole mass." },
    [
      ...(mg === undefined ? [] : [element("Amount", { value: mg, UOM: "mg" })]),
      element("SubstanceCategoryList", {}, [
        element("SubstanceCategory", { name: "Declared substances" }, substances.map(substanceElement))
      ])
    ]
  )

const substanceElement = ({ name, cas, ec, amount, exemptions }: DeclaredSubstance): Element =>
  element("Substance", { name }, [
    ...(cas === undefined ? [] : [element("SubstanceID", { identity: cas, authority: "CAS" })]),
    ...(cas !== undefined || ec === undefined ? [] : [element("SubstanceID", { identity: ec, authority: "EC" })]),
    amountElement(amount),
    ...exemptionList(exemptions.map((id) => ({ id })))
  ])

const amountElement = (amount: DeclaredAmount): Element =>
  "mg" in amount
    ? element("Amount", { value: amount.mg, UOM: "mg" })
    : element(
        "Concentration",
        "percent" in amount ? { value: amount.percent } : { min: amount.minPercent, max: amount.maxPercent }
      )
