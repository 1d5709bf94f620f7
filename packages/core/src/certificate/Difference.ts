/** The first place where two documents differ. */

export interface Difference {
  /** JSON pointer into the certificate (RFC 6901); empty for the file as a whole. */
  readonly pointer: string
  /** What the certificate says, as JSON; left out when it says nothing there. */
  readonly stated?: string
  /** What is found instead, as JSON or in words; left out when nothing is. */
  readonly found?: string
}

const MAX_SHOWN = 200

export const pointerOf = (path: ReadonlyArray<PropertyKey>): string =>
  path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")

/** A value as JSON, at most some of it. */
export const shownValue = (value: unknown): string | undefined => {
  if (value === undefined) return undefined
  if (Array.isArray(value) && value.length > 0) return `a list of ${value.length}`
  if (typeof value === "object" && value !== null) return `an object of ${Object.keys(value).length} fields`
  const text = JSON.stringify(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

export const differenceAt = (path: ReadonlyArray<PropertyKey>, stated: unknown, found: unknown): Difference => {
  const [left, right] = [shownValue(stated), shownValue(found)]
  return {
    pointer: pointerOf(path),
    ...(left === undefined ? {} : { stated: left }),
    ...(right === undefined ? {} : { found: right })
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** In the order of what is found; undefined when both are equal. No deeper than what is found is. */
export const firstDifference = (
  stated: unknown,
  found: unknown,
  path: ReadonlyArray<PropertyKey> = []
): Difference | undefined => {
  if (Array.isArray(stated) && Array.isArray(found)) {
    for (let index = 0; index < Math.max(stated.length, found.length); index++) {
      const difference = firstDifference(stated[index], found[index], [...path, index])
      if (difference !== undefined) return difference
    }
    return undefined
  }
  if (isObject(stated) && isObject(found)) {
    const own = (object: Readonly<Record<string, unknown>>, key: string) =>
      Object.hasOwn(object, key) ? object[key] : undefined
    for (const key of new Set([...Object.keys(found), ...Object.keys(stated)])) {
      const difference = firstDifference(own(stated, key), own(found, key), [...path, key])
      if (difference !== undefined) return difference
    }
    return undefined
  }
  return Object.is(stated, found) ? undefined : differenceAt(path, stated, found)
}
