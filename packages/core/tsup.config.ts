import { defineConfig } from "tsup"

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/promise.ts",
    "src/{domain,engine,ingest,regulations,reports,ports,testing}/index.ts",
    "src/testing/corpus/index.ts",
    "src/adapters/*/index.ts"
  ],
  format: "esm",
  target: "es2023",
  platform: "neutral",
  sourcemap: true,
  splitting: true,
  external: [/^node:/]
})
