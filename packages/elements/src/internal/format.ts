import type { Finding, FindingStatus, Status } from "@certivo/api/types"

export const statusOrder: ReadonlyArray<Status> = ["non-compliant", "unknown", "exempt", "compliant", "not-applicable"]

/** Statuses of duties to inform that restrictions do not have, worst first. */
export const dutyOrder: ReadonlyArray<FindingStatus> = ["above-threshold", "below-threshold", "not-contained"]

export const statusLabel: Readonly<Record<FindingStatus, string>> = {
  "non-compliant": "Non-compliant",
  unknown: "Unknown",
  exempt: "Exempt",
  compliant: "Compliant",
  "not-applicable": "Not applicable",
  "above-threshold": "Above threshold",
  "below-threshold": "Below threshold",
  "not-contained": "Not contained"
}

export const isStatus = (value: unknown): value is Status => statusOrder.includes(value as Status)

export const isFindingStatus = (value: unknown): value is FindingStatus =>
  isStatus(value) || dutyOrder.includes(value as FindingStatus)

const integer = new Intl.NumberFormat("en")
export const count = (value: number): string => integer.format(value)

/** Groups the integer digits of a decimal string and leaves the rest as sent: a float would lose digits. */
export const decimal = (value: string): string => {
  const match = /^(-?)(\d+)(\.\d+)?$/.exec(value)
  if (match === null) return value
  return `${match[1]}${match[2]?.replace(/\B(?=(\d{3})+$)/g, ",")}${match[3] ?? ""}`
}

export const plural = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`

export const ppm = (finding: Finding): string =>
  finding.ppm === undefined && finding.range === undefined ? "not known" : `${shownPpm(finding)} ppm`

const above: ReadonlySet<FindingStatus> = new Set(["non-compliant", "exempt", "above-threshold"])

/** The rounded number; a concentration above its limit by less than the digits shown must not read as equal to it. */
export const shownPpm = (finding: Finding): string => {
  if (finding.range !== undefined) return bounds(finding.range)
  if (finding.ppm === undefined) return "?"
  const isAbove = above.has(finding.override?.calculated ?? finding.status) && finding.comparison === "above"
  return `${isAbove && finding.ppm === finding.limitPpm ? "> " : ""}${decimal(finding.ppm)}`
}

export const limit = (finding: Finding): string =>
  finding.limitPpm === undefined ? "no limit given" : `${decimal(finding.limitPpm)} ppm`

const bounds = ({ low, lowOpen, high, highOpen }: NonNullable<Finding["range"]>): string => {
  if (high === undefined) return low === "0" ? "?" : `${lowOpen ? ">" : "≥"} ${decimal(low)}`
  return low === "0" ? `${highOpen ? "<" : "≤"} ${decimal(high)}` : `${decimal(low)}–${decimal(high)}`
}
