/** What the API sends and takes. Decimals are strings; ids are the customer's own part numbers. */
import {
  ChangeKind,
  Day,
  DutyStatus,
  Finding,
  MAX_OVERRIDES_AT_ONCE,
  Mapping,
  Override,
  ProposedColumn,
  Reason,
  RegulationStanding,
  Reject,
  StatedClaim,
  Status
} from "@certivo/core/domain"
import * as Schema from "effect/Schema"

const Text = Schema.optionalKey(Schema.String)

export const StatusCounts = Schema.Struct({
  parts: Schema.Int,
  compliant: Schema.Int,
  exempt: Schema.Int,
  unknown: Schema.Int,
  nonCompliant: Schema.Int,
  declaredPartsPercent: Schema.String
}).annotate({ identifier: "StatusCounts" })

const byRegulation = Schema.Array(RegulationStanding).annotate({
  description: "the status of the restrictions and of the duties of each rule set, with all that is below"
})

export const Product = Schema.Struct({
  partNumber: Schema.String,
  name: Text,
  status: Status,
  duty: DutyStatus,
  byRegulation,
  ruleSets: Schema.Array(Schema.Struct({ id: Schema.String, version: Schema.String, hash: Schema.String })).annotate({
    description: "the rule sets that the product was judged by"
  }),
  asOf: Schema.optionalKey(Schema.String).annotate({ description: "the day whose law applied, `YYYY-MM-DD`" }),
  until: Schema.optionalKey(Schema.String).annotate({
    description: "the last day on which the verdict stands by these rule sets; left out when no day ends it"
  }),
  factsHash: Schema.String,
  summary: StatusCounts,
  revision: Schema.Int
}).annotate({ identifier: "Product" })

const partFields = {
  partNumber: Schema.String,
  name: Text,
  material: Text,
  mass: Schema.optionalKey(Schema.Struct({ value: Schema.String, unit: Schema.Literal("g") })),
  assembly: Schema.Boolean,
  declared: Schema.Boolean,
  status: Status,
  ownStatus: Status,
  /** Of the duties to inform; a duty is never non-compliant. */
  duty: DutyStatus,
  byRegulation,
  factsHash: Schema.String
}

export const Part = Schema.Struct({
  ...partFields,
  quantity: Schema.String,
  worst: Schema.optionalKey(Finding)
}).annotate({ identifier: "Part" })

export const Explanation = Schema.Struct({
  /** One sentence a person reads first. */
  headline: Schema.String,
  /** The proof, one step a line, indented by `depth`. */
  steps: Schema.Array(Schema.Struct({ depth: Schema.Int, text: Schema.String }))
}).annotate({ identifier: "Explanation" })

export const PartDetail = Schema.Struct({
  ...partFields,
  reasons: Schema.Array(Reason),
  findings: Schema.Array(Finding),
  findingsOmitted: Schema.Int,
  children: Schema.Array(
    Schema.Struct({ partNumber: Schema.String, quantity: Schema.String, status: Status, duty: DutyStatus })
  ),
  usedIn: Schema.Array(Schema.String),
  explanation: Explanation,
  revision: Schema.Int
}).annotate({ identifier: "PartDetail" })

const pageFields = {
  next: Text,
  previous: Text,
  total: Schema.Struct({ count: Schema.Int, type: Schema.Literals(["exact", "at_least"]) })
}

/** A page of what was sent, in which nothing is judged. */
const evidencePage = <S extends Schema.Top>(item: S) =>
  Schema.Struct({ items: Schema.Array(item), page: Schema.Struct(pageFields) })

/** A page of verdicts. */
const page = <S extends Schema.Top>(item: S) =>
  Schema.Struct({
    items: Schema.Array(item),
    page: Schema.Struct({
      ...pageFields,
      asOfRevision: Schema.Int,
      current: Schema.Boolean.annotate({
        description:
          "whether the verdicts on all that is listed hold today by the rule sets in force; else some of it still shows what was before, and may be missing from lists by regulation"
      })
    })
  })

export const ProductPage = page(Product).annotate({ identifier: "ProductPage" })
export const PartPage = page(Part).annotate({ identifier: "PartPage" })

const codes = Schema.Record(Schema.String, Schema.Int).annotate({
  description: "how often each code was reported, rejects and warnings alike; exact, also beyond what is listed"
})

export const Job = Schema.Struct({
  id: Schema.String,
  state: Schema.Literals(["queued", "running", "succeeded", "succeeded-with-rejects", "failed"]),
  kind: Schema.Literals(["bom", "declarations"]),
  documentName: Schema.String,
  sha256: Schema.String,
  progress: Schema.Struct({ done: Schema.Int, total: Schema.Int, unit: Schema.Literal("bytes") }),
  rows: Schema.Int,
  accepted: Schema.Int,
  rejected: Schema.Int,
  warned: Schema.Int.annotate({ description: "remarks about rows that were accepted" }),
  codes,
  mapping: Schema.optionalKey(Mapping),
  /** The columns to confirm or correct, when the job has failed because they are not sure. */
  proposal: Schema.optionalKey(Schema.Array(ProposedColumn)),
  product: Text,
  error: Text,
  revision: Schema.optionalKey(Schema.Int),
  createdAt: Schema.String
}).annotate({ identifier: "Job" })

export const Rejects = Schema.Struct({ total: Schema.Int, items: Schema.Array(Reject) }).annotate({
  identifier: "Rejects"
})

