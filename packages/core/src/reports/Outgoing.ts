/** The declaration that a product's maker may pass on: what is known, and what is not, apart from each other. */
import * as Schema from "effect/Schema"
import {
  type DeclaredCategory,
  type DeclaredList,
  declaredLists,
  type ListId,
  type UnstatedCategory
} from "./Categories.ts"
import {
  type Composition,
  compositionOf,
  type DeclaredAmount,
  type DeclaredPart,
  type UnstatedSubstance
} from "./Composition.ts"
import { csvFile } from "./Csv.ts"
import { headOf, type Judgement, type ReportHead } from "./Judgement.ts"
import * as Text from "./Text.ts"

const Person = Schema.Struct({
  name: Schema.String,
  title: Schema.optionalKey(Schema.String),
  email: Schema.optionalKey(Schema.String),
  phone: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Person" })
export type Person = typeof Person.Type

/** Who declares. Without an authorizer the declaration is not signed. */
export const Issuer = Schema.Struct({
  company: Schema.String,
  companyId: Schema.optionalKey(
    Schema.Struct({
      identity: Schema.String,
      authority: Schema.String.annotate({ description: "who gives out the identity: DUNS" })
    })
  ),
  contact: Schema.optionalKey(Person),
  authorizer: Schema.optionalKey(Person)
}).annotate({ identifier: "Issuer" })
export type Issuer = typeof Issuer.Type

export interface OutgoingOptions {
  readonly issuer?: Issuer | undefined
  /** Day of the declaration, `YYYY-MM-DD`; the day of the judgement when left out. */
  readonly date?: string | undefined
  /** Names of lists as the recipient knows them, by id of the rule set. */
  readonly lists?: Readonly<Record<string, ListId>> | undefined
}

export interface OutgoingDeclaration extends ReportHead<"declaration"> {
  readonly date: string
  readonly issuer: Issuer | undefined
  readonly massGrams: string | undefined
  /** Substance categories of the whole product, for class C. */
  readonly lists: ReadonlyArray<DeclaredList>
  /** Homogeneous materials, for class D. */
  readonly parts: ReadonlyArray<DeclaredPart>
  readonly unstated: ReadonlyArray<UnstatedSubstance>
}

export const declarationReport = (judgement: Judgement, options: OutgoingOptions = {}): OutgoingDeclaration => {
  const composition: Composition = compositionOf(judgement)
  return {
    ...headOf("declaration", judgement),
    date: options.date ?? judgement.asOf,
    issuer: options.issuer,
    massGrams: judgement.root.massGrams,
    lists: declaredLists(judgement, options.lists),
    ...composition
  }
}

/** Parts of which no material is declared. */
export const undeclaredParts = ({ parts }: OutgoingDeclaration): ReadonlyArray<DeclaredPart> =>
  parts.filter(({ materials }) => materials.length === 0)

const amountText = (amount: DeclaredAmount): string =>
  "mg" in amount
    ? `${amount.mg} mg`
    : "percent" in amount
      ? `${amount.percent} %`
      : `${amount.minPercent} to ${amount.maxPercent} %`

export const declarationCsv = (declaration: OutgoingDeclaration): string => {
  const { product, date, lists, parts, unstated } = declaration
  const about = [product.partNumber, date]
  return csvFile(
    [
      "product",
      "date",
      "class",
      "list",
      "part_number",
      "material",
      "substance",
      "cas",
      "stated",
      "threshold",
      "amount",
      "exemptions",
      "code",
      "message"
    ],
    [
      ...lists.flatMap(({ identity, categories, unstated: open }) => [
        ...categories.map((category) => [
          ...about,
          "C",
          identity,
          category.partNumber,
          undefined,
          category.name,
          category.cas,
          category.above ? "above" : "not above",
          category.threshold,
          category.percent === undefined ? undefined : `${category.percent} %`,
          category.exemptions.map(({ id }) => id).join("; "),
          undefined,
          undefined
        ]),
        ...open.map(({ name, reason }) => [
          ...about,
          "C",
          identity,
          undefined,
          undefined,
          name,
          undefined,
          "not stated",
          undefined,
          undefined,
          undefined,
          reason.code,
          reason.message
        ])
      ]),
      ...parts.flatMap(({ partNumber, materials }) =>
        materials.flatMap((material) =>
          material.substances.map((substance) => [
            ...about,
            "D",
            undefined,
            partNumber,
            material.name,
            substance.name,
            substance.cas,
            "amount",
            undefined,
            amountText(substance.amount),
            substance.exemptions.join("; "),
            undefined,
            undefined
          ])
        )
      ),
      ...unstated.map(({ partNumber, substance, code, message }) => [
        ...about,
        "D",
        undefined,
        partNumber,
        undefined,
        substance,
        undefined,
        "not stated",
        undefined,
        undefined,
        undefined,
        code,
        message
      ])
    ]
  )
}

const MAX_LINES = 50

export const declarationText = (declaration: OutgoingDeclaration): string => {
  const { date, issuer, massGrams, lists, parts, unstated } = declaration
  const materials = parts.flatMap((part) => part.materials)
  const silent = undeclaredParts(declaration)
  return Text.textOf([
    ...Text.titleLines(declaration, `Outgoing declaration of ${date}`),
    ...Text.wrapped(
      `${issuer === undefined ? "No issuer given" : `By ${issuer.company}`}; ${issuer?.authorizer === undefined ? "not signed: no authorizer given" : `signed by ${issuer.authorizer.name}`}; mass ${massGrams === undefined ? "not known" : `${massGrams} g`}`,
      0
    ),
    "",
    "CLASS C: substance categories of the product (--format ipc1752-c)",
    ...(lists.length === 0 ? ["  No list was judged; add rule sets with --rules."] : lists.flatMap(listLines)),
    "",
    "CLASS D: homogeneous materials of its parts (--format ipc1752-d)",
    ...Text.wrapped(
      `${Text.plural(parts.length - silent.length, "part")} with ${Text.plural(materials.length, "material")} and ${Text.plural(
        materials.reduce((sum, { substances }) => sum + substances.length, 0),
        "amount"
      )}; of ${Text.plural(materials.filter(({ complete }) => complete).length, "material")} the substances make up the whole mass`,
      2
    ),
    ...(silent.length === 0
      ? []
      : Text.wrapped(
          `Nothing stated of ${Text.plural(silent.length, "part")}: ${namesText(silent.map(({ partNumber }) => partNumber))}`,
          2
        )),
    ...(unstated.length === 0 ? [] : [`  Declared, but without a place in class D:`]),
    ...Text.listed(
      unstated,
      MAX_LINES,
      ({ partNumber, substance, code }) => Text.wrapped(`${partNumber} ${substance} [${code}]`, 4),
      4
    )
  ])
}

/** Names in a line; long ones are cut, those beyond are counted. */
const MAX_NAMES = 6

const namesText = (names: ReadonlyArray<string>): string =>
  `${names
    .slice(0, MAX_NAMES)
    .map((name) => Text.cell(name, 40).trimEnd())
    .join(", ")}${names.length > MAX_NAMES ? ` and ${names.length - MAX_NAMES} more` : ""}`

const listLines = ({ title, identity, authority, categories, unstated }: DeclaredList): ReadonlyArray<string> => {
  const above = categories.filter((category) => category.above)
  const below = categories.filter((category) => !category.above)
  const isAbove = ({ rule }: UnstatedCategory) => above.some((category) => category.rule === rule)
  return [
    "",
    ...Text.wrapped(`${title}, as ${identity} (${authority})`, 2),
    ...Text.listed(above, MAX_LINES, (category) => Text.wrapped(aboveText(category), 4, 6), 4),
    ...openLines("may be more in other parts", unstated.filter(isAbove)),
    ...(below.length === 0 ? [] : Text.wrapped(`not above: ${namesText(below.map(({ name }) => name))}`, 4, 6)),
    ...openLines(
      "not stated",
      unstated.filter((category) => !isAbove(category))
    )
  ]
}

const openLines = (what: string, unstated: ReadonlyArray<UnstatedCategory>): ReadonlyArray<string> =>
  [...Map.groupBy(unstated, ({ reason }) => reason.code)].flatMap(([code, alike]) =>
    Text.wrapped(
      `${what}: ${namesText(alike.map(({ name }) => name))} [${code}, in up to ${Text.plural(Math.max(...alike.map(({ parts }) => parts)), "part")}]`,
      4,
      6
    )
  )

const aboveText = ({ name, percent, of, partNumber, threshold, exemptions }: DeclaredCategory): string =>
  [
    `above: ${name}, ${percent === undefined ? "amount not stated" : `${percent} % of the ${of}`} in ${partNumber}`,
    `threshold ${threshold}`,
    ...(exemptions.length === 0 ? [] : [`exempt by ${exemptions.map(({ id }) => id).join(", ")}`])
  ].join("; ")
