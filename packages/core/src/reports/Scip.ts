/**
 * Substances of very high concern in articles: what REACH Art. 33(1) obliges to tell the recipient, and what a SCIP
 * notification (Waste Framework Directive 2008/98/EC Art. 9(1)(i)) takes over from it. The concentration is that in
 * the article itself, wherever in the product it sits (Court of Justice, C-106/14).
 *
 * Fields carry the names of the concepts of ECHA's SCIP format as the rules of its notifications are described in
 * public: article name, primary article identifier, number of units, complex object, concern element, Candidate List
 * substance, concentration range. Its picklists are not sourced here, so the range stands in numbers; and what no BOM
 * or declaration states is named in `notStated` for a person to add.
 */
import type { Evidence, Finding, PartVerdict } from "../domain/Verdict.ts"
import type { Rule, RuleSet } from "../engine/Rule.ts"
import { csvFile } from "./Csv.ts"
import { headOf, type Judgement, linesOf, nodesOf, type ReportHead, rowsBehind } from "./Judgement.ts"
import { type Path, type Paths, pathsOf } from "./Paths.ts"
import { type PercentRange, percentRange } from "./Percent.ts"
import { findingsBy, standingBy } from "./Standing.ts"
import { type Cause, causesOf, causeText } from "./Status.ts"
import * as Text from "./Text.ts"

/** The rule set that holds the candidate list. */
export const CANDIDATE_LIST = "eu-reach-svhc"

/** In percent by mass of the article. */
export interface ConcentrationRange extends PercentRange {
  readonly unit: "% w/w"
}

export interface ConcernElement {
  readonly candidateListSubstance: {
    readonly entry: string
    readonly name: string
    /** Of the entry when it is one substance, else of the member that is declared. */
    readonly casNumber: string | undefined
    readonly ecNumber: string | undefined
    readonly dateOfInclusion: string | undefined
  }
  /** Left out when a person decided, or nobody states how much. */
  readonly concentrationRange: ConcentrationRange | undefined
  /** As suppliers name what counts towards the entry, with the materials it is in. */
  readonly declaredAs: ReadonlyArray<{
    readonly name: string
    readonly casNumber: string | undefined
    readonly material: string | undefined
  }>
  readonly evidence: ReadonlyArray<Evidence>
}

export interface ArticleIdentity {
  readonly articleName: string
  readonly primaryArticleIdentifier: string
}

export interface ScipArticle extends ArticleIdentity {
  /** Pieces in one product, over all paths. */
  readonly numberOfUnits: string
  readonly massGrams: string | undefined
  readonly material: string | undefined
  /** From the product down to the article. */
  readonly paths: ReadonlyArray<Path>
  readonly pathsOmitted: number
  readonly concernElements: ReadonlyArray<ConcernElement>
}

/** An assembly that contains such articles, with those of its components that do. */
export interface ComplexObject extends ArticleIdentity {
  readonly components: ReadonlyArray<{ readonly primaryArticleIdentifier: string; readonly numberOfUnits: string }>
}

export interface ScipReport extends ReportHead<"scip"> {
  /** None when the candidate list was not judged. */
  readonly list:
    | { readonly id: string; readonly version: string; readonly title: string; readonly notice: string | undefined }
    | undefined
  readonly articles: ReadonlyArray<ScipArticle>
  readonly complexObjects: ReadonlyArray<ComplexObject>
  /** Parts that may hold more substances of the list: a duty nobody can exclude yet. */
  readonly undetermined: ReadonlyArray<{
    readonly partNumber: string
    readonly path: Path
    readonly causes: ReadonlyArray<Cause>
  }>
  readonly notStated: ReadonlyArray<string>
}

export interface ScipOptions {
  /** Id of the rule set that holds the candidate list. */
  readonly list?: string | undefined
}

/** Fields of a notification that BOMs and declarations do not hold. */
const NOT_STATED = [
  "article category (CN/TARIC code)",
  "production in the European Union",
  "material category or mixture category (EuPCS) of the concern element",
  "safe use instructions"
] as const

