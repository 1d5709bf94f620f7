import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Compliance } from "@certivo/core"
import { TenantId } from "@certivo/core/ports"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { afterAll, assert, describe, it } from "vitest"
import { storeOf } from "../src/store.ts"
import { certivo } from "./command.ts"

const root = mkdtempSync(join(tmpdir(), "certivo-import-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const example = fileURLToPath(new URL("../../../examples/edge-gateway/", import.meta.url))
const data = join(root, "data")
const rejects = join(root, "rejects.csv")

const productsOf = (tenant: string) =>
  Effect.runPromise(
    Effect.flatMap(Compliance, (compliance) => compliance.products(TenantId.make(tenant), { limit: 10 })).pipe(
      Effect.map(({ page }) => page.items.map(({ partNumber, status }) => [partNumber, status])),
      Effect.provide(Layer.provide(Compliance.layer, storeOf({ data, databaseUrl: undefined })))
    )
  )

describe("certivo import", () => {
  const dirty = join(root, "dirty.csv")
  writeFileSync(
    dirty,
    "part_number,substance,threshold_ppm,substance_mass_mg\nEG-1001,Lead,1000,99\nEG-1001,Tin,1000,x\n"
  )
  const send = ["import", join(example, "bom.json"), dirty, "--data", data]

  it("takes files into the store, says of each what became of it, and writes what to correct", async () => {
    const { status, stderr, stdout } = certivo(...send, "--rejects", rejects)
    assert.deepStrictEqual([status, stderr], [0, ""])
    const [bom, last] = stdout.split("\n")
    assert.match(bom ?? "", /^bom\.json: (\d+) of \1 rows accepted, 2 remarks; product EG-200$/)
    assert.strictEqual(last, "dirty.csv: 1 of 2 rows accepted, 1 rejected")
    assert.include(readFileSync(rejects, "utf8"), "EG-1001,Tin,1000,x")
    assert.deepStrictEqual(await productsOf("default"), [["EG-200", "non-compliant"]])
    const again = certivo(...send)
    assert.deepStrictEqual([again.status, again.stderr, again.stdout], [0, "", stdout.replace("; product EG-200", "")])
  })

  it("imports the others when one cannot be read, for the tenant that is named", async () => {
    const broken = join(root, "broken.csv")
    writeFileSync(broken, "what,is,this\n1,2,3\n")
    const bom = join(example, "bom.json")
    const { status, stderr, stdout } = certivo("import", broken, bom, "--data", data, "--tenant", "acme")
    assert.strictEqual(status, 65)
    assert.include(stdout, "broken.csv: not imported")
    assert.include(stderr, "the header lacks")
    assert.deepStrictEqual(await productsOf("acme"), [["EG-200", "unknown"]])
  })

  it("wants files or an export", () => {
    assert.strictEqual(certivo("import", "--data", data).status, 64)
    assert.strictEqual(certivo("import", "a.csv", "--store", root, "--data", data).status, 64)
    const missing = certivo("import", join(root, "none.csv"), "--data", data)
    assert.deepStrictEqual([missing.status, missing.stdout], [65, ""])
    assert.include(missing.stderr, "there is no such file")
  })
})
