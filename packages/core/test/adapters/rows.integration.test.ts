import { Compliance, Repository, TenantId } from "@certivo/core"
import { documents, layer as memory } from "@certivo/core/adapters/memory"
import { layer } from "@certivo/core/adapters/postgres"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { database } from "./database.ts"

const tenant = TenantId.make("rows")

const header = "part_number,substance,cas,amount,unit,threshold_ppm,exemption,material,material_mass_mg,document_date\n"
/** Plain rows, and rows that only their detail can hold. */
const text = `${header}${[
  "A,Lead,7439-92-1,1.50,mg,1000,6(c),Solder,2.5,2026-01-31",
  "A,Lead,,0.0350,%,1000,,,,",
  "A,,117-81-7,12,ppm,1000,,PVC,,",
  "B,Cadmium,7440-43-9,<0.01,%,100,,,,",
  "B,Mercury,7439-97-6,100-500,ppm,1000,,,,",
  "B,Chrome six,,9007199254740991,µg,1000,7(c)-I,,,",
  "C,Nickel,7440-02-0,123456789012345678901234567890.5,mg,1000,,,,",
  "C,Zinc,7440-66-6,0,g,1000,,,,"
].join("\n")}\n`

const imported = Effect.gen(function* () {
  const compliance = yield* Compliance
  const repository = yield* Repository
  const input = {
    name: "rows.csv",
    bytes: Stream.make(new TextEncoder().encode(text)),
    id: "j",
    now: "2026-11-23T00:00:00.000Z"
  }
  const { id } = yield* compliance.submit(tenant, input)
  const job = yield* compliance.run(tenant, id, "2026-11-23", () => Effect.void)
  assert.strictEqual(job.accepted, 8, JSON.stringify(job.codes))
  return yield* repository.transaction(tenant, repository.declarations(tenant, ["A", "B", "C"]))
})

const importedInto = <E>(repository: Layer.Layer<Repository, E>) =>
  Effect.provide(imported, Compliance.layer.pipe(Layer.provideMerge(Layer.merge(repository, documents))), {
    local: true
  })

it.live("rows of a table come out of the database as they come out of memory", () =>
  Effect.gen(function* () {
    const inMemory = yield* importedInto(memory)
    const inDatabase = yield* importedInto(Layer.provide(layer, database))
    assert.strictEqual(inDatabase.length, 8)
    assert.deepStrictEqual(inDatabase, inMemory)
  })
)