export const scipReport = (judgement: Judgement, options: ScipOptions = {}): ScipReport => {
  const list = judgement.rules.find(({ id }) => id === (options.list ?? CANDIDATE_LIST))
  const head = headOf("scip", judgement)
  if (list === undefined)
    return { ...head, list: undefined, articles: [], complexObjects: [], undetermined: [], notStated: NOT_STATED }
  const paths = pathsOf(judgement)
  const rules = new Map(list.rules.map((rule) => [`${list.id}/${rule.id}`, rule]))
  const { id, version, title, notice } = list
  return {
    ...head,
    list: { id, version, title, notice },
    articles: nodesOf(judgement).flatMap((part) => articleOf(judgement, list, rules, part, paths)),
    complexObjects: complexObjects(judgement, list),
    undetermined: nodesOf(judgement).flatMap((part) => {
      const causes = causesOf(judgement, list, part).filter((cause) => !isNamed(cause, rules))
      return causes.length === 0 ? [] : [{ partNumber: part.partNumber, path: paths.first(part.key), causes }]
    }),
    notStated: NOT_STATED
  }
}

/** A supplier's statement that something of the list is contained names no substance, and so no concern element. */
const isNamed = ({ status, rules: [first] }: Cause, rules: ReadonlyMap<string, Rule>): boolean =>
  status === "above-threshold" && first !== undefined && rules.has(first.rule)

const identityOf = ({ partNumber, name }: PartVerdict): ArticleIdentity => ({
  articleName: name ?? partNumber,
  primaryArticleIdentifier: partNumber
})

const articleOf = (
  judgement: Judgement,
  list: RuleSet,
  rules: ReadonlyMap<string, Rule>,
  part: PartVerdict,
  paths: Paths
): ReadonlyArray<ScipArticle> => {
  const concernElements = findingsBy(part, list).flatMap((finding) => {
    const rule = rules.get(finding.rule)
    return finding.status === "above-threshold" && rule !== undefined && rule.level === "article"
      ? [concernElement(judgement, part, finding, rule)]
      : []
  })
  if (concernElements.length === 0) return []
  const all = paths.all(part.key)
  return [
    {
      ...identityOf(part),
      numberOfUnits: part.quantity,
      massGrams: part.massGrams,
      material: part.material,
      paths: all,
      pathsOmitted: Number(paths.count(part.key)) - all.length,
      concernElements
    }
  ]
}

const concernElement = (judgement: Judgement, { key }: PartVerdict, finding: Finding, rule: Rule): ConcernElement => {
  const rows = rowsBehind(finding, judgement.facts.get(key), rule)
  const [only, ...others] = rule.members
  const identified = others.length === 0 ? only : (rows[0] ?? {})
  const declared = new Map(
    rows.map(({ substance, cas, material }) => {
      const one = { name: substance, casNumber: cas, material }
      return [JSON.stringify(one), one] as const
    })
  )
  return {
    candidateListSubstance: {
      entry: rule.id,
      name: rule.name,
      casNumber: identified.cas,
      ecNumber: identified.ec,
      dateOfInclusion: rule.listedOn
    },
    concentrationRange: rangeOf(finding),
    declaredAs: [...declared.values()],
    evidence: finding.evidence
  }
}

const rangeOf = (finding: Finding): ConcentrationRange | undefined => {
  const range = percentRange(finding)
  return range && { ...range, unit: "% w/w" }
}

const complexObjects = (judgement: Judgement, list: RuleSet): ReadonlyArray<ComplexObject> => {
  const { duty } = standingBy(judgement, list)
  const holds = (key: string) => duty?.byPart.get(key) === "above-threshold"
  const nodes = new Map(nodesOf(judgement).map((node) => [node.key, node]))
  return nodesOf(judgement).flatMap((node) => {
    const components = linesOf(judgement, node.key).flatMap(({ child, quantity }) =>
      holds(child) ? [{ primaryArticleIdentifier: nodes.get(child)?.partNumber ?? child, numberOfUnits: quantity }] : []
    )
    return components.length === 0 ? [] : [{ ...identityOf(node), components }]
  })
}

export const scipCsv = ({ articles, asOf, product, list }: ScipReport): string =>
  csvFile(
    [
      "complexObject",
      "asOf",
      "candidateListVersion",
      "articleName",
      "primaryArticleIdentifier",
      "numberOfUnits",
      "massGrams",
      "material",
      "path",
      "candidateListSubstance",
      "casNumber",
      "ecNumber",
      "dateOfInclusion",
      "concentrationLowerPercent",
      "concentrationUpperPercent",
      "declaredAs",
      "evidence"
    ],
    articles.flatMap((article) =>
      article.concernElements.flatMap(({ candidateListSubstance, concentrationRange, declaredAs, evidence }) =>
        article.paths.map((path) => [
          product.partNumber,
          asOf,
          list?.version,
          article.articleName,
          article.primaryArticleIdentifier,
          article.numberOfUnits,
          article.massGrams,
          article.material,
          Text.pathText(path),
          candidateListSubstance.name,
          candidateListSubstance.casNumber,
          candidateListSubstance.ecNumber,
          candidateListSubstance.dateOfInclusion,
          concentrationRange?.lower,
          concentrationRange?.upper,
          declaredAs.map(({ name }) => name).join("; "),
          evidence.map(Text.evidenceText).join("; ")
        ])
      )
    )
  )

