/** Writes `dist/pglite.tar.gz`: the directory of an empty PGlite, from which a new store begins faster than by initdb. */
import { mkdir, rename, writeFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { PGlite } from "@electric-sql/pglite"

const target = fileURLToPath(new URL("../dist/pglite.tar.gz", import.meta.url))
const db = await PGlite.create()
const dump = await db.dumpDataDir("gzip")
await db.close()
await mkdir(new URL("../dist", import.meta.url), { recursive: true })
await writeFile(`${target}.part`, new Uint8Array(await dump.arrayBuffer()))
await rename(`${target}.part`, target)
