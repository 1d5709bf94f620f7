import type { CertivoError } from "@certivo/api/client"
import { initialState, Task, TaskStatus } from "@lit/task"
import type { ReactiveController, ReactiveControllerHost } from "lit"
import { isAbort, toCertivoError } from "../internal/certivo-element.ts"

export interface DataTaskOptions<A extends ReadonlyArray<unknown>, R> {
  readonly args: () => A
  /** What the value is about; when it changes the value shown before is dropped. */
  readonly key: () => string
  readonly run: (args: A, signal: AbortSignal) => Promise<R> | undefined
  readonly onLoad?: (value: R) => void
  readonly onError?: (error: CertivoError) => boolean
}

/**
 * A Task for one resource that survives the life of an element: `@lit/task` neither aborts when the element leaves the
 * page nor runs again when it returns, and forgets its value when a refresh fails.
 */
export class DataTask<A extends ReadonlyArray<unknown>, R> implements ReactiveController {
  readonly #task: Task<A, R>
  readonly #key: () => string
  #valueKey: string | undefined
  #value: R | undefined
  #error: CertivoError | undefined
  #aborted = false

  constructor(host: ReactiveControllerHost, options: DataTaskOptions<A, R>) {
    this.#key = options.key
    this.#task = new Task<A, R>(host, {
      args: options.args as () => A,
      task: async (args, { signal }) => {
        const pending = options.run(args as A, signal)
        if (pending === undefined) return initialState as never
        const key = options.key()
        try {
          const value = await pending
          if (!signal.aborted) {
            this.#value = value
            this.#valueKey = key
            this.#error = undefined
            options.onLoad?.(value)
          }
          return value
        } catch (cause) {
          if (!signal.aborted && !isAbort(cause)) {
            const error = toCertivoError(cause)
            this.#error = (options.onError?.(error) ?? true) ? error : undefined
          }
          throw cause
        }
      }
    })
    host.addController(this)
  }

  get value(): R | undefined {
    return this.#valueKey === this.#key() ? this.#value : undefined
  }

  get error(): CertivoError | undefined {
    return this.pending ? undefined : this.#error
  }

  get pending(): boolean {
    return this.#task.status === TaskStatus.PENDING
  }

  readonly run = (): Promise<void> => this.#task.run()

  hostConnected(): void {
    if (!this.#aborted) return
    this.#aborted = false
    void this.#task.run()
  }

  hostDisconnected(): void {
    if (!this.pending) return
    this.#aborted = true
    this.#task.abort()
  }
}
