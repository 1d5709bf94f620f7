import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, assert, it, vi } from "vitest"
import { freePort, startServer } from "./server.ts"

const data = mkdtempSync(join(tmpdir(), "certivo-retention-"))
afterAll(() => rmSync(data, { recursive: true, force: true }))

/** A document that nothing refers to, so many hours old. */
const orphan = (digit: string, hours: number): string => {
  const sha256 = digit.repeat(64)
  const path = join(data, "documents/default", sha256.slice(0, 2), sha256)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, "")
  const at = new Date(Date.now() - hours * 3_600_000)
  utimesSync(path, at, at)
  return path
}

it("the server removes documents that nothing refers to, when they are old enough", async () => {
  const [old, young] = [orphan("a", 13), orphan("b", 11)]
  const port = await freePort()
  const server = await startServer(["--data", data, "--port", port, "--keep-unclaimed", "12"])
  try {
    await vi.waitFor(() => assert.isFalse(existsSync(old)), { timeout: 30_000 })
    assert.isTrue(existsSync(young))
  } finally {
    await server.stop("SIGTERM")
  }
})
