/** The endpoints: server, OpenAPI document and typed clients follow from this definition. */
import { Day, FindingStatus, MAX_OVERRIDES_AT_ONCE, Mapping, Override } from "@certivo/core/domain"
import * as Context from "effect/Context"
import {
  HttpApi,
  HttpApiEndpoint,
  HttpApiGroup,
  HttpApiMiddleware,
  HttpApiSchema,
  HttpApiSecurity,
  OpenApi
} from "effect/http-api"
import * as Schema from "effect/Schema"
import {
  InvalidCursorProblem,
  InvalidProposal,
  InvalidQuery,
  NotFound,
  OverrideRefused,
  TooLarge,
  TooManyAttempts,
  Unauthorized,
  Unavailable
} from "./problems.ts"
import {
  AuditEntries,
  DeclarationPage,
  DocumentPage,
  Job,
  Overridden,
  OverridePage,
  PartDetail,
  PartPage,
  PreviewEvent,
  Product,
  ProductPage,
  Proposal,
  Rejects,
  SavedMapping,
  SavedMappings,
  Session
} from "./schemas.ts"

/** Largest upload in bytes. */
export const MAX_UPLOAD_BYTES = 8 * 1024 ** 3

/** Who sends the request, and for which tenant. */
export class CurrentUser extends Context.Service<CurrentUser, { readonly tenant: string; readonly subject: string }>()(
  "@certivo/api/CurrentUser"
) {}

export class Authorization extends HttpApiMiddleware.Service<Authorization, { provides: CurrentUser }>()(
  "@certivo/api/Authorization",
  { security: { bearer: HttpApiSecurity.bearer }, error: Unauthorized, requiredForClient: true }
) {}

const limit = Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })))
const pageQuery = { limit, cursor: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(2048))) }
const listQuery = {
  ...pageQuery,
  search: Schema.optionalKey(Schema.String.check(Schema.isMaxLength(200))),
  status: Schema.optionalKey(
    FindingStatus.annotate({
      description:
        "of the restrictions as a whole; with regulation, of that one, be it of its restrictions or its duties"
    })
  ),
  regulation: Schema.optionalKey(
    Schema.String.check(Schema.isMaxLength(64)).annotate({ description: "id of the rule set whose status is meant" })
  )
}
const partNumber = { partNumber: Schema.String }
const MappingName = Schema.String.check(Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$/))
const jobId = { id: Schema.String }

export class ProductsGroup extends HttpApiGroup.make("products")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: listQuery,
      success: ProductPage,
      error: [InvalidCursorProblem, Unavailable]
    }),
    HttpApiEndpoint.get("get", "/:partNumber", {
      params: partNumber,
      success: Product,
      error: [NotFound, Unavailable]
    }),
    HttpApiEndpoint.get("parts", "/:partNumber/parts", {
      params: partNumber,
      query: listQuery,
      success: PartPage,
      error: [NotFound, InvalidCursorProblem, Unavailable]
    })
  )
  .middleware(Authorization)
  .prefix("/v1/products") {}

export class PartsGroup extends HttpApiGroup.make("parts")
  .add(
    HttpApiEndpoint.get("get", "/:partNumber", {
      params: partNumber,
      success: PartDetail,
      error: [NotFound, Unavailable]
    })
  )
  .middleware(Authorization)
  .prefix("/v1/parts") {}

const uploadQuery = {
  name: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(255)),
  mapping: Schema.optionalKey(MappingName.annotate({ description: "name of a saved mapping of a table's columns" }))
}

const upload = HttpApiSchema.StreamUint8Array({
  contentType: "application/octet-stream",
  maxBytes: MAX_UPLOAD_BYTES
})

export class ImportsGroup extends HttpApiGroup.make("imports")
  .add(
    HttpApiEndpoint.post("create", "/v1/imports", {
      query: uploadQuery,
      payload: upload,
      success: Job.pipe(HttpApiSchema.status(202)),
      error: [TooLarge, NotFound, Unavailable]
    }),
    HttpApiEndpoint.get("job", "/v1/jobs/:id", { params: jobId, success: Job, error: [NotFound, Unavailable] }),
    HttpApiEndpoint.get("events", "/v1/jobs/:id/events", {
      params: jobId,
      success: HttpApiSchema.StreamSse({ data: Job }),
      error: [NotFound, Unavailable]
    }),
    HttpApiEndpoint.get("rejects", "/v1/jobs/:id/rejects", {
      params: jobId,
      success: Rejects,
      error: [NotFound, Unavailable]
    }),
    HttpApiEndpoint.get("rejectsFile", "/v1/jobs/:id/rejects.csv", {
      params: jobId,
      success: Schema.String.pipe(HttpApiSchema.asText({ contentType: "text/csv; charset=utf-8" })),
      error: [NotFound, Unavailable]
    }),
    HttpApiEndpoint.get("warnings", "/v1/jobs/:id/warnings", {
      params: jobId,
      success: Rejects,
      error: [NotFound, Unavailable]
    })
  )
  .middleware(Authorization) {}

const Revision = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

