import { type CertivoClient, CertivoError } from "@certivo/api/client"
import { ContextConsumer } from "@lit/context"
import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit"
import { attachContextRoot, clientContext, versionContext } from "../context.ts"

export const toCertivoError = (cause: unknown): CertivoError =>
  cause instanceof Error && cause.name === "CertivoError"
    ? (cause as CertivoError)
    : new CertivoError({
        title: cause instanceof Error ? cause.message : String(cause),
        status: 500,
        code: "unexpected"
      })

export const isAbort = (cause: unknown): boolean => cause instanceof Error && cause.name === "AbortError"

/** What every view shares: where its client comes from, how it announces itself, and how it shows that it failed. */
export abstract class CertivoElement extends LitElement {
  static override properties: PropertyDeclarations = {
    client: { attribute: false },
    contextClient: { state: true },
    dataVersion: { state: true }
  }
  /** The client to ask; wins over the one a `certivo-provider` gives. */
  declare client: CertivoClient | undefined
  declare protected contextClient: CertivoClient | undefined
  declare protected dataVersion: number

  constructor() {
    super()
    this.client = undefined
    this.contextClient = undefined
    this.dataVersion = 0
    new ContextConsumer(this, {
      context: clientContext,
      subscribe: true,
      callback: (client) => {
        this.contextClient = client
      }
    })
    new ContextConsumer(this, {
      context: versionContext,
      subscribe: true,
      callback: (version) => {
        this.dataVersion = version
      }
    })
  }

  override connectedCallback(): void {
    attachContextRoot()
    super.connectedCallback()
  }

  protected get activeClient(): CertivoClient | undefined {
    return this.client ?? this.contextClient
  }

  protected emit(name: string, detail: unknown, cancelable = false): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }))
  }

  /** Tells the page; returns whether the element should show its own message. */
  protected emitError(error: CertivoError): boolean {
    if (error.status === 401) this.emit("certivo-session-expired", { error })
    return this.emit("certivo-load-error", { error }, true)
  }

  protected renderError(error: CertivoError, retry: () => void): TemplateResult {
    return html`
      <div class="message" part="error" role="alert">
        <strong>${error.status === 404 ? "Not found" : "This could not be loaded"}</strong>
        <span>${error.message}</span>
        ${error.requestId === undefined ? nothing : html`<span>Request <code>${error.requestId}</code></span>`}
        <button class="button" type="button" @click=${retry}>Retry</button>
      </div>
    `
  }

  protected renderSkeleton(lines: number): TemplateResult {
    return html`
      <div class="message" role="status" aria-label="Loading">
        ${Array.from({ length: lines }, () => html`<div class="skeleton"></div>`)}
      </div>
    `
  }
}
