/** Uses the packages as a stranger would: packed, installed by npm into an empty project, every entry imported. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { must, pnpm, root } from "./run.mjs"

const names = ["core", "api", "elements", "server"]

/** Entries that need a browser or a test runner to be imported. */
const elsewhere = new Set(["@certivo/core/testing", "@certivo/elements/all", "@certivo/elements/cdn"])

const entriesOf = (name) => {
  const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"))
  return Object.keys(manifest.publishConfig.exports)
    .filter((path) => !path.endsWith(".json") && !path.endsWith(".css") && !path.includes("*"))
    .map((path) => `@certivo/${name}${path.slice(1)}`)
    .filter((entry) => !elsewhere.has(entry))
}

/** So many that the command spreads them over threads. */
const rows = 2_500_000

/** Optional peers of the core that no other package brings along. */
const optionalPeers = () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"))
  return Object.entries(devDependencies).flatMap(([name, version]) =>
    name.startsWith("@aws-sdk/") ? [`${name}@${version}`] : []
  )
}

const useOfCore = `
import { layer as threads } from "@certivo/core/adapters/threads"
import { check } from "@certivo/core/promise"
import { createReadStream, readFileSync } from "node:fs"
for (const decoding of [undefined, threads({ threads: 2, from: 100_000 })]) {
  const { documents, product } = await check({
    bom: { name: "bom.json", bytes: readFileSync("bom.json") },
    declarations: [{ name: "large.csv", bytes: createReadStream("large.csv") }],
    decoding
  })
  if (product.status !== "compliant" || documents[1].accepted !== ${rows}) throw new Error("found " + product.status)
}
`

export const checkPackages = async () => {
  const folder = mkdtempSync(join(tmpdir(), "certivo-packed-"))
  try {
    const packed = join(folder, "packed")
    const project = join(folder, "project")
    mkdirSync(packed)
    mkdirSync(project)
    await must("tsc", ["-b"])
    for (const name of names)
      await must("npx", ["-y", pnpm, "pack", "--pack-destination", packed], { cwd: join(root, "packages", name) })
    const tarballs = readdirSync(packed).map((file) => join(packed, file))
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }))
    await must("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...tarballs, ...optionalPeers()], {
      cwd: project
    })
    const imports = names.flatMap(entriesOf).map((entry) => `await import(${JSON.stringify(entry)})\n`)
    writeFileSync(join(project, "bom.json"), '{"bom_id":"P","parts":[{"part_number":"A","weight_g":4.1}]}')
    const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"
    writeFileSync(join(project, "large.csv"), header + "A,Lead,1000,4.1\n".repeat(rows))
    writeFileSync(join(project, "use.mjs"), imports.join("") + useOfCore)
    await must("node", ["use.mjs"], { cwd: project })
    await must("node", ["node_modules/.bin/certivo", "check", "--threads", "2", "bom.json", "large.csv"], {
      cwd: project
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
