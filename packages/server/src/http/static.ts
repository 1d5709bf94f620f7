/** The dashboard: a plain page and the bundle of elements, with a content policy that allows nothing else. */

import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { HttpRouter, HttpServerRequest, HttpServerResponse } from "effect/http"
import * as Layer from "effect/Layer"

const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

const files = [
  ["/", "dashboard/index.html", "text/html; charset=utf-8"],
  ["/assets/dashboard.js", "dashboard/dashboard.js", "text/javascript; charset=utf-8"],
  ["/assets/dashboard.css", "dashboard/dashboard.css", "text/css; charset=utf-8"],
  ["/assets/certivo.js", "dist/cdn/certivo.js", "text/javascript; charset=utf-8"]
] as const

/** Folder of the elements package: installed beside this one, or in the workspace this file was built in. */
const elementsFolder = (): string => {
  try {
    return dirname(fileURLToPath(import.meta.resolve("@certivo/elements/package.json")))
  } catch {
    let folder = dirname(fileURLToPath(import.meta.url))
    while (!existsSync(join(folder, "elements", "dashboard")) && dirname(folder) !== folder) folder = dirname(folder)
    return join(folder, "elements")
  }
}

const serveFile = (path: string, type: string) =>
  Effect.gen(function* () {
    const request = yield* HttpServerRequest.HttpServerRequest
    const body = yield* Effect.promise(() => readFile(path))
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`
    const headers = {
      etag,
      "cache-control": "no-cache",
      "content-security-policy": CONTENT_POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer"
    }
    return request.headers["if-none-match"] === etag
      ? HttpServerResponse.empty({ status: 304, headers })
      : HttpServerResponse.uint8Array(body, { headers, contentType: type })
  })

export const dashboard = Layer.unwrap(
  Effect.sync(() => {
    const folder = elementsFolder()
    const routes = files.map(([path, file, type]) => HttpRouter.add("GET", path, serveFile(join(folder, file), type)))
    return Layer.mergeAll(...(routes as [(typeof routes)[number], ...typeof routes]))
  })
)
