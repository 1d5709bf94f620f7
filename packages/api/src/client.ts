/** A dependency-free client for browsers and Node: token handling, aborting, problems as errors. */
import type {
  AuditEntries,
  DeclarationPage,
  DocumentPage,
  FindingStatus,
  Job,
  Mapping,
  Overridden,
  Override,
  OverridePage,
  PartDetail,
  PartPage,
  PreviewEvent,
  Problem,
  Product,
  ProductPage,
  Proposal,
  Rejects,
  SavedMapping,
  SavedMappings,
  Session
} from "./types.ts"

export interface ClientOptions {
  /** Origin of the server, with or without a path; `""` is the page's own. */
  readonly baseUrl: string
  /** Called when a token is needed and when the one in use is about to expire or was refused. */
  readonly fetchSession: (request: {
    readonly reason: "initial" | "expiring" | "unauthorized"
    readonly signal: AbortSignal | undefined
  }) => Promise<Session>
  readonly fetch?: typeof globalThis.fetch
}

export interface PageOptions {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export interface ListOptions extends PageOptions {
  readonly search?: string | undefined
  /** Of the restrictions as a whole; with `regulation`, of that one, be it of its restrictions or its duties. */
  readonly status?: FindingStatus | undefined
  /** The id of a rule set. */
  readonly regulation?: string | undefined
}

export interface DocumentsOptions extends PageOptions {
  /** The whole name under which documents were sent. */
  readonly named?: string | undefined
  /** The first and the last day, `YYYY-MM-DD`, on which they arrived. */
  readonly since?: string | undefined
  readonly until?: string | undefined
}

export interface DeclarationsOptions extends PageOptions {
  /** A substance by its name, CAS or EC number; a document by its SHA-256. */
  readonly by: "substance" | "supplier" | "material" | "document"
  readonly value: string
}

export interface OverridesOptions extends PageOptions {
  /** Those about this part number alone. */
  readonly part?: string | undefined
}

export interface AuditOptions {
  readonly limit?: number | undefined
  /** Entries behind this revision, in their order. */
  readonly after?: number | undefined
  /** Entries before this revision, backwards; not together with `after`. */
  readonly before?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** A request that the server refused or that never reached it. */
export class CertivoError extends Error {
  readonly status: number
  readonly code: string
  readonly requestId: string | undefined
  readonly retryable: boolean
  constructor(problem: Partial<Problem> & { readonly title: string }) {
    super(problem.detail ?? problem.title)
    this.name = "CertivoError"
    this.status = problem.status ?? 0
    this.code = problem.code ?? "connection"
    this.requestId = problem.requestId
    this.retryable = this.status === 0 || this.status === 429 || this.status >= 500
  }
}

export interface CertivoClient {
  readonly products: (options?: ListOptions) => Promise<ProductPage>
  readonly product: (partNumber: string, signal?: AbortSignal) => Promise<Product>
  readonly parts: (product: string, options?: ListOptions) => Promise<PartPage>
  readonly part: (partNumber: string, signal?: AbortSignal) => Promise<PartDetail>
  /** Uploads a file; the job that reads it is returned at once. */
  readonly importFile: (
    file: Blob,
    name: string,
    signal?: AbortSignal,
    options?: { readonly mapping?: string | undefined }
  ) => Promise<Job>
  readonly job: (id: string, signal?: AbortSignal) => Promise<Job>
  /** The job's state, each time it changes, until it ends. */
  readonly watchJob: (id: string, signal?: AbortSignal) => AsyncGenerator<Job, void, void>
  readonly rejects: (jobId: string, signal?: AbortSignal) => Promise<Rejects>
  /** The rejected rows as CSV, to correct and send again. */
  readonly rejectsFile: (jobId: string, signal?: AbortSignal) => Promise<Blob>
  readonly warnings: (jobId: string, signal?: AbortSignal) => Promise<Rejects>
  /** Documents that were imported, those that arrived last first. */
  readonly documents: (options?: DocumentsOptions) => Promise<DocumentPage>
  /** What is declared of a substance, by a supplier, of a material or in a document, in the order it came in. */
  readonly declarations: (options: DeclarationsOptions) => Promise<DeclarationPage>
  /** What changed the data, when and by whom: from the last entry backwards unless asked otherwise. */
  readonly auditTrail: (options?: AuditOptions) => Promise<AuditEntries>
  /** Decisions of people that stand above findings, by their ids. */
  readonly overrides: (options?: OverridesOptions) => Promise<OverridePage>
  /** Keeps decisions, all or none; the products of their parts are judged again when it resolves. */
  readonly addOverrides: (overrides: ReadonlyArray<Override>, signal?: AbortSignal) => Promise<Overridden>
  /** Ends a decision the day before. */
  readonly withdrawOverride: (id: string, signal?: AbortSignal) => Promise<Overridden>
  /**
   * What other rules, overrides or another day would change, product by product: first the documents, of which there are
   * none, then each product of which something would stand otherwise. Nothing is written.
   */
  readonly preview: (proposal: Proposal, signal?: AbortSignal) => AsyncGenerator<PreviewEvent, void, void>
  /** What a file of declarations would change if it were imported; up to 200 000 rows. */
  readonly previewFile: (
    file: Blob,
    name: string,
    signal?: AbortSignal,
    options?: { readonly mapping?: string | undefined; readonly asOf?: string | undefined }
  ) => AsyncGenerator<PreviewEvent, void, void>
  /** Keeps a mapping of a table's columns under a name. */
  readonly saveMapping: (name: string, mapping: Mapping, signal?: AbortSignal) => Promise<SavedMapping>
  readonly mappings: (signal?: AbortSignal) => Promise<SavedMappings>
}

/** Seconds before its expiry at which a token is renewed. */
const RENEW_BEFORE_SECONDS = 30

export const createClient = (options: ClientOptions): CertivoClient => {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis)
  const base = options.baseUrl.replace(/\/$/, "")
  let session: Promise<Session> | undefined

