/**
 * Findings as SARIF 2.1.0 (OASIS), which pipelines and code hosts show beside the files. The same judgement gives
 * the same bytes, and a finding keeps its fingerprint when lines move or amounts change.
 */
import { hashOf } from "../domain/Hash.ts"
import type { Evidence, Level } from "../domain/Verdict.ts"
import type { Rule } from "../engine/Rule.ts"
import { type FindingLevel, findingsReport, type ReportedFinding } from "./Findings.ts"
import type { Judgement } from "./Judgement.ts"
import { remedyOf } from "./Remedies.ts"

export interface SarifOptions {
  /** Version of the tool, as `major.minor.patch`. */
  readonly version?: string | undefined
  /** Where a document lies, as a URI relative to the repository; its name when left out. */
  readonly uri?: ((document: { readonly name: string; readonly sha256: string }) => string) | undefined
}

interface Message {
  readonly text: string
}

interface Location {
  readonly id?: number
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string }
    readonly region: { readonly startLine: number }
  }
  readonly logicalLocations?: ReadonlyArray<{
    readonly name: string
    readonly fullyQualifiedName: string
    readonly kind: string
  }>
}

interface Descriptor {
  readonly id: string
  readonly shortDescription: Message
  readonly fullDescription: Message
  readonly help: Message
  readonly helpUri?: string
  readonly defaultConfiguration: { readonly level: FindingLevel }
  readonly properties: { readonly tags: ReadonlyArray<string> }
}

export interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: FindingLevel
  readonly message: Message
  readonly locations: ReadonlyArray<Location>
  readonly relatedLocations?: ReadonlyArray<Location>
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly properties: Readonly<Record<string, string | ReadonlyArray<string>>>
}

export interface SarifLog {
  readonly $schema: string
  readonly version: "2.1.0"
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly name: string
          readonly semanticVersion?: string
          readonly rules: ReadonlyArray<Descriptor>
        }
      }
      readonly automationDetails: { readonly id: string }
      readonly originalUriBaseIds: Readonly<Record<string, { readonly description: Message }>>
      readonly artifacts: ReadonlyArray<object>
      readonly results: ReadonlyArray<SarifResult>
      readonly columnKind: "utf16CodeUnits"
      readonly properties: Readonly<Record<string, string>>
    }
  ]
}

const BASE = "%SRCROOT%"

export const sarif = (judgement: Judgement, options: SarifOptions = {}): SarifLog => {
  const { findings, asOf, product, status } = findingsReport(judgement)
  const rules = [...new Map(findings.map((finding) => [finding.id, finding])).values()].map((finding) =>
    descriptor(judgement, finding)
  )
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]))
  const uri = uriOf(judgement, options)
  const fingerprint = fingerprints(product.partNumber)
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Certivo",
            ...(options.version === undefined ? {} : { semanticVersion: options.version }),
            rules
          }
        },
        automationDetails: { id: `certivo/${product.partNumber}/` },
        originalUriBaseIds: { [BASE]: { description: { text: "The root of the repository." } } },
        artifacts: judgement.documents.map((document) => ({
          location: { uri: uri(document), uriBaseId: BASE },
          roles: ["analysisTarget"],
          hashes: { "sha-256": document.sha256 }
        })),
        results: findings.map((finding) => ({
          ruleId: finding.id,
          ruleIndex: indexOf.get(finding.id) as number,
          level: finding.level,
          message: {
            text: `${finding.partNumber}${finding.name === undefined ? "" : ` (${finding.name})`}: ${finding.message}`
          },
          ...locationsOf(judgement, finding, uri),
          partialFingerprints: fingerprint(finding),
          properties: {
            partNumber: finding.partNumber,
            path: finding.path,
            regulations: finding.regulations,
            ...(finding.code === undefined ? {} : { code: finding.code }),
            rules: finding.rules.map(({ rule }) => rule)
          }
        })),
        columnKind: "utf16CodeUnits",
        properties: { asOf, product: product.partNumber, status }
      }
    ]
  }
}

type Uri = (document: { readonly name: string; readonly sha256: string }) => string

/** A file inside an archive is told by the archive. */
const uriOf = ({ documents }: Judgement, options: SarifOptions): Uri => {
  const names = new Map(documents.map(({ sha256, name }) => [sha256, name]))
  const given = options.uri ?? (({ name }) => name.split("/").map(encodeURIComponent).join("/"))
  return ({ name, sha256 }) => given({ name: names.get(sha256) ?? name, sha256 })
}

