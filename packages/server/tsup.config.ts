import { defineConfig } from "tsup"

/** Everything but PGlite, which carries WebAssembly beside its code, goes into the command: start-up is a feature. */
export default defineConfig({
  entry: ["src/index.ts", "src/main.ts"],
  format: "esm",
  target: "node22",
  platform: "node",
  splitting: true,
  noExternal: [/^(?!@electric-sql\/|node:)/],
  external: [/^@electric-sql\//],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);'
  }
})
