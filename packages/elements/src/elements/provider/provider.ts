import { type CertivoClient, CertivoError, type ClientOptions, createClient } from "@certivo/api/client"
import type { Session } from "@certivo/api/types"
import { ContextProvider } from "@lit/context"
import { html, LitElement, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit"
import { attachContextRoot, clientContext, versionContext } from "../../context.ts"
import styles from "./provider.styles.ts"

export type FetchSession = ClientOptions["fetchSession"]

/**
 * Gives every Certivo element inside it a client, and has them ask again after an import. Tokens stay in memory.
 *
 * @element certivo-provider
 * @slot - The page, or the part of it, that the elements are in.
 */
export class CertivoProvider extends LitElement {
  static override styles = styles
  static override properties: PropertyDeclarations = {
    baseUrl: { attribute: "base-url" },
    sessionUrl: { attribute: "session-url" },
    theme: { reflect: true },
    client: { attribute: false },
    fetchSession: { attribute: false }
  }
  /** Origin of the Certivo server; empty for the page's own. */
  declare baseUrl: string
  /** An endpoint of the host page that answers a POST with `{token, expiresAt}`. */
  declare sessionUrl: string
  declare theme: "light" | "dark" | "auto"
  /** A client made by the page; wins over the attributes. */
  declare client: CertivoClient | undefined
  /** Called when a token is needed; wins over `session-url`. */
  declare fetchSession: FetchSession | undefined

  readonly #clients: ContextProvider<typeof clientContext>
  readonly #versions: ContextProvider<typeof versionContext>

  constructor() {
    super()
    this.baseUrl = ""
    this.sessionUrl = ""
    this.theme = "auto"
    this.client = undefined
    this.fetchSession = undefined
    this.#clients = new ContextProvider(this, { context: clientContext })
    this.#versions = new ContextProvider(this, { context: versionContext, initialValue: 0 })
    this.addEventListener("certivo-import-complete", () => this.refresh())
  }

  override connectedCallback(): void {
    attachContextRoot()
    super.connectedCallback()
  }

  /** Has every view inside ask for its data again. */
  refresh(): void {
    this.#versions.setValue(this.#versions.value + 1)
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("client") || changed.has("baseUrl") || changed.has("sessionUrl") || changed.has("fetchSession")) {
      this.#clients.setValue(this.client ?? this.#createClient())
    }
  }

  #createClient(): CertivoClient | undefined {
    const fetchSession = this.fetchSession ?? (this.sessionUrl === "" ? undefined : sessionFrom(this.sessionUrl))
    return fetchSession === undefined ? undefined : createClient({ baseUrl: this.baseUrl, fetchSession })
  }

  protected override render(): TemplateResult {
    return html`<slot></slot>`
  }
}

const sessionFrom =
  (url: string): FetchSession =>
  async ({ signal }) => {
    const response = await fetch(url, { method: "POST", credentials: "same-origin", signal: signal ?? null })
    if (!response.ok) throw new CertivoError({ title: "The session could not be started", status: response.status })
    return (await response.json()) as Session
  }
