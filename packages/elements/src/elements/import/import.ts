import type { CertivoError } from "@certivo/api/client"
import type { Job, Rejects } from "@certivo/api/types"
import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit"
import { CertivoElement, isAbort, toCertivoError } from "../../internal/certivo-element.ts"
import { count, plural } from "../../internal/format.ts"
import { tables, theme } from "../../theme.ts"
import styles from "./import.styles.ts"

const isDone = (job: Job): boolean => job.state !== "queued" && job.state !== "running"

/** Progress is announced at these percents only: a reader would otherwise never stop talking. */
const MILESTONES = [0, 25, 50, 75, 100]

/**
 * Takes a bill of materials or declarations in any format that the server reads, follows the job that reads it, and
 * lists the rows that were refused; they can be downloaded, corrected and sent again.
 *
 * @element certivo-import
 * @fires {ImportProgressEvent} certivo-import-progress - The job moved on.
 * @fires {ImportCompleteEvent} certivo-import-complete - The job ended with rows accepted, or with none left to read.
 * @fires {LoadErrorEvent} certivo-load-error - The file could not be sent or followed.
 * @csspart drop - Where files are dropped.
 * @csspart progress - The progress bar.
 * @csspart rejects - The rows that were refused.
 * @csspart error - The message of a failure.
 */
export class CertivoImport extends CertivoElement {
  static override styles = [theme, tables, styles]
  static override properties: PropertyDeclarations = {
    over: { state: true },
    job: { state: true },
    rejects: { state: true },
    error: { state: true },
    busy: { state: true }
  }
  declare protected over: boolean
  declare protected job: Job | undefined
  declare protected rejects: Rejects | undefined
  declare protected error: CertivoError | undefined
  declare protected busy: boolean

  #abort: AbortController | undefined
  #resume: (() => void) | undefined

  constructor() {
    super()
    this.over = false
    this.job = undefined
    this.rejects = undefined
    this.error = undefined
    this.busy = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const resume = this.#resume
    this.#resume = undefined
    resume?.()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    const { job } = this
    // The server goes on reading: a job that was accepted is followed again when the element returns.
    if (this.busy && job !== undefined) this.#resume = () => void this.#run((signal) => this.#follow(job.id, signal))
    this.#abort?.abort()
    this.#abort = undefined
    this.busy = false
  }

