/** What the statuses of a run come to, so that cases can be held to each other. */
export const ranks = { "not-applicable": 0, compliant: 1, exempt: 2, unknown: 3, "non-compliant": 4 }

/** Counts of statuses of parts and of products, and a checksum over every part and product with its place. */
export const statusesOf = ({ parts, nodes, products }, statusOf) => {
  let sum = 0
  const count = (from, to) => {
    const counts = {}
    for (let node = from; node < to; node++) {
      const status = statusOf(node)
      counts[status] = (counts[status] ?? 0) + 1
      sum = (Math.imul(sum, 31) + ranks[status] * (node + 1)) | 0
    }
    return counts
  }
  return { parts: count(0, parts), products: count(nodes - products, nodes), sum }
}