/** At the rows a finding rests on; at the BOM when there are none. */
const locationsOf = (
  { documents }: Judgement,
  { evidence, partNumber, path }: ReportedFinding,
  uri: Uri
): Pick<SarifResult, "locations" | "relatedLocations"> => {
  const logicalLocations = [{ name: partNumber, fullyQualifiedName: path.join("/"), kind: "part" }]
  const at = ({ document, sha256, line }: Pick<Evidence, "document" | "sha256" | "line">) => ({
    physicalLocation: {
      artifactLocation: { uri: uri({ name: document, sha256 }), uriBaseId: BASE },
      region: { startLine: Math.max(1, line) }
    }
  })
  const [first, ...others] = evidence
  const bom = documents.find(({ kind }) => kind === "bom")
  if (first !== undefined)
    return {
      locations: [{ ...at(first), logicalLocations }],
      ...(others.length === 0 ? {} : { relatedLocations: others.map((one, index) => ({ id: index + 1, ...at(one) })) })
    }
  return {
    locations:
      bom === undefined ? [] : [{ ...at({ document: bom.name, sha256: bom.sha256, line: 1 }), logicalLocations }]
  }
}

/** By product, part and rule, and by their order where a rule finds several things in a part. */
const fingerprints = (product: string): ((finding: ReportedFinding) => SarifResult["partialFingerprints"]) => {
  const seen = new Map<string, number>()
  return ({ id, partNumber }) => {
    const key = JSON.stringify([product, partNumber, id])
    const order = (seen.get(key) ?? 0) + 1
    seen.set(key, order)
    const digest = hashOf("sarif/1", [product, partNumber, id, order]).slice("sha256:".length)
    return { "certivoFinding/v1": digest, primaryLocationLineHash: `${digest.slice(0, 16)}:1` }
  }
}

const descriptor = (judgement: Judgement, { id, level, code, regulations }: ReportedFinding): Descriptor => {
  const ruleSet = judgement.rules.find((one) => one.id === regulations[0])
  const rule = ruleSet?.rules.find((one) => `${ruleSet.id}/${one.id}` === id)
  const title = ruleSet?.title ?? regulations.join(", ")
  const tags = { properties: { tags: ["compliance", ...regulations] }, defaultConfiguration: { level } }
  if (rule !== undefined)
    return {
      id,
      shortDescription: { text: `${rule.name} (${title})` },
      fullDescription: { text: ruleText(rule, title) },
      help: { text: `${ruleText(rule, title)} Source (${rule.source.standing}): ${rule.source.text}.` },
      ...(rule.source.url === undefined ? {} : { helpUri: rule.source.url }),
      ...tags
    }
  if (level === "warning")
    return {
      id,
      shortDescription: { text: `Unknown: ${code ?? id} (${title})` },
      fullDescription: { text: `What is declared does not settle whether the part meets ${title}.` },
      help: { text: remedyOf(code ?? "") },
      ...tags
    }
  const says =
    ruleSet?.documentLimits === true
      ? "The part holds more of a substance than its own declaration allows."
      : `The supplier states that the part does not meet ${title}.`
  return {
    id,
    shortDescription: { text: `${id} (${title})` },
    fullDescription: { text: says },
    help: { text: `${says} Use another part, or claim an exemption that covers it.` },
    ...tags
  }
}

const places: Readonly<Record<Level, string>> = {
  "homogeneous-material": "in each homogeneous material",
  article: "in each article",
  "packaging-component": "in each packaging component",
  battery: "in the battery",
  product: "in the whole product",
  presence: "anywhere"
}

const ruleText = ({ name, level, comparison, limitPpm, outcome, element }: Rule, title: string): string => {
  const counted = element === undefined ? "" : `, counted as ${element}`
  const what =
    comparison === "present"
      ? "any content"
      : comparison === "intentional"
        ? "intentional addition"
        : `${comparison === "above" ? "above" : "at or above"} ${limitPpm} ppm`
  const follows =
    outcome === "non-compliant" ? "is not allowed" : outcome === "declare" ? "must be declared" : "calls for a warning"
  return `${title}: ${name}${counted}, ${what} ${places[level]}, ${follows}.`
}