  const renew = (reason: "initial" | "expiring" | "unauthorized", signal?: AbortSignal): Promise<Session> => {
    const pending = options.fetchSession({ reason, signal })
    session = pending
    pending.catch(() => {
      if (session === pending) session = undefined
    })
    return pending
  }

  const token = async (signal?: AbortSignal): Promise<string> => {
    if (session === undefined) return (await renew("initial", signal)).token
    const current = await session
    const left = Date.parse(current.expiresAt) - Date.now()
    return left > RENEW_BEFORE_SECONDS * 1000 ? current.token : (await renew("expiring", signal)).token
  }

  const attempt = async (path: string, init: RequestInit, bearer: string): Promise<Response> => {
    try {
      return await send(`${base}${path}`, {
        ...init,
        headers: { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${bearer}` }
      })
    } catch (cause) {
      if ((cause as Error).name === "AbortError") throw cause
      throw new CertivoError({ title: "The server cannot be reached" })
    }
  }

  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const signal = init.signal ?? undefined
    let response = await attempt(path, init, await token(signal))
    if (response.status === 401) response = await attempt(path, init, (await renew("unauthorized", signal)).token)
    if (response.ok) return response
    const problem = (await response.json().catch(() => ({}))) as Partial<Problem>
    throw new CertivoError({ ...problem, title: problem.title ?? response.statusText, status: response.status })
  }

  const json = async <A>(path: string, signal?: AbortSignal, init: RequestInit = {}): Promise<A> =>
    (await request(path, signal === undefined ? init : { ...init, signal })).json() as Promise<A>

  async function* events<A>(path: string, signal?: AbortSignal, init: RequestInit = {}): AsyncGenerator<A, void, void> {
    const response = await request(path, signal === undefined ? init : { ...init, signal })
    if (response.body !== null) yield* serverSentEvents<A>(response.body)
  }

  return {
    products: ({ signal, ...query } = {}) => json(`/v1/products${queryString(query)}`, signal),
    product: (partNumber, signal) => json(`/v1/products/${encodeURIComponent(partNumber)}`, signal),
    parts: (product, { signal, ...query } = {}) =>
      json(`/v1/products/${encodeURIComponent(product)}/parts${queryString(query)}`, signal),
    part: (partNumber, signal) => json(`/v1/parts/${encodeURIComponent(partNumber)}`, signal),
    importFile: (file, name, signal, { mapping } = {}) =>
      json(`/v1/imports${queryString({ name, mapping })}`, signal, {
        method: "POST",
        body: file,
        headers: { "content-type": "application/octet-stream" }
      }),
    job: (id, signal) => json(`/v1/jobs/${encodeURIComponent(id)}`, signal),
    watchJob: (id, signal) => events<Job>(`/v1/jobs/${encodeURIComponent(id)}/events`, signal),
    rejects: (jobId, signal) => json(`/v1/jobs/${encodeURIComponent(jobId)}/rejects`, signal),
    rejectsFile: async (jobId, signal) =>
      (
        await request(`/v1/jobs/${encodeURIComponent(jobId)}/rejects.csv`, signal === undefined ? {} : { signal })
      ).blob(),
    warnings: (jobId, signal) => json(`/v1/jobs/${encodeURIComponent(jobId)}/warnings`, signal),
    documents: ({ signal, ...query } = {}) => json(`/v1/documents${queryString(query)}`, signal),
    declarations: ({ signal, ...query }) => json(`/v1/declarations${queryString(query)}`, signal),
    auditTrail: ({ signal, ...query } = {}) => json(`/v1/audit${queryString(query)}`, signal),
    overrides: ({ signal, ...query } = {}) => json(`/v1/overrides${queryString(query)}`, signal),
    addOverrides: (overrides, signal) =>
      json("/v1/overrides", signal, {
        method: "POST",
        body: JSON.stringify({ overrides }),
        headers: { "content-type": "application/json" }
      }),
    withdrawOverride: (id, signal) => json(`/v1/overrides/${encodeURIComponent(id)}`, signal, { method: "DELETE" }),
    preview: (proposal, signal) =>
      events("/v1/previews", signal, {
        method: "POST",
        body: JSON.stringify(proposal),
        headers: { "content-type": "application/json" }
      }),
    previewFile: (file, name, signal, options = {}) =>
      events(`/v1/previews/declarations${queryString({ name, ...options })}`, signal, {
        method: "POST",
        body: file,
        headers: { "content-type": "application/octet-stream" }
      }),
    saveMapping: (name, mapping, signal) =>
      json(`/v1/mappings/${encodeURIComponent(name)}`, signal, {
        method: "PUT",
        body: JSON.stringify(mapping),
        headers: { "content-type": "application/json" }
      }),
    mappings: (signal) => json("/v1/mappings", signal)
  }
}

const queryString = (query: Record<string, string | number | undefined>): string => {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== "")
  return entries.length === 0 ? "" : `?${new URLSearchParams(entries.map(([key, value]) => [key, String(value)]))}`
}

/** The event with which a stream ends that could not go on; what it holds is for Effect's own client. */
const FAILURE = "event: effect/http-api/stream/failure"

async function* serverSentEvents<A>(body: ReadableStream<Uint8Array>): AsyncGenerator<A, void, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let pending = ""
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      pending += decoder.decode(value, { stream: true })
      const events = pending.split(/\r?\n\r?\n/)
      pending = events.pop() ?? ""
      for (const event of events) {
        const lines = event.split(/\r?\n/)
        if (lines.includes(FAILURE))
          throw new CertivoError({ title: "The server could not go on; try again", status: 503, code: "unavailable" })
        const data = lines
          .filter((line) => line.startsWith("data:"))
          .map((line) => line.slice(5).trimStart())
          .join("\n")
        if (data !== "") yield JSON.parse(data) as A
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
