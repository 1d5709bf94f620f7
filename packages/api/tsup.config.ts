import { defineConfig } from "tsup"

export default defineConfig({
  entry: ["src/index.ts", "src/client.ts", "src/types.ts"],
  format: "esm",
  target: "es2023",
  platform: "neutral",
  sourcemap: true,
  splitting: true
})