export const SavedMapping = Schema.Struct({ name: Schema.String, mapping: Mapping }).annotate({
  identifier: "SavedMapping"
})

export const SavedMappings = Schema.Struct({ items: Schema.Array(SavedMapping) }).annotate({
  identifier: "SavedMappings"
})

export const Document = Schema.Struct({
  sha256: Schema.String,
  name: Schema.String,
  kind: Schema.Literals(["bom", "declarations"]),
  bytes: Schema.Int,
  rows: Schema.Int,
  accepted: Schema.Int,
  rejected: Schema.Int,
  warned: Schema.Int,
  codes,
  revision: Schema.Int.annotate({ description: "the revision that the import made" }),
  arrived: Text.annotate({ description: "the day it was sent, `YYYY-MM-DD`" })
}).annotate({ identifier: "Document" })
export const DocumentPage = evidencePage(Document).annotate({ identifier: "DocumentPage" })

export const Declaration = Schema.Struct({
  part: Schema.String.annotate({ description: "the part number, trimmed and in upper case" }),
  material: Text,
  substance: Schema.String,
  cas: Text,
  ec: Text,
  text: Schema.String.annotate({ description: "the amount as it was written" }),
  amount: Schema.Struct({
    unit: Schema.Literals(["mg", "ppm"]),
    low: Schema.String,
    high: Text.annotate({ description: "left out when nothing bounds it" }),
    lowOpen: Schema.Boolean,
    highOpen: Schema.Boolean
  }).annotate({ description: "decimals; an open end is only come near to" }),
  basis: Schema.optionalKey(Schema.Literals(["element", "compound"])),
  limitPpm: Text.annotate({ description: "the row's own limit" }),
  partMassMg: Text,
  materialMassMg: Text,
  exemption: Text,
  claim: Schema.optionalKey(StatedClaim),
  intentional: Schema.optionalKey(Schema.Boolean),
  source: Schema.Struct({
    document: Schema.String,
    sha256: Schema.String,
    line: Schema.Int,
    supplier: Text,
    issued: Text,
    validTo: Text,
    arrived: Text
  })
}).annotate({ identifier: "Declaration" })
export const DeclarationPage = evidencePage(Declaration).annotate({ identifier: "DeclarationPage" })

export const OverridePage = evidencePage(Override).annotate({ identifier: "OverridePage" })

export const Overridden = Schema.Struct({
  overrides: Schema.Array(Override).annotate({ description: "what the store holds otherwise now" }),
  judged: Schema.Int.annotate({ description: "how many products were judged again" })
}).annotate({ identifier: "Overridden" })

const Standing = Schema.Struct({ status: Status, duty: DutyStatus, byRegulation: Schema.Array(RegulationStanding) })

const previewed = { partNumber: Schema.String, name: Text, before: Standing, after: Standing }

export const PreviewedProduct = Schema.Struct({
  ...previewed,
  parts: Schema.Array(Schema.Struct(previewed)).annotate({ description: "those that would stand otherwise" })
}).annotate({ identifier: "PreviewedProduct" })

export const PreviewedDocument = Schema.Struct({
  name: Schema.String,
  accepted: Schema.Int,
  rejected: Schema.Int,
  isKnown: Schema.Boolean.annotate({ description: "whether the store has it, so that it would change nothing" })
}).annotate({ identifier: "PreviewedDocument" })

export const PreviewEvent = Schema.Union([
  Schema.Struct({ documents: Schema.Array(PreviewedDocument) }),
  Schema.Struct({ product: PreviewedProduct })
]).annotate({
  identifier: "PreviewEvent",
  description: "first the documents that are proposed, then each product of which something would stand otherwise"
})

export const Proposal = Schema.Struct({
  rules: Schema.optionalKey(
    Schema.Array(Schema.String.check(Schema.isMaxLength(64))).check(Schema.isMaxLength(64))
  ).annotate({ description: "ids of rule packs in place of the rule sets in force, beside the documents' own limits" }),
  overrides: Schema.optionalKey(Schema.Array(Override).check(Schema.isMaxLength(MAX_OVERRIDES_AT_ONCE))).annotate({
    description: "decisions beside those there are, in place of those of the same id"
  }),
  asOf: Schema.optionalKey(Day).annotate({ description: "the day that is compared with today" })
}).annotate({ identifier: "Proposal" })

export const AuditEntry = Schema.Struct({
  revision: Schema.Int,
  at: Schema.String.annotate({ description: "ISO 8601, UTC" }),
  by: Text,
  did: ChangeKind,
  subject: Schema.String.annotate({
    description:
      "what it was done to: the SHA-256 of a document, the name of a mapping, the hash of rule sets or overrides, the id of an override"
  }),
  detail: Schema.Record(Schema.String, Schema.Unknown),
  previous: Schema.String.annotate({ description: "`hash` of the entry before; empty in the first" }),
  hash: Schema.String.annotate({ description: "of all other members: `verifyTrail` of the SDK checks it" })
}).annotate({ identifier: "AuditEntry" })
export const AuditEntries = Schema.Struct({ items: Schema.Array(AuditEntry) }).annotate({ identifier: "AuditEntries" })

export const Session = Schema.Struct({
  token: Schema.String,
  expiresAt: Schema.String.annotate({ description: "ISO 8601, UTC" })
}).annotate({ identifier: "Session" })
