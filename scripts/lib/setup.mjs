/** What every command needs first: installed dependencies and built packages, redone only when stale. */
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { must, pnpm, root, say } from "./run.mjs"

const cache = join(root, ".cache")
const packages = ["core", "api", "elements", "server"]

const stampOf = (name) => join(cache, `${name}.stamp`)
const isFresh = (name, key) => existsSync(stampOf(name)) && readFileSync(stampOf(name), "utf8") === key
const remember = (name, key) => {
  mkdirSync(cache, { recursive: true })
  writeFileSync(stampOf(name), key)
}

/** Paths, sizes and times of the files below these places, as one hash. */
const fingerprint = (places) => {
  const hash = createHash("sha256")
  const visit = (path) => {
    if (!existsSync(path)) return
    const stat = statSync(path)
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name))
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`)
  }
  for (const place of places) visit(join(root, place))
  return hash.digest("hex")
}

const workspaceFiles = () => [
  "package.json",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  ...packages.map((name) => `packages/${name}/package.json`)
]

export const ensureInstalled = async () => {
  const key = fingerprint(workspaceFiles())
  if (existsSync(join(root, "node_modules", ".bin")) && isFresh("install", key)) return
  say("Installing dependencies …")
  await must("npx", ["-y", pnpm, "install", "--frozen-lockfile"], { env: { CI: "true" } })
  remember("install", key)
}

/** A new embedded store begins from this; it changes only with PGlite. */
const ensureTemplate = async () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"))
  const key = devDependencies["@electric-sql/pglite"]
  if (existsSync(join(root, "packages/core/dist/pglite.tar.gz")) && isFresh("pglite-template", key)) return
  say("Preparing the embedded store …")
  await must("node", ["packages/core/scripts/pglite-template.mjs"])
  remember("pglite-template", key)
}

export const ensureBuilt = async () => {
  await ensureTemplate()
  for (const name of packages) {
    const inputs = packages
      .slice(0, packages.indexOf(name) + 1)
      .flatMap((input) => [
        `packages/${input}/src`,
        `packages/${input}/package.json`,
        `packages/${input}/tsup.config.ts`
      ])
    const key = fingerprint(["tsconfig.base.json", ...inputs])
    if (existsSync(join(root, "packages", name, "dist", "index.js")) && isFresh(`build-${name}`, key)) continue
    say(`Building @certivo/${name} …`)
    await must("tsup", ["--silent"], { cwd: join(root, "packages", name) })
    remember(`build-${name}`, key)
  }
}
