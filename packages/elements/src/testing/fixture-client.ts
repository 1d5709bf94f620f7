/** A client over made-up data: the same on every run, and able to be slow or to fail. For tests and stories only. */
import { type CertivoClient, CertivoError, type ListOptions } from "@certivo/api/client"
import type {
  DutyStatus,
  Finding,
  Job,
  Part,
  PartDetail,
  Product,
  RegulationStanding,
  Rejects,
  Status
} from "@certivo/api/types"

export interface FixtureOptions {
  readonly parts?: number
  readonly products?: number
  /** Milliseconds before each answer. */
  readonly delay?: number
  /** Whether all is judged by the rule sets in force; true when left out. */
  readonly current?: boolean
}

export interface FixtureClient extends CertivoClient {
  /** How many of the next requests fail. */
  failures: number
  /** Requests made and, of them, still open. */
  readonly requests: { total: number; open: number; aborted: number }
}

const materials = [
  "Copper C11000",
  "FR-4 laminate",
  "PA66-GF30",
  "SAC305 solder",
  "Steel 1.4301",
  "PBT",
  "Brass CW614N"
]
const names = ["Capacitor 100 nF", "Resistor 10 kΩ", "Connector 12-pin", "Housing, upper", "Bracket", "Cable harness"]
const substances = [
  { name: "Lead", cas: "7439-92-1" },
  { name: "Bis(2-ethylhexyl) phthalate", cas: "117-81-7" },
  { name: "Cadmium", cas: "7440-43-9" }
]
const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

const pick = <A>(list: ReadonlyArray<A>, index: number): A => list[index % list.length] as A

const statusAt = (index: number): Status => {
  const n = (index * 7919) % 100
  return n < 3 ? "non-compliant" : n < 12 ? "unknown" : n < 19 ? "exempt" : n < 94 ? "compliant" : "not-applicable"
}

const dutyAt = (index: number): DutyStatus => (index % 40 === 3 ? "above-threshold" : "not-contained")

const standingsBy = (status: Status, duty: DutyStatus): ReadonlyArray<RegulationStanding> => [
  { regulation: "eu-rohs", status },
  { regulation: "eu-reach-svhc", duty }
]

const dutyFindingAt = (index: number): Finding => ({
  rule: "eu-reach-svhc/lead",
  regulation: "EU REACH candidate list",
  level: "article",
  substance: { name: "Lead", cas: "7439-92-1" },
  ppm: "2500",
  limitPpm: "1000",
  comparison: "above",
  outcome: "declare",
  status: dutyAt(index),
  override: { id: "o-1", calculated: "below-threshold", by: "Q. Manager", on: "2026-01-05", reason: "New report" },
  evidence: [{ document: "compliance.csv", sha256: hash, line: index + 2 }]
})

const partNumber = (index: number): string => `P-${String(index + 1).padStart(5, "0")}`

const findingAt = (index: number): Finding => {
  const status = statusAt(index)
  const over = status === "non-compliant" || status === "exempt"
  return {
    rule: "eu-rohs/lead",
    regulation: "EU RoHS 2011/65/EU, Annex II",
    level: "homogeneous-material",
    substance: pick(substances, index),
    ...(status === "unknown" ? {} : { ppm: over ? String(1200 + (index % 9) * 350) : String((index % 90) / 10) }),
    limitPpm: pick(substances, index).name === "Cadmium" ? "100" : "1000",
    comparison: "above",
    status,
    ...(status === "unknown"
      ? { reason: { code: "declaration.missing", message: "No declaration names this part." } }
      : status === "exempt"
        ? { reason: { code: "exemption.claimed", message: "Exemption 6(c): copper alloy with up to 4 % lead." } }
        : {}),
    evidence: status === "unknown" ? [] : [{ document: "compliance.csv", sha256: hash, line: index + 2 }]
  }
}

const partAt = (index: number): Part => ({
  partNumber: partNumber(index),
  name: pick(names, index),
  material: pick(materials, index),
  mass: { value: `${(index % 40) + 1}.${index % 10}5`, unit: "g" },
  assembly: index % 50 === 0,
  declared: statusAt(index) !== "unknown",
  status: statusAt(index),
  ownStatus: statusAt(index),
  duty: dutyAt(index),
  byRegulation: standingsBy(statusAt(index), dutyAt(index)),
  factsHash: hash,
  quantity: String((index % 12) + 1),
  ...(statusAt(index) === "not-applicable" ? {} : { worst: findingAt(index) })
})

