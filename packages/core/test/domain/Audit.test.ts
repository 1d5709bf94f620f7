import { type AuditEntry, auditEntry, verifyTrail } from "@certivo/core/domain"
import { assert, describe, it } from "vitest"
import { trailOf } from "../../src/testing/samples.ts"
import { type Random, randomOf } from "../ingest/fuzz/random.ts"

/** What somebody may do to a trail, with the place of the first entry that then does not follow. */
const tampered = (trail: ReadonlyArray<AuditEntry>, random: Random): readonly [ReadonlyArray<AuditEntry>, number] => {
  const at = random(trail.length - 1)
  const entry = trail[at] as AuditEntry
  const forged = [
    { ...entry, at: "2026-11-22T10:00:00.000Z" },
    { ...entry, by: "bob" },
    { ...entry, did: "mapping.deleted" as const },
    { ...entry, subject: "x" },
    { ...entry, detail: { ...entry.detail, rows: -1 } },
    { ...entry, revision: entry.revision + 1 },
    { ...entry, previous: `${entry.previous}0` },
    { ...entry, hash: `${entry.hash}0` }
  ]
  const kind = random(forged.length + 3)
  const [before, behind] = [trail.slice(0, at), trail.slice(at + 1)]
  if (kind < forged.length) return [[...before, forged[kind] as AuditEntry, ...behind], at]
  if (kind === forged.length) return [[...before, ...behind], at]
  if (kind === forged.length + 1) return [[...before, behind[0] as AuditEntry, entry, ...behind.slice(1)], at]
  const rewritten = auditEntry(trail[at - 1], entry.revision, { ...entry, by: "bob" })
  return [[...before, rewritten, ...behind], at + 1]
}

describe("an audit trail", () => {
  it("holds whole, in pieces, from a later revision on, and out of JSON", () => {
    const late = auditEntry(undefined, 7, trailOf(1)[0] as AuditEntry)
    for (const trail of [trailOf(20), [late, auditEntry(late, 8, late)], [], JSON.parse(JSON.stringify(trailOf(20)))]) {
      assert.isUndefined(verifyTrail(trail))
      for (let at = 1; at < trail.length; at++) assert.isUndefined(verifyTrail(trail.slice(at), trail[at - 1]))
    }
  })

  it("tells the first entry that does not follow, whatever was done to it", () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = randomOf(seed)
      const [trail, at] = tampered(trailOf(2 + random(10)), random)
      assert.strictEqual(verifyTrail(trail)?.revision, trail[at]?.revision, `seed ${seed}: ${JSON.stringify(trail)}`)
      assert.isDefined(verifyTrail(trail.slice(at), trail[at - 1]), `seed ${seed}`)
    }
  })

  it("says what is wrong", () => {
    const trail = trailOf(4)
    const reason = (...entries: ReadonlyArray<number>) =>
      verifyTrail(entries.map((at) => trail[at] as AuditEntry))?.reason
    assert.strictEqual(reason(1, 2), "is not the first: entries before it are missing")
    assert.strictEqual(reason(0, 1, 3), "stands behind revision 2: an entry is missing")
    const other = auditEntry(undefined, 1, { ...(trail[0] as AuditEntry), by: "bob" })
    assert.deepStrictEqual(verifyTrail([other, trail[1] as AuditEntry]), {
      revision: 2,
      reason: "does not follow revision 1: one was replaced"
    })
  })
})
