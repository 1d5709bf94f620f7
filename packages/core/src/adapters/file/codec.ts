/** Values as lines of JSON that come back as they went: also maps, sets, big integers and what is undefined. */

const TAG = "$"

/** Objects of the data itself that have a member of the tag's name are escaped with one more. */
const encodeValue = (value: unknown): unknown => {
  if (typeof value === "bigint") return { [TAG]: "n", v: value.toString() }
  if (value === undefined) return { [TAG]: "u" }
  if (value instanceof Map)
    return { [TAG]: "m", v: [...value].map(([key, item]) => [encodeValue(key), encodeValue(item)]) }
  if (value instanceof Set) return { [TAG]: "s", v: [...value].map(encodeValue) }
  if (Array.isArray(value)) return value.map(encodeValue)
  if (typeof value !== "object" || value === null) return value
  const plain = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encodeValue(item)]))
  return TAG in value ? { [TAG]: "o", v: plain } : plain
}

const decodeValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(decodeValue)
  if (typeof value !== "object" || value === null) return value
  const tagged = value as { readonly [TAG]?: string; readonly v?: unknown }
  switch (tagged[TAG]) {
    case undefined:
      return decodeMembers(value)
    case "n":
      return BigInt(tagged.v as string)
    case "u":
      return undefined
    case "m":
      return new Map(
        (tagged.v as ReadonlyArray<readonly [unknown, unknown]>).map(([k, v]) => [decodeValue(k), decodeValue(v)])
      )
    case "s":
      return new Set((tagged.v as ReadonlyArray<unknown>).map(decodeValue))
    default:
      return decodeMembers(tagged.v as object)
  }
}

const decodeMembers = (value: object): object =>
  Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decodeValue(item)]))

export const encode = (value: unknown): string => JSON.stringify(encodeValue(value))

export const decode = (text: string): unknown => decodeValue(JSON.parse(text))
