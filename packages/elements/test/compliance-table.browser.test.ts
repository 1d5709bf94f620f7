import { describe, expect, it } from "vitest"
import { VirtualRows } from "../src/controllers/virtual-rows.ts"
import { all, expectAccessible, mount, next, one, press, text, type, until, untilText } from "./support.ts"

const table = (options = {}) => mount("certivo-compliance-table", { productId: "P-1000" }, options)
const rowIndexes = (element: Element) => all(element, ".row").map((row) => Number(row.getAttribute("aria-rowindex")))

describe("certivo-compliance-table", () => {
  it("draws a few dozen rows of 5,000 and says how many there are", async () => {
    const { element, client } = table()
    await untilText(element, "P-00001")
    expect(all(element, ".row").length).toBeLessThan(48)
    expect(one(element, "[role=grid]").getAttribute("aria-rowcount")).toBe("5001")
    expect(client.requests.total).toBe(1)
  })

  it("asks for pages as the scroll nears their end and reaches the last row", async () => {
    const { element, client } = table()
    await untilText(element, "P-00001")
    const viewport = one(element, ".viewport")
    viewport.scrollTop = 180 * 40
    await until(() => expect(client.requests.total).toBe(2))
    viewport.scrollTop = viewport.scrollHeight
    await untilText(element, "P-05000")
    expect(all(element, ".row").length).toBeLessThan(48)
    const indexes = rowIndexes(element)
    expect(indexes).toEqual([...indexes].sort((a, b) => a - b))
    expect(indexes.at(-1)).toBe(5001)
    const last = all(element, ".row").at(-1)?.getBoundingClientRect().bottom ?? 0
    expect(last).toBeLessThanOrEqual(viewport.getBoundingClientRect().bottom + 1)
  })

  it("says that some parts are not judged by the rules in force yet", async () => {
    const { element } = table({ current: false })
    await untilText(element, "5,000 parts, not all judged by the rules of today yet")
    await expectAccessible(element)
  })

  it("filters by status and says so", async () => {
    const { element } = table()
    await untilText(element, "5,000 parts")
    const select = one<HTMLSelectElement>(element, "select")
    const changed = next(element, "certivo-filter-change")
    select.value = "non-compliant"
    select.dispatchEvent(new Event("change"))
    expect(await changed).toMatchObject({ status: "non-compliant" })
    await untilText(element, "150 parts")
    const badges = all(element, "certivo-badge").map((badge) => badge.getAttribute("status"))
    expect(new Set(badges)).toEqual(new Set(["non-compliant"]))
  })

  it("filters by a status of one regulation, shows that status, and offers those that the regulation has", async () => {
    const { element } = table()
    await untilText(element, "5,000 parts")
    const [status, regulation] = all(element, "select") as ReadonlyArray<HTMLSelectElement>
    const choose = (select: HTMLSelectElement | undefined, value: string) => {
      if (select === undefined) throw new Error("There is no such select")
      select.value = value
      select.dispatchEvent(new Event("change"))
    }
    choose(status, "non-compliant")
    await untilText(element, "150 parts")
    choose(regulation, "eu-reach-svhc")
    await untilText(element, "5,000 parts")
    expect([...(status?.options ?? [])].map(({ value }) => value)).toEqual([
      "",
      "above-threshold",
      "unknown",
      "below-threshold",
      "not-contained",
      "not-applicable"
    ])
    const changed = next(element, "certivo-filter-change")
    choose(status, "above-threshold")
    expect(await changed).toMatchObject({ status: "above-threshold", regulation: "eu-reach-svhc" })
    await untilText(element, "125 parts")
    const badges = all(element, "certivo-badge").map((badge) => badge.getAttribute("status"))
    expect(new Set(badges)).toEqual(new Set(["above-threshold"]))
  })

  it("searches after a pause and offers a way back from an empty result", async () => {
    const { element, client } = table()
    await untilText(element, "5,000 parts")
    const input = one<HTMLInputElement>(element, "input")
    for (const value of ["n", "no", "nothing like this"]) type(input, value)
    await untilText(element, "No part matches")
    expect(client.requests.total).toBe(2)
    one(element, ".message button").click()
    await untilText(element, "5,000 parts")
  })

  it("moves with the keyboard, to the last row and back, with one tab stop", async () => {
    const { element } = table()
    await untilText(element, "P-00001")
    element.focus()
    const focused = () => element.shadowRoot?.activeElement?.getAttribute("data-cell")
    const go = async (key: string, cell: string, init: KeyboardEventInit = {}) => {
      press(element.shadowRoot?.activeElement as Element, key, init)
      await until(() => expect(focused()).toBe(cell))
    }
    await go("ArrowDown", "1:0")
    await go("ArrowRight", "1:1")
    await go("End", "1:7")
    await go("Home", "1:0")
    await go("End", "4999:7", { ctrlKey: true })
    expect(all(element, "[tabindex='0']").filter((cell) => cell.dataset.cell).length).toBe(1)
    await go("Home", "0:0", { ctrlKey: true })
    press(element.shadowRoot?.activeElement as Element, "PageDown")
    await until(() => expect(Number(focused()?.split(":")[0])).toBeGreaterThan(5))
  })

  it("keeps the focused row in the page while it is scrolled away", async () => {
    const { element } = table()
    await untilText(element, "P-00001")
    element.focus()
    one(element, ".viewport").scrollTop = 4000
    await until(() => expect(rowIndexes(element)).toContain(110))
    expect(element.shadowRoot?.activeElement?.getAttribute("data-cell")).toBe("0:0")
  })

  it("opens a row by Enter and by click", async () => {
    const { element } = table()
    await untilText(element, "P-00001")
    const byKey = next(element, "certivo-row-activate")
    press(one(element, "[data-cell='0:0']"), "Enter")
    expect(await byKey).toEqual({ partNumber: "P-00001" })
    const byClick = next(element, "certivo-row-activate")
    one(element, "[data-cell='2:1']").click()
    expect(await byClick).toEqual({ partNumber: "P-00003" })
  })

  it("shows an error with its request and recovers on Retry", async () => {
    const { element } = table({ failures: 1 })
    await untilText(element, "req-42")
    expect(text(element)).toContain("The database is busy")
    one(element, ".message button").click()
    await untilText(element, "P-00001")
  })

  it("keeps the rows it has when a later page fails", async () => {
    const { element, client } = table()
    await untilText(element, "P-00001")
    client.failures = 1
    one(element, ".viewport").scrollTop = 200 * 40
    await untilText(element, "req-42")
    expect(text(element)).toContain("P-00200")
    one(element, ".message button").click()
    await untilText(element, "P-00205")
  })

  it("asks again after an import and when told to", async () => {
    const { element, client } = table()
    await untilText(element, "P-00001")
    element.dispatchEvent(new CustomEvent("certivo-import-complete", { bubbles: true, composed: true }))
    await until(() => expect(client.requests.total).toBe(2))
    await until(() => expect(client.requests.open).toBe(0))
    element.refresh()
    await until(() => expect(client.requests.total).toBe(3))
    expect(text(element)).toContain("P-00001")
  })

  it("aborts when it leaves, goes on when it returns, and leaks no request", async () => {
    const { element, client } = table({ delay: 30 })
    const home = element.parentElement
    await until(() => expect(client.requests.open).toBe(1))
    for (let turn = 0; turn < 20; turn++) {
      element.remove()
      expect(client.requests.open).toBe(0)
      home?.append(element)
      await element.updateComplete
    }
    await untilText(element, "P-00001")
    expect(client.requests.open).toBe(0)
    const before = client.requests.total
    element.remove()
    home?.append(element)
    await element.updateComplete
    expect(client.requests.total).toBe(before)
  })

  it("shows two columns where there is no room for eight", async () => {
    const { element } = table()
    element.style.inlineSize = "340px"
    await until(() => expect(one(element, "[role=grid]").getAttribute("aria-colcount")).toBe("2"))
    await untilText(element, "P-00001")
    const viewport = one(element, ".viewport")
    expect(viewport.scrollWidth).toBe(viewport.clientWidth)
  })

  it.each(["light", "dark"] as const)("has no accessibility violations (%s)", async (theme) => {
    const { element } = table({ theme })
    await untilText(element, "P-00001")
    await expectAccessible(element)
    const empty = mount("certivo-compliance-table", { productId: "P-1000" }, { theme, parts: 0 })
    await untilText(empty.element, "No parts")
    await expectAccessible(empty.element)
    const failing = table({ theme, failures: 1 })
    await untilText(failing.element, "req-42")
    await expectAccessible(failing.element)
  })
})

