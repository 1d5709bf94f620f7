import { describe, expect, it } from "vitest"
import { all, expectAccessible, mount, next, one, text, type, until, untilText } from "./support.ts"

const statuses = [
  "non-compliant",
  "unknown",
  "exempt",
  "compliant",
  "not-applicable",
  "above-threshold",
  "below-threshold",
  "not-contained"
] as const
const themes = ["light", "dark"] as const

describe("certivo-provider", () => {
  it("serves elements that were there before it", async () => {
    const { element, provider, client } = mount("certivo-product-summary", { productId: "P-1000" })
    const home = element.parentElement
    element.remove()
    provider.client = undefined
    home?.append(element)
    provider.client = client
    await untilText(element, "Motor controller")
  })

  it("makes a client from its attributes and asks for a session once", async () => {
    const { element, provider } = mount("certivo-product-list")
    let sessions = 0
    provider.fetchSession = async () => {
      sessions += 1
      return { token: "t", expiresAt: new Date(Date.now() + 600_000).toISOString() }
    }
    provider.baseUrl = "http://127.0.0.1:9"
    provider.client = undefined
    await untilText(element, "The server cannot be reached")
    expect(sessions).toBe(1)
  })
})

describe("certivo-badge", () => {
  it("says a word and draws a shape for every status", async () => {
    const shapes = new Set<string>()
    for (const status of statuses) {
      const { element } = mount("certivo-badge", { status })
      await element.updateComplete
      expect(text(element).trim().toLowerCase().replace(" ", "-")).toContain(status)
      shapes.add(one(element, "g").innerHTML)
    }
    expect(shapes.size).toBe(statuses.length)
  })
  it.each(themes)("has no accessibility violations (%s)", async (theme) => {
    for (const status of statuses) {
      const { element } = mount("certivo-badge", { status }, { theme })
      await element.updateComplete
      await expectAccessible(element)
    }
  })
})

describe("certivo-product-list", () => {
  it("pages, searches and activates", async () => {
    const { element } = mount("certivo-product-list", { selectable: true })
    await untilText(element, "60 products")
    expect(all(element, "li").length).toBe(50)
    one(element, ".foot button").click()
    await until(() => expect(all(element, "li").length).toBe(60))
    const event = next(element, "certivo-row-activate")
    one(element, "li button").click()
    expect(await event).toEqual({ partNumber: "P-1000" })
    expect(element.getAttribute("selected")).toBe("P-1000")
    await until(() => expect(one(element, "li button").getAttribute("aria-current")).toBe("true"))
    type(one<HTMLInputElement>(element, "input"), "motor")
    await untilText(element, "1 product")
    type(one<HTMLInputElement>(element, "input"), "zzz")
    await untilText(element, "No product matches")
  })

  it("shows an error and recovers", async () => {
    const { element } = mount("certivo-product-list", {}, { failures: 1 })
    await untilText(element, "req-42")
    one(element, ".message button").click()
    await untilText(element, "Motor controller")
  })

  it.each(themes)("has no accessibility violations (%s)", async (theme) => {
    const { element } = mount("certivo-product-list", { selectable: true, selected: "P-1000" }, { theme })
    await untilText(element, "60 products")
    await expectAccessible(element)
  })
})

describe("certivo-product-summary", () => {
  const summary = (options = {}) => mount("certivo-product-summary", { productId: "P-1000" }, options)

  it("shows counts that add up to the parts, as a chart and as a table", async () => {
    const { element } = summary()
    await untilText(element, "Motor controller")
    const counts = all(element, ".legend strong").map((node) => Number(node.textContent?.replace(",", "")))
    expect(counts.reduce((sum, value) => sum + value, 0)).toBe(5000)
    expect(all(element, "rect").length).toBe(5)
    expect(text(element)).toContain("91.0")
    one(element, ".chart-foot .link").click()
    await until(() => expect(all(element, "tbody tr").length).toBe(5))
  })

  it("filters by segment and lets go on the second click", async () => {
    const { element } = summary()
    await untilText(element, "Motor controller")
    const first = next(element, "certivo-filter-change")
    one(element, "rect.non-compliant").dispatchEvent(new MouseEvent("click"))
    expect(await first).toEqual({ status: "non-compliant" })
    const second = next(element, "certivo-filter-change")
    one(element, ".legend [data-status='non-compliant']").click()
    expect(await second).toEqual({ status: undefined })
  })

  it("shows nothing of the product before while another one loads", async () => {
    const { element } = summary({ delay: 20 })
    await untilText(element, "Motor controller")
    element.productId = "P-1001"
    await element.updateComplete
    expect(text(element)).not.toContain("Motor controller")
    await untilText(element, "P-1001")
  })

  it("asks again after an import, keeps what it shows, and aborts when it leaves", async () => {
    const { element, client } = summary({ delay: 20 })
    await untilText(element, "Motor controller")
    element.dispatchEvent(new CustomEvent("certivo-import-complete", { bubbles: true, composed: true }))
    await until(() => expect(client.requests.open).toBe(1))
    expect(text(element)).toContain("Motor controller")
    const home = element.parentElement
    element.remove()
    expect(client.requests).toMatchObject({ open: 0, aborted: 1 })
    home?.append(element)
    await until(() => expect(client.requests.total).toBe(3))
    await until(() => expect(client.requests.open).toBe(0))
  })

  it("shows an error and recovers", async () => {
    const { element } = summary({ failures: 1 })
    await untilText(element, "req-42")
    one(element, ".message button").click()
    await untilText(element, "Motor controller")
  })

  it("leaves the message to a page that prevents it", async () => {
    const { element } = summary({ failures: 1, delay: 5 })
    element.addEventListener("certivo-load-error", (event) => event.preventDefault())
    await next(element, "certivo-load-error")
    await element.updateComplete
    expect(all(element, ".message[role=alert]").length).toBe(0)
  })

  it.each(themes)("has no accessibility violations (%s)", async (theme) => {
    const { element } = summary({ theme })
    await untilText(element, "Motor controller")
    await expectAccessible(element)
    one(element, ".chart-foot .link").click()
    await until(() => expect(all(element, "tbody tr").length).toBe(5))
    await expectAccessible(element)
  })
})