export class EvidenceGroup extends HttpApiGroup.make("evidence")
  .add(
    HttpApiEndpoint.get("documents", "/v1/documents", {
      query: {
        ...pageQuery,
        named: Schema.optionalKey(
          Schema.String.check(Schema.isMaxLength(255)).annotate({ description: "the whole name it was sent under" })
        ),
        since: Schema.optionalKey(Day.annotate({ description: "first day of arrival, `YYYY-MM-DD`" })),
        until: Schema.optionalKey(Day.annotate({ description: "last day of arrival, `YYYY-MM-DD`" }))
      },
      success: DocumentPage,
      error: [InvalidCursorProblem, Unavailable]
    }).annotate(OpenApi.Description, "Documents that were imported, those that arrived last first."),
    HttpApiEndpoint.get("declarations", "/v1/declarations", {
      query: {
        ...pageQuery,
        by: Schema.Literals(["substance", "supplier", "material", "document"]).annotate({
          description: "a substance by its name, CAS or EC number, a document by its SHA-256"
        }),
        value: Schema.String.check(Schema.isMinLength(1), Schema.isMaxLength(500))
      },
      success: DeclarationPage,
      error: [InvalidCursorProblem, Unavailable]
    }).annotate(OpenApi.Description, "What is declared, in the order it came in."),
    HttpApiEndpoint.get("audit", "/v1/audit", {
      query: {
        limit,
        after: Schema.optionalKey(
          Revision.annotate({ description: "entries behind this revision, in their order; 0 for the first" })
        ),
        before: Schema.optionalKey(
          Revision.annotate({ description: "entries before this revision, backwards; not together with after" })
        )
      },
      success: AuditEntries,
      error: [InvalidQuery, Unavailable]
    }).annotate(
      OpenApi.Description,
      "What changed the data, when and by whom, an entry for each revision: those after a revision in their order, or those before one backwards; without either, from the last one backwards."
    )
  )
  .middleware(Authorization) {}

const OverrideId = Schema.String.check(Schema.isMaxLength(100))

export class OverridesGroup extends HttpApiGroup.make("overrides")
  .add(
    HttpApiEndpoint.get("list", "/", {
      query: {
        ...pageQuery,
        part: Schema.optionalKey(
          Schema.String.check(Schema.isMaxLength(250)).annotate({ description: "those about this part number alone" })
        )
      },
      success: OverridePage,
      error: [InvalidCursorProblem, Unavailable]
    }).annotate(OpenApi.Description, "Decisions of people that stand above findings, by their ids."),
    HttpApiEndpoint.post("add", "/", {
      payload: Schema.Struct({
        overrides: Schema.Array(Override).check(Schema.isMinLength(1), Schema.isMaxLength(MAX_OVERRIDES_AT_ONCE))
      }),
      success: Overridden,
      error: [OverrideRefused, Unavailable]
    }).annotate(
      OpenApi.Description,
      "Keeps decisions, all or none, and judges the products of their parts again before it answers. What is there already changes nothing; a decision never takes the place of another."
    ),
    HttpApiEndpoint.delete("withdraw", "/:id", {
      params: { id: OverrideId },
      success: Overridden,
      error: [NotFound, Unavailable]
    }).annotate(
      OpenApi.Description,
      "Ends a decision the day before, and judges the products of its part again. It stays in the list and in the audit trail."
    )
  )
  .middleware(Authorization)
  .prefix("/v1/overrides") {}

const previewing = { success: HttpApiSchema.StreamSse({ data: PreviewEvent, error: Unavailable }) }

export class PreviewsGroup extends HttpApiGroup.make("previews")
  .add(
    HttpApiEndpoint.post("change", "/", {
      payload: Proposal,
      ...previewing,
      error: [InvalidProposal, Unavailable]
    }).annotate(
      OpenApi.Description,
      "What other rules, overrides or another day would change, as server-sent events: each product is judged both ways when its turn comes, and nothing is written."
    ),
    HttpApiEndpoint.post("declarations", "/declarations", {
      query: { ...uploadQuery, asOf: Schema.optionalKey(Day) },
      payload: upload,
      ...previewing,
      error: [InvalidProposal, TooLarge, NotFound, Unavailable]
    }).annotate(
      OpenApi.Description,
      "What a file of declarations would change if it were imported, as server-sent events; up to 200 000 rows."
    )
  )
  .middleware(Authorization)
  .prefix("/v1/previews") {}

const mappingName = { name: MappingName }

export class MappingsGroup extends HttpApiGroup.make("mappings")
  .add(
    HttpApiEndpoint.get("list", "/", { success: SavedMappings, error: Unavailable }),
    HttpApiEndpoint.get("get", "/:name", {
      params: mappingName,
      success: SavedMapping,
      error: [NotFound, Unavailable]
    }),
    HttpApiEndpoint.put("put", "/:name", {
      params: mappingName,
      payload: Mapping,
      success: SavedMapping,
      error: Unavailable
    }),
    HttpApiEndpoint.delete("delete", "/:name", { params: mappingName, error: Unavailable })
  )
  .middleware(Authorization)
  .prefix("/v1/mappings") {}

export class AuthGroup extends HttpApiGroup.make("auth")
  .add(
    HttpApiEndpoint.post("token", "/token", {
      payload: Schema.Struct({ secret: Schema.String.check(Schema.isMaxLength(200)) }),
      success: Session,
      error: [Unauthorized, TooManyAttempts]
    }),
    HttpApiEndpoint.get("demo", "/demo", { success: Session, error: NotFound })
  )
  .prefix("/v1/auth") {}

const Health = Schema.Struct({ status: Schema.Literals(["pass", "fail"]) })

export class HealthGroup extends HttpApiGroup.make("health")
  .add(
    HttpApiEndpoint.get("live", "/live", { success: Health }),
    HttpApiEndpoint.get("ready", "/ready", { success: Health, error: Unavailable })
  )
  .prefix("/health") {}

export class Api extends HttpApi.make("certivo")
  .add(ProductsGroup)
  .add(PartsGroup)
  .add(ImportsGroup)
  .add(EvidenceGroup)
  .add(OverridesGroup)
  .add(PreviewsGroup)
  .add(MappingsGroup)
  .add(AuthGroup)
  .add(HealthGroup)
  .middleware(HttpApiMiddleware.ProblemDetails)
  .annotate(HttpApi.ParseOptions, { errors: "all" })
  .annotateMerge(OpenApi.annotations({ title: "Certivo", version: "1" })) {}
