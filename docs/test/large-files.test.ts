import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))

it("the example of the guide to large files runs", () => {
  const page = readFileSync(join(root, "docs/guide/large-files.md"), "utf8")
  const folder = join(root, ".cache", "large-files")
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "example.ts"), /```ts\n([\s\S]*?)```/.exec(page)?.[1] as string)
  const output = execFileSync(process.execPath, [join(folder, "example.ts")], { cwd: root, encoding: "utf8" })
  assert.strictEqual(output, "non-compliant\n")
})