const detailAt = (index: number): PartDetail => {
  const { quantity: _quantity, worst, ...part } = partAt(index)
  return {
    ...part,
    reasons: worst?.reason === undefined ? [] : [worst.reason],
    findings: [
      ...(worst === undefined ? [] : [worst, { ...findingAt(index + 1), status: "compliant" as const, ppm: "12.5" }]),
      ...(part.duty === "above-threshold" ? [dutyFindingAt(index)] : [])
    ],
    findingsOmitted: 0,
    children: part.assembly
      ? [1, 2, 3].map((n) => ({
          partNumber: partNumber(index + n),
          quantity: String(n),
          status: statusAt(index + n),
          duty: dutyAt(index + n)
        }))
      : [],
    usedIn: ["P-1000", "A-2210"],
    explanation: {
      headline:
        part.status === "non-compliant"
          ? `${part.partNumber} is non-compliant: ${worst?.substance.name} is above its limit.`
          : `${part.partNumber} is ${part.status}.`,
      steps: [
        { depth: 0, text: `${part.partNumber} takes the worst status of its findings and parts.` },
        { depth: 1, text: `${worst?.substance.name ?? "Nothing"}: ${worst?.ppm ?? "unknown"} ppm against 1,000 ppm.` },
        { depth: 2, text: `compliance.csv, line ${index + 2}` }
      ]
    },
    revision: 7
  }
}

const countBy = (parts: ReadonlyArray<Part>, status: Status): number =>
  parts.filter((part) => part.status === status).length

const productAt = (index: number, parts: ReadonlyArray<Part>): Product => {
  const own = index === 0 ? parts : parts.slice(index * 7, index * 7 + 60)
  const status =
    countBy(own, "non-compliant") > 0 ? "non-compliant" : countBy(own, "unknown") > 0 ? "unknown" : "compliant"
  const duty = own.some(({ duty }) => duty === "above-threshold") ? "above-threshold" : "not-contained"
  return {
    partNumber: `P-${1000 + index}`,
    name:
      index === 0
        ? "Motor controller MC-4"
        : `${pick(["Gateway", "Sensor node", "Power supply", "Display unit"], index)} ${index}`,
    status,
    duty,
    byRegulation: standingsBy(status, duty),
    ruleSets: [],
    factsHash: hash,
    revision: 7,
    summary: {
      parts: own.length,
      compliant: countBy(own, "compliant"),
      exempt: countBy(own, "exempt"),
      unknown: countBy(own, "unknown"),
      nonCompliant: countBy(own, "non-compliant"),
      declaredPartsPercent: "91.0"
    }
  }
}

const jobAt = (id: string, name: string, done: number): Job => ({
  id,
  state: done === 0 ? "queued" : done < 100 ? "running" : "succeeded-with-rejects",
  kind: name.endsWith(".csv") ? "declarations" : "bom",
  documentName: name,
  sha256: hash,
  progress: { done, total: 100, unit: "bytes" },
  rows: done * 12,
  accepted: done * 12 - (done < 100 ? 0 : 2),
  rejected: done < 100 ? 0 : 2,
  warned: 0,
  codes: {},
  product: "P-1000",
  createdAt: "2026-01-01T00:00:00Z"
})

const rejects: Rejects = {
  total: 2,
  items: [
    {
      line: 17,
      column: "concentration_ppm",
      code: "value.not_a_number",
      value: "n/a",
      message: "A number is needed here."
    },
    {
      line: 203,
      column: "cas",
      code: "cas.check_digit",
      value: "7439-92-2",
      message: "The check digit of this CAS number is wrong."
    }
  ]
}

