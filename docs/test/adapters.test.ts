import { execFileSync } from "node:child_process"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))
const page = readFileSync(join(root, "docs/guide/adapters.md"), "utf8")

it("the example of the guide to adapters imports into the adapter", () => {
  const folder = join(root, ".cache", "own-adapter")
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const code = /```ts\n([\s\S]*?)```/.exec(page)?.[1] as string
  writeFileSync(join(folder, "example.ts"), code.replace('"./examples/', '"../../examples/'))
  const output = execFileSync(process.execPath, [join(folder, "example.ts")], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"]
  })
  assert.strictEqual(output, "succeeded\n")
})

it("the guide to adapters names every method of the port", () => {
  const port = readFileSync(join(root, "packages/core/src/ports/Repository.ts"), "utf8")
  const methods = [...port.matchAll(/^ {4}readonly (\w+):/gm)].map((match) => match[1] as string)
  assert.isAbove(methods.length, 20)
  for (const method of methods) assert.include(page, `\`${method}`)
})
