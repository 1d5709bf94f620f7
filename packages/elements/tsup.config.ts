import { defineConfig } from "tsup"

export default defineConfig([
  {
    entry: { index: "src/index.ts", all: "src/all.ts" },
    format: "esm",
    target: "es2022",
    splitting: true,
    clean: false,
    dts: false,
    external: [/^lit/, /^@lit\//, /^@certivo\//]
  },
  {
    entry: { certivo: "src/all.ts" },
    outDir: "dist/cdn",
    format: "esm",
    target: "es2022",
    platform: "browser",
    splitting: false,
    minify: true,
    clean: false,
    dts: false,
    noExternal: [/.*/]
  }
])