describe("certivo-part-detail", () => {
  const detail = (options = {}) => mount("certivo-part-detail", { partNumber: "P-00001" }, options)

  it("shows findings with evidence, the proof, children and uses", async () => {
    const { element } = detail()
    await untilText(element, "compliance.csv, line 2")
    expect(all(element, "tbody tr").length).toBe(2)
    expect(text(element)).toContain("1,200 ppm")
    expect(all(element, ".proof li").map((step) => step.className)).toEqual(["depth-0", "depth-1", "depth-2"])
    expect(all(element, ".children li").length).toBe(3)
    expect(all(element, ".used li").length).toBe(2)
  })

  it("shows a duty to inform as what it is, with a person's decision beside what the evidence gives", async () => {
    const { element } = mount("certivo-part-detail", { partNumber: "P-00004" })
    await untilText(element, "A duty to inform")
    const badge = all(element, `certivo-badge[status="above-threshold"]`).at(-1)
    expect(badge?.shadowRoot?.textContent?.trim()).toBe("Above threshold")
    expect(text(element)).toContain("Decided by Q. Manager on 2026-01-05: New report.")
    expect(text(element)).toContain("gives: below threshold.")
    await expectAccessible(element)
  })

  it("opens a child, unless the page prevents it", async () => {
    const { element } = detail()
    await untilText(element, "P-00002")
    const event = next(element, "certivo-row-activate")
    one(element, ".children button").click()
    expect(await event).toEqual({ partNumber: "P-00002" })
    expect(element.partNumber).toBe("P-00002")
    element.addEventListener("certivo-row-activate", (other) => other.preventDefault())
    await until(() => expect(all(element, ".used button").length).toBe(2))
    one(element, ".used button").click()
    expect(element.partNumber).toBe("P-00002")
  })

  it("says when a part does not exist", async () => {
    const { element } = mount("certivo-part-detail", { partNumber: "nope" })
    await untilText(element, "Not found")
    await untilText(element, "req-7")
  })

  it.each(themes)("has no accessibility violations (%s)", async (theme) => {
    const { element } = detail({ theme })
    await untilText(element, "compliance.csv, line 2")
    await expectAccessible(element)
    element.style.inlineSize = "340px"
    await expectAccessible(element)
  })
})

describe("certivo-import", () => {
  const file = new File(["part_number\n"], "compliance.csv", { type: "text/csv" })

  it("follows the job, lists the rejects and says that it is done", async () => {
    const { element, client } = mount("certivo-import", {}, { delay: 5 })
    const seen: Array<number> = []
    element.addEventListener("certivo-import-progress", (event) => seen.push(event.detail.job.progress.done))
    const complete = next<{ job: { id: string } }>(element, "certivo-import-complete")
    await element.updateComplete
    const transfer = new DataTransfer()
    transfer.items.add(file)
    one(element, ".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, cancelable: true }))
    expect((await complete).job.id).toBe("job-1")
    expect(seen).toEqual([0, 10, 45, 80, 100])
    await untilText(element, "1,198")
    expect(all(element, "tbody tr").length).toBe(2)
    expect(text(element)).toContain("value.not_a_number")
    expect(one<HTMLProgressElement>(element, "progress").value).toBe(100)
    expect(client.requests.open).toBe(0)
  })

  it("shows an error and sends the file again on Retry", async () => {
    const { element } = mount("certivo-import", {}, { failures: 1 })
    await element.updateComplete
    await element.importFile(file)
    await untilText(element, "req-42")
    one(element, ".message button").click()
    await untilText(element, "Done. 1,198 rows accepted, 2 rejected.")
  })

  it("stops following when it leaves and goes on when it returns", async () => {
    const { element, client } = mount("certivo-import", {}, { delay: 150 })
    await element.updateComplete
    void element.importFile(file)
    await untilText(element, "Waiting to be read")
    const home = element.parentElement
    element.remove()
    expect(client.requests.open).toBe(0)
    home?.append(element)
    await untilText(element, "Done.")
  })

  it.each(themes)("has no accessibility violations (%s)", async (theme) => {
    const { element } = mount("certivo-import", {}, { theme })
    await element.updateComplete
    await expectAccessible(element)
    await element.importFile(file)
    await untilText(element, "value.not_a_number")
    await expectAccessible(element)
  })
})
