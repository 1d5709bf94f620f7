import { casOfEc, casOfName, isCas, nameOfCas } from "@certivo/core/domain"
import { packs } from "@certivo/core/regulations"
import { assert, describe, it } from "vitest"

describe("names of substances", () => {
  it("lead to numbers with the right check digit, however they are written", () => {
    for (const name of ["Lead", " LEAD  oxide", "Lead sulphate", "ＰＦＯＡ", "Antimony trioxide", "鉛"]) {
      const cas = casOfName(name)
      assert.isTrue(cas !== undefined && isCas(cas), name)
    }
    assert.strictEqual(casOfName("Lead sulphate"), "7446-14-2")
  })

  it.each(["chromium", "hbcdd", "sodium dichromate", "cadmium sulfate", "lead compounds", "pfas", "dmf"])(
    "leave %s to people, since it may be several",
    (name) => assert.isUndefined(casOfName(name))
  )

  it("never mean another substance than a rule pack does", () => {
    for (const { rules } of packs.values())
      for (const { cas, ec, names = [] } of rules.flatMap(({ members }) => members)) {
        if (cas === undefined) continue
        if (ec !== undefined) assert.oneOf(casOfEc(ec), [undefined, cas])
        const known = nameOfCas(cas)
        for (const name of names) {
          const other = casOfName(name)
          if (other !== undefined) assert.strictEqual(other, cas, `${name} is ${known}`)
        }
      }
  })
})
