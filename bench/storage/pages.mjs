/** The pages that are measured: each a method of the repository and its request. */
import { tenant } from "./store.mjs"

export const product = "P"
export const limit = 50

const words = ["Resistor", "Capacitor", "Connector", "Housing", "Gasket", "Relay", "Diode", "Coil"]
const list = (request) => (repository) => repository.parts(tenant, product, { limit, ...request })

/** A cursor nine tenths down the list. */
const deepCursor = (rows) => {
  const n = Math.floor(rows / 20) * 10 + 8
  const key = `PN-${String(n).padStart(9, "0")}`
  return Buffer.from(JSON.stringify({ reads: "after", at: ["4", key] })).toString("base64url")
}

export const pages = (rows) => ({
  first: list({}),
  deep: list({ cursor: deepCursor(rows) }),
  filtered: list({ status: "unknown" }),
  "searched, rare": list({ search: "gasket 000004" }),
  "searched, common": list({ search: "gasket" }),
  "searched and filtered": list({ status: "unknown", search: "gasket" })
})

/** SQL that fills the list of a product: rows as a verdict stores them, a fifth of each status. */
export const fill = (rows) => `
  INSERT INTO product_part (tenant_id, product, goodness, key, search, body)
  SELECT '${tenant}', '${product}', (n % 10) / 2, 'PN-' || lpad(n::text, 9, '0'),
    lower('PN-' || lpad(n::text, 9, '0') || E'\\n' || (ARRAY['${words.join("','")}'])[n % ${words.length} + 1] || ' ' || lpad(n::text, 7, '0')),
    json_build_object('key', 'PN-' || lpad(n::text, 9, '0'), 'partNumber', 'PN-' || lpad(n::text, 9, '0'),
      'name', (ARRAY['${words.join("','")}'])[n % ${words.length} + 1] || ' ' || lpad(n::text, 7, '0'), 'status', 'unknown',
      'material', 'PA66-GF30', 'quantity', '1', 'massMg', '4100', 'factsHash', md5(n::text) || md5(n::text))::text
  FROM generate_series(1, ${rows}) AS n`
