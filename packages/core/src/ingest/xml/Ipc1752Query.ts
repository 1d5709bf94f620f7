/** Class A of IPC-1752A: statements that are answered with true or false. */
import type { Claim } from "../../domain/Declaration.ts"

export interface Answered {
  readonly line: number
  readonly statement: string
  /** Left out when the answers contradict each other. */
  readonly claim: Claim | undefined
}

interface Statement {
  readonly statement: string
  readonly line: number
}

/** What the statements that are true say. Of those about RoHS exactly one can be. */
export const queryClaims = (statements: ReadonlyArray<Statement>, list: string): ReadonlyArray<Answered> => {
  const rohs = statements.filter(({ statement }) => /rohs|2011\/65|2002\/95|restriction of hazardous/i.test(statement))
  const reach = statements.filter(({ statement }) => /svhc|candidate list|reach|1907\/2006/i.test(statement))
  const version = list === "" ? undefined : list
  const answered = reach.map(
    ({ statement, line }): Answered => ({
      line,
      statement,
      claim: { list: "eu-reach-svhc", version, says: reachSays(statement) }
    })
  )
  const [first] = rohs
  if (first === undefined) return answered
  const claim: Claim | undefined =
    rohs.length === 1
      ? { list: "eu-rohs", version: versionOf(first.statement) ?? version, says: rohsSays(first.statement) }
      : undefined
  return [...answered, { line: first.line, statement: rohs.map(({ statement }) => statement).join(" | "), claim }]
}

const rohsSays = (statement: string): Claim["says"] => {
  const text = statement.toLowerCase()
  if (/obsolete|no information|unknown|not (yet )?(available|known)/.test(text)) return "unknown"
  if (/(does|do|is|are) not (meet|compl|conform)|not (compliant|under|covered)|exceeds/.test(text))
    return "non-compliant"
  if (/without (any |the application of |applying |use of )?(any )?exemption/.test(text)) return "compliant"
  return /exemption/.test(text) ? "exempt" : /meets|compl|conform/.test(text) ? "compliant" : "unknown"
}

const reachSays = (statement: string): Claim["says"] => {
  const text = statement.toLowerCase()
  if (/unknown|no information/.test(text)) return "unknown"
  return /(does|do) not contain|contains no|no (svhc|substances)|free of|not (present|contained)|none of/.test(text)
    ? "compliant"
    : /contain|present|above/.test(text)
      ? "non-compliant"
      : "unknown"
}

const versionOf = (statement: string): string | undefined => /\b(20\d\d\/\d+(?:\/E[UC])?)/.exec(statement)?.[1]
