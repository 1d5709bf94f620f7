import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type Browser, chromium } from "playwright"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { freePort, type Server, startServer } from "./server.ts"

const examples = fileURLToPath(new URL("../../../examples/edge-gateway/", import.meta.url))

describe("the dashboard", () => {
  const data = mkdtempSync(join(tmpdir(), "certivo-dashboard-"))
  let server: Server
  let browser: Browser

  beforeAll(async () => {
    const files = ["bom.json", "compliance.csv"].map((name) => join(examples, name)).join(",")
    server = await startServer(["--demo", "--demo-files", files, "--data", data, "--port", await freePort()])
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop("SIGKILL")
    rmSync(data, { recursive: true, force: true })
  })

  it.each(["light", "dark"] as const)("shows the example product and the proof of a part, %s", async (colorScheme) => {
    const page = await browser.newPage({ colorScheme })
    const complaints: Array<string> = []
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text())
    })
    page.on("pageerror", (error) => complaints.push(error.message))
    await page.goto(server.base)
    await page.locator("certivo-product-summary").getByText("Edge Gateway").first().waitFor()
    const table = page.locator("certivo-compliance-table")
    await table.getByText("EG-1011").waitFor()
    assert.strictEqual(await table.getByText("> 1,000").count(), 1)
    await table.locator("select").selectOption("exempt")
    await table.getByText("EG-1001").waitFor()
    assert.strictEqual(await table.getByText("EG-1011").count(), 0)
    await table.getByText("EG-1001").click()
    const detail = page.locator("certivo-part-detail")
    await detail.getByText("Exemption 6(c)").first().waitFor()
    await detail.getByText("compliance.csv").first().waitFor()
    assert.deepStrictEqual(complaints, [])
    await page.close()
  })
})
