import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))

it("the example of the old layout lists its product", () => {
  const page = readFileSync(join(root, "docs/operations/stores.md"), "utf8")
  const folder = join(root, ".cache", "old-layout")
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "example.ts"), /```ts\n([\s\S]*?)```/.exec(page)?.[1] as string)
  const output = execFileSync(process.execPath, [join(folder, "example.ts")], { cwd: root, encoding: "utf8" })
  assert.strictEqual(output, "EG-200-LITE non-compliant\n")
})
