/** Refusals as RFC 9457 problem documents with stable codes. */

import { HttpApiError } from "effect/http-api"
import * as Schema from "effect/Schema"

const base = "https://certivo.dev/problems/"

export class NotFound extends HttpApiError.Problem<NotFound>()(
  "NotFound",
  { type: `${base}not-found`, status: 404, title: "Not found" },
  { code: Schema.Literal("not-found"), detail: Schema.String }
) {}

export class InvalidCursorProblem extends HttpApiError.Problem<InvalidCursorProblem>()(
  "InvalidCursor",
  { type: `${base}invalid-cursor`, status: 400, title: "The cursor is not of this list" },
  { code: Schema.Literal("invalid-cursor") }
) {}

export class InvalidQuery extends HttpApiError.Problem<InvalidQuery>()(
  "InvalidQuery",
  { type: `${base}invalid-query`, status: 400, title: "The query makes no sense" },
  { code: Schema.Literal("invalid-query"), detail: Schema.String }
) {}

export class OverrideRefused extends HttpApiError.Problem<OverrideRefused>()(
  "OverrideRefused",
  { type: `${base}override-refused`, status: 409, title: "The store does not take the overrides" },
  { code: Schema.Literal("override-refused"), detail: Schema.String }
) {}

export class InvalidProposal extends HttpApiError.Problem<InvalidProposal>()(
  "InvalidProposal",
  { type: `${base}invalid-proposal`, status: 422, title: "What is proposed cannot be used" },
  { code: Schema.Literal("invalid-proposal"), detail: Schema.String }
) {}

export class Unauthorized extends HttpApiError.Problem<Unauthorized>()(
  "Unauthorized",
  { type: `${base}unauthorized`, status: 401, title: "Sign in first" },
  { code: Schema.Literal("unauthorized") }
) {}

export class TooManyAttempts extends HttpApiError.Problem<TooManyAttempts>()(
  "TooManyAttempts",
  { type: `${base}too-many-attempts`, status: 429, title: "Too many failed attempts; wait a minute" },
  { code: Schema.Literal("too-many-attempts") }
) {}

export class TooLarge extends HttpApiError.Problem<TooLarge>()(
  "TooLarge",
  { type: `${base}too-large`, status: 413, title: "The upload cannot be read or is too large" },
  { code: Schema.Literal("too-large") }
) {}

export class Unavailable extends HttpApiError.Problem<Unavailable>()(
  "Unavailable",
  { type: `${base}unavailable`, status: 503, title: "The store does not answer; try again" },
  { code: Schema.Literal("unavailable") }
) {}