  /** Uploads a file as if it had been chosen by hand. */
  async importFile(file: File): Promise<void> {
    this.job = undefined
    this.rejects = undefined
    await this.#run(async (signal) => {
      const client = this.activeClient
      if (client === undefined) throw new Error("There is no client")
      this.#progress(await client.importFile(file, file.name, signal))
      const { job } = this
      if (job !== undefined) await this.#follow(job.id, signal)
    }, file)
  }

  #retry: (() => void) | undefined

  async #run(work: (signal: AbortSignal) => Promise<void>, file?: File): Promise<void> {
    if (this.busy) return
    const abort = new AbortController()
    this.#abort = abort
    this.error = undefined
    this.busy = true
    try {
      await work(abort.signal)
    } catch (cause) {
      if (abort.signal.aborted || isAbort(cause)) return
      const error = toCertivoError(cause)
      const { job } = this
      this.#retry = () =>
        job !== undefined
          ? void this.#run((signal) => this.#follow(job.id, signal))
          : file === undefined
            ? undefined
            : void this.importFile(file)
      if (this.emitError(error)) this.error = error
    } finally {
      if (this.#abort === abort) {
        this.#abort = undefined
        this.busy = false
      }
    }
  }

  #progress(job: Job): void {
    this.job = job
    this.emit("certivo-import-progress", { job })
  }

  async #follow(id: string, signal: AbortSignal): Promise<void> {
    const client = this.activeClient
    if (client === undefined) throw new Error("There is no client")
    for await (const job of client.watchJob(id, signal)) {
      if (signal.aborted) return
      this.#progress(job)
      if (isDone(job)) break
    }
    // A proxy may cut the stream short; the job itself says how it ended.
    if (this.job === undefined || !isDone(this.job)) this.#progress(await client.job(id, signal))
    const { job } = this
    if (signal.aborted || job === undefined) return
    if (!isDone(job)) throw new Error("The connection was lost while the file is still being read")
    if (job.rejected > 0) this.rejects = await client.rejects(id, signal)
    if (job.state !== "failed") this.emit("certivo-import-complete", { job })
  }

  #take(files: FileList | null | undefined): void {
    const file = files?.[0]
    if (file !== undefined) void this.importFile(file)
  }

  readonly #onDrop = (event: DragEvent): void => {
    event.preventDefault()
    this.over = false
    this.#take(event.dataTransfer?.files)
  }

  readonly #onDrag = (event: DragEvent): void => {
    event.preventDefault()
    this.over = event.type === "dragover"
  }

  readonly #onChange = (event: Event): void => {
    const input = event.target as HTMLInputElement
    this.#take(input.files)
    // The same file can then be chosen again after it was corrected.
    input.value = ""
  }

  protected override render(): TemplateResult {
    return html`
      <div
        class="drop ${this.over ? "over" : ""}"
        part="drop"
        @dragover=${this.#onDrag}
        @dragleave=${this.#onDrag}
        @drop=${this.#onDrop}
      >
        <svg viewBox="0 0 24 24" width="28" height="28" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
          <path d="M12 15V4m0 0L8 8m4-4 4 4M4 15v3a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-3" />
        </svg>
        <span><strong>Drop a file here</strong></span>
        <span class="quiet">A bill of materials or declarations: CSV, Excel, JSON, IPC-1752 or IEC 62474 XML, also packed</span>
        <button class="button" type="button" ?disabled=${this.busy} @click=${this.#choose}>Choose a file</button>
        <input type="file" accept=".json,.csv,.tsv,.txt,.xlsx,.xml,.shai,.zip,.gz" aria-label="File to import" hidden @change=${this.#onChange} />
      </div>
      ${this.error === undefined ? nothing : this.renderError(this.error, () => this.#retry?.())}
      ${this.job === undefined ? this.#renderSending() : this.#renderJob(this.job)}
    `
  }

  readonly #choose = (): void => this.renderRoot.querySelector<HTMLInputElement>("input")?.click()

  #renderSending(): TemplateResult | typeof nothing {
    if (!this.busy) return nothing
    return html`<div class="progress"><p role="status">Sending</p><progress part="progress" aria-label="Sending"></progress></div>`
  }

  #renderJob(job: Job): TemplateResult {
    const { done, total } = job.progress
    const percent = isDone(job) ? 100 : total === 0 ? 0 : Math.floor((100 * done) / total)
    const spoken = MILESTONES.findLast((milestone) => milestone <= percent) ?? 0
    return html`
      <div class="progress">
        <p><strong>${job.documentName}</strong><span class="quiet" aria-hidden="true">${percent}&#8239;%</span></p>
        <progress part="progress" max="100" .value=${percent} aria-label="Reading ${job.documentName}"></progress>
        <p role="status" class=${job.state === "failed" ? "failed" : "quiet"}>${sentence(job, spoken)}</p>
      </div>
      ${
        isDone(job) && job.state !== "failed"
          ? html`<dl class="facts">
              <div><dt>Accepted</dt><dd>${count(job.accepted)}</dd></div>
              <div><dt>Rejected</dt><dd>${count(job.rejected)}</dd></div>
            </dl>`
          : nothing
      }
      ${this.rejects === undefined || this.rejects.items.length === 0 ? nothing : renderRejects(this.rejects, this.#download)}
    `
  }

  readonly #download = (): void => {
    const { job } = this
    const client = this.activeClient
    if (job === undefined || client === undefined) return
    void this.#run(async (signal) => {
      const link = document.createElement("a")
      link.href = URL.createObjectURL(await client.rejectsFile(job.id, signal))
      link.download = `rejects-${job.documentName.replace(/(\.[^.]*)?$/, ".csv")}`
      link.click()
      URL.revokeObjectURL(link.href)
    })
  }
}

const sentence = (job: Job, percent: number): string => {
  if (job.state === "queued") return "Waiting to be read"
  if (job.state === "running") return `Reading, ${percent} %`
  if (job.state === "failed") return job.error ?? "The file could not be read"
  return job.rejected === 0
    ? `Done. ${plural(job.accepted, "row")} accepted.`
    : `Done. ${plural(job.accepted, "row")} accepted, ${count(job.rejected)} rejected.`
}

const renderRejects = ({ items, total }: Rejects, download: () => void): TemplateResult => html`
  <p class="quiet note">
    <button class="button" type="button" @click=${download}>Download the rejected rows</button>
    Correct them and import the file again; rows that were accepted stay as they are.
  </p>
  <div class="scroll" part="rejects" role="region" aria-label="Rejected rows" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">Line</th>
          <th scope="col">Column</th>
          <th scope="col">Value</th>
          <th scope="col">Problem</th>
          <th scope="col">Code</th>
        </tr>
      </thead>
      <tbody>
        ${items.map(
          ({ line, column, value, message, code }) => html`
            <tr>
              <td class="number">${count(line)}</td>
              <td>${column}</td>
              <td>${value === "" ? html`<span class="quiet">empty</span>` : value}</td>
              <td class="message-text">${message}</td>
              <td><code>${code}</code></td>
            </tr>
          `
        )}
      </tbody>
    </table>
  </div>
  ${items.length < total ? html`<p class="quiet note">The first ${count(items.length)} of ${count(total)} are shown.</p>` : nothing}
`
