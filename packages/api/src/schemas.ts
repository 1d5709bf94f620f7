/** What the API sends and takes. Decimals are strings; ids are the customer's own part numbers. */
import {
  DutyStatus,
  Finding,
  Mapping,
  ProposedColumn,
  Reason,
  RegulationStanding,
  Reject,
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

const page = <S extends Schema.Top>(item: S) =>
  Schema.Struct({
    items: Schema.Array(item),
    page: Schema.Struct({
      next: Schema.optionalKey(Schema.String),
      previous: Schema.optionalKey(Schema.String),
      total: Schema.Struct({ count: Schema.Int, type: Schema.Literals(["exact", "at_least"]) }),
      asOfRevision: Schema.Int,
      current: Schema.Boolean.annotate({
        description:
          "whether the verdicts on all that is listed hold today by the rule sets in force; else some of it still shows what was before, and may be missing from lists by regulation"
      })
    })
  })

export const ProductPage = page(Product).annotate({ identifier: "ProductPage" })
export const PartPage = page(Part).annotate({ identifier: "PartPage" })

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
  codes: Schema.Record(Schema.String, Schema.Int).annotate({
    description: "how often each code was reported, rejects and warnings alike; exact, also beyond what is listed"
  }),
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

export const Session = Schema.Struct({
  token: Schema.String,
  expiresAt: Schema.String.annotate({ description: "ISO 8601, UTC" })
}).annotate({ identifier: "Session" })
