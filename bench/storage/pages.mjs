/** The pages that are measured: what is asked of the parts of a product. */
import { tenant } from "./store.mjs"

export const product = "P"
export const limit = 50

const words = ["Resistor", "Capacitor", "Connector", "Housing", "Gasket", "Relay", "Diode", "Coil"]

/** A cursor nine tenths down the list. */
const deepCursor = (rows) => {
  const n = Math.floor(rows / 20) * 10 + 8
  const key = `PN-${String(n).padStart(9, "0")}`
  return Buffer.from(JSON.stringify({ reads: "after", at: ["4", key] })).toString("base64url")
}

/** With `behind`, the page behind the one at that cursor, which knows what that one has counted. */
export const pages = (rows) => ({
  first: {},
  deep: { cursor: deepCursor(rows) },
  "deep, counted before": { behind: deepCursor(rows) },
  filtered: { status: "unknown" },
  "searched, rare": { search: "gasket 000004" },
  "searched, common": { search: "gasket" },
  "searched, common, deep": { search: "gasket", cursor: deepCursor(rows) },
  "searched and filtered": { status: "unknown", search: "gasket" }
})

/** SQL that fills the list of a product: rows as a verdict stores them, a fifth of each status. */
export const fill = (rows) => `
  INSERT INTO tenant_head (tenant_id, revision) VALUES ('${tenant}', 1);
  INSERT INTO product_part (tenant_id, product, goodness, key, search, body)
  SELECT '${tenant}', '${product}', (n % 10) / 2, 'PN-' || lpad(n::text, 9, '0'),
    lower('PN-' || lpad(n::text, 9, '0') || E'\\n' || (ARRAY['${words.join("','")}'])[n % ${words.length} + 1] || ' ' || lpad(n::text, 7, '0')),
    json_build_object('key', 'PN-' || lpad(n::text, 9, '0'), 'partNumber', 'PN-' || lpad(n::text, 9, '0'),
      'name', (ARRAY['${words.join("','")}'])[n % ${words.length} + 1] || ' ' || lpad(n::text, 7, '0'), 'status', 'unknown',
      'material', 'PA66-GF30', 'quantity', '1', 'massMg', '4100', 'factsHash', md5(n::text) || md5(n::text))::text
  FROM generate_series(1, ${rows}) AS n`
