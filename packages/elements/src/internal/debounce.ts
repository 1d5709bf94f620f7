import type { ReactiveController, ReactiveControllerHost } from "lit"

/** Runs the last of several calls, and none after the element has left. */
export class Debounce implements ReactiveController {
  readonly #delay: number
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, delay: number) {
    this.#delay = delay
    host.addController(this)
  }

  run(action: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(action, this.#delay)
  }

  hostConnected(): void {}

  hostDisconnected(): void {
    clearTimeout(this.#timer)
  }
}
