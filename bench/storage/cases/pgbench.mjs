/** The same SQL by pgbench: one client, prepared statements. */
import { run } from "../database.mjs"

export const measure = async (url, script, seconds) => {
  const { hostname, port, username, pathname } = new URL(url)
  const place = ["-h", hostname, "-p", port || "5432", "-U", username, pathname.slice(1)]
  const printed = await run("pgbench", ["-n", "-M", "prepared", "-c", "1", "-T", seconds, "-f", script, ...place])
  const ms = Number(/latency average = ([\d.]+) ms/.exec(printed)?.[1])
  if (!(ms > 0)) throw new Error(`pgbench printed no latency: ${printed}`)
  return { ms }
}
