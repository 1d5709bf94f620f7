/** The rows of an import by `psql \copy`, into the same table with the same indexes. */
import { psql, withDatabase } from "../database.mjs"
import { migrate } from "../store.mjs"

export const measure = (dump) =>
  withDatabase(async (url) => {
    await migrate(url)
    await psql(url, "CHECKPOINT")
    const begun = performance.now()
    await psql(url, `\\copy declaration FROM '${dump}'`)
    const ms = performance.now() - begun
    return { ms, counts: { accepted: Number(await psql(url, "SELECT count(*) FROM declaration")) } }
  })