describe("VirtualRows", () => {
  it("reaches the last of 100 million rows and moves pixel for pixel in between", async () => {
    const count = 100_000_000
    const viewport = document.createElement("div")
    viewport.style.cssText = "block-size:600px;overflow:auto"
    const space = document.createElement("div")
    viewport.append(space)
    document.body.replaceChildren(viewport)
    const host = {
      addController() {},
      removeController() {},
      requestUpdate() {},
      updateComplete: Promise.resolve(true)
    }
    const rows = new VirtualRows(host, {
      viewport: () => viewport,
      count: () => count,
      rowHeight: () => 40,
      headHeight: () => 0
    })
    space.style.blockSize = `${rows.space}px`
    rows.hostConnected()
    rows.hostUpdated()
    await until(() => expect(rows.pageRows).toBe(15))
    viewport.addEventListener("scroll", rows.onScroll)
    viewport.addEventListener("scrollend", rows.onScrollEnd)
    viewport.scrollTop = viewport.scrollHeight
    await until(() => expect(rows.last).toBe(count))
    viewport.scrollTop = 4_000_000
    await until(() => expect(rows.first).toBeLessThan(count * 0.51))
    await new Promise((resolve) => setTimeout(resolve, 60))
    const before = rows.first
    viewport.scrollTop += 400
    await until(() => expect(rows.first).toBe(before + 10))
    rows.hostDisconnected()
  })
})
