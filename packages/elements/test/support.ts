import axe from "axe-core"
import { expect, vi } from "vitest"
import "../src/all.ts"
import { createFixtureClient, type FixtureClient, type FixtureOptions } from "../src/testing/fixture-client.ts"

export interface Mounted<E extends HTMLElement> {
  readonly element: E
  readonly provider: HTMLElementTagNameMap["certivo-provider"]
  readonly client: FixtureClient
}

/** Puts one element inside a provider over the fixture client. */
export const mount = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  options: FixtureOptions & { readonly failures?: number; readonly theme?: "light" | "dark" } = {}
): Mounted<HTMLElementTagNameMap[K]> => {
  document.body.replaceChildren()
  const client = createFixtureClient(options)
  client.failures = options.failures ?? 0
  const provider = document.createElement("certivo-provider")
  provider.theme = options.theme ?? "light"
  provider.client = client
  const element = Object.assign(document.createElement(name), properties)
  const main = document.createElement("main")
  main.style.cssText = `background:${options.theme === "dark" ? "#161b24" : "#fff"};inline-size:1100px`
  main.append(element)
  provider.append(main)
  document.body.append(provider)
  return { element, provider, client }
}

export const all = (element: Element, selector: string): ReadonlyArray<HTMLElement> => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])
]

export const one = <E extends HTMLElement = HTMLElement>(element: Element, selector: string): E => {
  const found = element.shadowRoot?.querySelector<E>(selector)
  if (found == null) throw new Error(`Nothing matches ${selector}`)
  return found
}

export const text = (element: Element): string => element.shadowRoot?.textContent?.replace(/\s+/g, " ") ?? ""

export const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000, interval: 20 })

export const untilText = (element: Element, part: string): Promise<void> =>
  until(() => expect(text(element)).toContain(part))

/** Resolves with the detail of the next such event. */
export const next = <D>(element: EventTarget, name: string): Promise<D> =>
  new Promise((resolve) =>
    element.addEventListener(name, (event) => resolve((event as CustomEvent<D>).detail), { once: true })
  )

export const press = (target: Element, key: string, init: KeyboardEventInit = {}): boolean =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init }))

export const type = (input: HTMLInputElement, value: string): void => {
  input.value = value
  input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }))
}

export const expectAccessible = async (element: Element): Promise<void> => {
  const { violations } = await axe.run(element, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
  })
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`
  )
  expect(found).toEqual([])
}