/** Articles and parts listed in a text, and paths of each. */
const MAX_ARTICLES = 100
const MAX_UNDETERMINED = 20
const MAX_SHOWN_PATHS = 5

export const scipText = (report: ScipReport): string =>
  Text.textOf([
    ...Text.titleLines(report, `Substances of very high concern (REACH Art. 33, SCIP), as of ${report.asOf}`),
    ...(report.list === undefined
      ? ["", ...Text.wrapped(`The candidate list was not judged; add the rule set ${CANDIDATE_LIST}.`, 0, 0)]
      : [
          ...Text.wrapped(`Candidate list: ${report.list.title}, version ${report.list.version}`, 0),
          ...(report.list.notice === undefined ? [] : Text.wrapped(`Notice: ${report.list.notice}`, 0)),
          "",
          ...(report.articles.length === 0
            ? ["No article is known to hold a substance of the list above its threshold."]
            : [`${Text.plural(report.articles.length, "article")} to be told of:`]),
          ...Text.listed(report.articles, MAX_ARTICLES, articleLines, 0),
          ...undeterminedLines(report),
          "",
          ...Text.wrapped(`To be added by a person: ${report.notStated.join("; ")}.`, 0)
        ])
  ])

const articleLines = (article: ScipArticle): ReadonlyArray<string> => [
  "",
  ...Text.wrapped(
    `${article.primaryArticleIdentifier}, ${article.articleName}: ${article.numberOfUnits} in the product${article.massGrams === undefined ? "" : `, ${article.massGrams} g each`}${article.material === undefined ? "" : `, ${article.material}`}`
  ),
  ...article.concernElements.flatMap(elementLines),
  ...Text.listed(article.paths, MAX_SHOWN_PATHS, (path) => Text.wrapped(`in ${Text.pathText(path)}`, 2))
]

const elementLines = ({ candidateListSubstance, concentrationRange, evidence }: ConcernElement) => {
  const { name, casNumber, ecNumber, dateOfInclusion } = candidateListSubstance
  const ids = [
    ...(casNumber === undefined ? [] : [`CAS ${casNumber}`]),
    ...(ecNumber === undefined ? [] : [`EC ${ecNumber}`]),
    ...(dateOfInclusion === undefined ? [] : [`listed on ${dateOfInclusion}`])
  ]
  const [first] = evidence
  return [
    ...Text.wrapped(`${name}: ${rangeText(concentrationRange)}`, 2),
    ...Text.wrapped(`${[...ids, ...(first === undefined ? [] : [Text.evidenceText(first)])].join(", ")}`, 4)
  ]
}

const rangeText = (range: ConcentrationRange | undefined): string => {
  if (range === undefined) return "above the threshold, amount not stated"
  const { lower, upper, unit } = range
  if (upper === undefined) return `${lower} ${unit} of the article or more`
  return `${lower === upper ? lower : `${lower} to ${upper}`} ${unit} of the article`
}

/** Parts of which nothing is known of any substance stand together. */
const undeterminedLines = ({ undetermined }: ScipReport): ReadonlyArray<string> =>
  undetermined.length === 0
    ? []
    : [
        "",
        `${Text.plural(undetermined.length, "part")} may hold more, which nobody excludes:`,
        ...[...Map.groupBy(undetermined, ({ causes }) => causes.map(shortCause).join("\n"))].flatMap(
          ([causes, parts]) => [
            ...causes.split("\n").flatMap((cause) => Text.wrapped(cause, 2)),
            ...Text.listed(parts, MAX_UNDETERMINED, ({ path }) => Text.wrapped(Text.pathText(path), 6), 6)
          ]
        )
      ]

const shortCause = (cause: Cause): string => {
  const [first] = cause.rules
  return cause.rules.length > 1
    ? `unknown: ${Text.plural(cause.rules.length, "substance")}, the first ${Text.cell(first?.substance ?? "", 30).trimEnd()} [${cause.code}]`
    : causeText(cause)
}
