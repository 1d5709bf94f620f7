import { playwright } from "@vitest/browser-playwright"
import { defineConfig } from "vitest/config"

const chromium = playwright({
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync"
    ]
  }
})

const integration = "packages/*/test/**/*.integration.test.ts"
const browser = "packages/*/test/**/*.browser.test.ts"

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["packages/*/test/**/*.test.ts", "docs/test/**/*.test.ts", "examples/*/*.test.ts"],
          testTimeout: 120_000,
          exclude: [integration, browser],
          sequence: { groupOrder: 1 }
        }
      },
      {
        test: {
          name: "integration",
          include: [integration],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 }
        }
      },
      {
        test: {
          name: "browser",
          include: [browser],
          // First and alone: a page that waits for its turn on a busy machine is given up.
          sequence: { groupOrder: 0 },
          browser: { enabled: true, headless: true, provider: chromium, instances: [{ browser: "chromium" }] }
        }
      }
    ]
  }
})
