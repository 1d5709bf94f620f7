import { defineConfig } from "tsup"

/** Everything but PGlite, which carries WebAssembly beside its code, goes into the command: start-up is a feature. */
export default defineConfig({
  entry: {
    index: "src/index.ts",
    main: "src/main.ts",
    // Threads are started from this file, wherever the code that starts them is bundled.
    thread: "../core/src/adapters/threads/thread.ts"
  },
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