export const createFixtureClient = (options: FixtureOptions = {}): FixtureClient => {
  const parts = Array.from({ length: options.parts ?? 5000 }, (_, index) => partAt(index))
  const products = Array.from({ length: options.products ?? 60 }, (_, index) => productAt(index, parts))
  const requests = { total: 0, open: 0, aborted: 0 }

  const wait = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      requests.total += 1
      requests.open += 1
      const end = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener("abort", abort)
        requests.open -= 1
      }
      const abort = (): void => {
        end()
        requests.aborted += 1
        reject(new DOMException("Aborted", "AbortError"))
      }
      const timer = setTimeout(() => {
        end()
        if (client.failures === 0) return resolve()
        client.failures -= 1
        reject(new CertivoError({ title: "The database is busy", status: 503, code: "busy", requestId: "req-42" }))
      }, options.delay ?? 0)
      if (signal?.aborted) abort()
      else signal?.addEventListener("abort", abort)
    })

  const page = <A>(all: ReadonlyArray<A>, cursor: string | undefined, limit = 100) => {
    const from = Number(cursor ?? 0)
    const next = from + limit < all.length ? { next: String(from + limit) } : {}
    const total = { count: all.length, type: "exact" as const }
    return {
      items: all.slice(from, from + limit),
      page: { ...next, total, asOfRevision: 7, current: options.current ?? true }
    }
  }

  const nothing = { items: [], page: { total: { count: 0, type: "exact" as const } } }

  const matches = (search: string | undefined, ...texts: ReadonlyArray<string | undefined>): boolean =>
    search === undefined || texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()))

  const stands = (row: Product | Part, { status, regulation }: Pick<ListOptions, "status" | "regulation">): boolean =>
    status === undefined ||
    (regulation === undefined
      ? row.status === status
      : row.byRegulation.some((by) => by.regulation === regulation && (by.status === status || by.duty === status)))

  const found = <A>(value: A | undefined): A => {
    if (value !== undefined) return value
    throw new CertivoError({ title: "There is no such part", status: 404, code: "not-found", requestId: "req-7" })
  }

  const client: FixtureClient = {
    failures: 0,
    requests,
    products: async ({ search, cursor, limit, signal, ...filter } = {}) => {
      await wait(signal)
      return page(
        products.filter((product) => stands(product, filter) && matches(search, product.partNumber, product.name)),
        cursor,
        limit
      )
    },
    product: async (id, signal) => {
      await wait(signal)
      return found(products.find((product) => product.partNumber === id))
    },
    parts: async (_product, { search, cursor, limit, signal, ...filter } = {}) => {
      await wait(signal)
      const own = parts.filter((part) => stands(part, filter) && matches(search, part.partNumber, part.name))
      return page(own, cursor, limit)
    },
    part: async (id, signal) => {
      await wait(signal)
      const index = parts.findIndex((part) => part.partNumber === id)
      return detailAt(found(index < 0 ? undefined : index))
    },
    documents: async ({ signal } = {}) => {
      await wait(signal)
      return nothing
    },
    declarations: async ({ signal }) => {
      await wait(signal)
      return nothing
    },
    auditTrail: async ({ signal } = {}) => {
      await wait(signal)
      return { items: [] }
    },
    overrides: async ({ signal } = {}) => {
      await wait(signal)
      return nothing
    },
    addOverrides: async (overrides, signal) => {
      await wait(signal)
      return { overrides, judged: 0 }
    },
    withdrawOverride: async (_id, signal) => {
      await wait(signal)
      return { overrides: [], judged: 0 }
    },
    async *preview(_proposal, signal) {
      await wait(signal)
      yield { documents: [] }
    },
    async *previewFile(_file, name, signal) {
      await wait(signal)
      yield { documents: [{ name, accepted: 1, rejected: 0, isKnown: false }] }
    },
    importFile: async (_file, name, signal) => {
      await wait(signal)
      return jobAt("job-1", name, 0)
    },
    job: async (id, signal) => {
      await wait(signal)
      return jobAt(id, "compliance.csv", 100)
    },
    async *watchJob(id, signal) {
      for (const done of [10, 45, 80, 100]) {
        await wait(signal)
        yield jobAt(id, "compliance.csv", done)
      }
    },
    rejects: async (_id, signal) => {
      await wait(signal)
      return rejects
    },
    rejectsFile: async (_id, signal) => {
      await wait(signal)
      return new Blob(["part_number,certivo_code\r\n"], { type: "text/csv" })
    },
    warnings: async (_id, signal) => {
      await wait(signal)
      return { total: 0, items: [] }
    },
    saveMapping: async (name, mapping, signal) => {
      await wait(signal)
      return { name, mapping }
    },
    mappings: async (signal) => {
      await wait(signal)
      return { items: [] }
    }
  }
  return client
}
