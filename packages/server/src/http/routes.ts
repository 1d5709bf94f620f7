/** Everything the server answers: the API, its documents, the dashboard, and what goes around each request. */
import { randomUUID } from "node:crypto"
import { Api } from "@certivo/api"
import * as ByteSize from "effect/ByteSize"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { HttpIncomingMessage, HttpRouter, HttpServerError, HttpServerRequest, HttpServerResponse } from "effect/http"
import { HttpApiBuilder, HttpApiMiddleware, HttpApiScalar } from "effect/http-api"
import * as Layer from "effect/Layer"
import { handlers } from "./handlers.ts"
import { dashboard } from "./static.ts"

export interface RouteOptions {
  readonly demo: boolean
  readonly allowOrigins: ReadonlyArray<string>
  /** Whether each request is logged. */
  readonly logRequests: boolean
}

const problem = (status: number, code: string, title: string, requestId: string) =>
  HttpServerResponse.text(
    JSON.stringify({ type: `https://certivo.dev/problems/${code}`, title, status, code, requestId }),
    { status, contentType: "application/problem+json" }
  )

const NotFound = HttpRouter.add(
  "*",
  "/*",
  Effect.map(HttpServerRequest.HttpServerRequest, (request) =>
    problem(404, "not-found", "There is nothing at this address", request.headers["x-request-id"] ?? "")
  )
)

/** Of a body that is read as a whole, so of all but uploads. */
const MAX_BODY_SIZE = ByteSize.mebibytes(4)

const isTooLarge = (defect: unknown): boolean =>
  HttpServerError.isHttpServerError(defect) &&
  defect.reason._tag === "RequestParseError" &&
  defect.reason.reason === "BodyTooLarge"

const acceptable = /^[A-Za-z0-9_-]{8,64}$/

/** Gives each request an id, answers with it, and logs one line; never a token, never a body. */
const aroundRequests = (logRequests: boolean) =>
  HttpRouter.middleware(
    (httpEffect) =>
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        const given = request.headers["x-request-id"]
        const requestId = given !== undefined && acceptable.test(given) ? given : randomUUID()
        const begun = yield* Clock.currentTimeMillis
        return yield* httpEffect.pipe(
          Effect.provideService(HttpIncomingMessage.MaxBodySize, MAX_BODY_SIZE),
          Effect.catchDefect((defect) =>
            isTooLarge(defect)
              ? Effect.succeed(problem(413, "too-large", "The body may have 4 MiB", requestId))
              : Effect.as(
                  Effect.logError("A request has failed", defect),
                  problem(500, "internal", "The server has failed; the log has the cause", requestId)
                )
          ),
          Effect.map(HttpServerResponse.setHeader("x-request-id", requestId)),
          Effect.tap((response) =>
            logRequests
              ? Effect.flatMap(Clock.currentTimeMillis, (now) =>
                  Effect.logInfo("request").pipe(
                    Effect.annotateLogs({
                      method: request.method,
                      path: request.url.split("?", 1)[0] ?? "",
                      status: response.status,
                      ms: now - begun
                    })
                  )
                )
              : Effect.void
          ),
          Effect.annotateLogs("requestId", requestId)
        )
      }),
    { global: true }
  )

export const routes = (options: RouteOptions) =>
  Layer.mergeAll(
    HttpApiBuilder.layer(Api, { openapiPath: "/openapi.json" }).pipe(
      Layer.provide(handlers(options.demo)),
      Layer.provide(HttpApiMiddleware.layerProblemDetails({ includeDetails: true }))
    ),
    HttpApiScalar.layer(Api, { path: "/docs" }),
    dashboard,
    NotFound,
    aroundRequests(options.logRequests),
    ...(options.allowOrigins.length === 0
      ? []
      : [
          HttpRouter.cors({
            allowedOrigins: options.allowOrigins,
            allowedHeaders: ["authorization", "content-type", "x-request-id"],
            exposedHeaders: ["x-request-id"]
          })
        ])
  )
