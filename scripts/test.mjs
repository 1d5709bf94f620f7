/** `npm test [-- <stage> …]`: every check there is, in the order in which a failure is cheapest. */
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { checkPackages } from "./lib/packages.mjs"
import { main, must, root, run, say } from "./lib/run.mjs"
import { startServices } from "./lib/services.mjs"
import { ensureBuilt, ensureInstalled } from "./lib/setup.mjs"

const report = join(root, ".cache", "vitest.json")

const vitest = async () => {
  const { env, stop } = await startServices()
  try {
    mkdirSync(join(root, ".cache"), { recursive: true })
    rmSync(report, { force: true })
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
    const { code } = await run("vitest", ["run", ...reporters], { env })
    if (code !== 0) throw new Error("Tests failed")
  } finally {
    stop()
  }
}

const stages = {
  lint: () => must("biome", ["ci", "."]),
  types: () => must("tsc", ["-b"]),
  build: ensureBuilt,
  tests: vitest,
  packages: checkPackages,
  storybook: () =>
    must("storybook", ["build", "--disable-telemetry", "--quiet", "-o", ".cache/storybook"], {
      env: { STORYBOOK_DISABLE_TELEMETRY: "1" }
    })
}

main(async () => {
  await ensureInstalled()
  const asked = process.argv.slice(2)
  const unknown = asked.find((name) => !(name in stages))
  if (unknown !== undefined) throw new Error(`There is no stage ${unknown}. Stages: ${Object.keys(stages).join(", ")}`)
  for (const name of asked.length > 0 ? asked : Object.keys(stages)) {
    const begun = Date.now()
    say(`▶ ${name}`)
    await stages[name]()
    say(`✔ ${name}, ${((Date.now() - begun) / 1000).toFixed(1)} s`)
  }
  if (asked.length > 0 && !asked.includes("tests")) return
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"))
  process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`)
})
