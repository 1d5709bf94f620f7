/** Substances as the tables of this folder write them, one a line, and the entries of official lists. */
import type { Member } from "../../engine/Rule.ts"

/** An entry of an official list: id of its rule, name, days of listing and of effect, and its members as texts. */
export type Listed = readonly [
  id: string,
  name: string,
  listedOn: string,
  reason: string,
  note: string,
  effectiveFrom: string,
  members: ReadonlyArray<string>
]

/** Reads `cas|ec|formula|name;name`, of which any may be empty. */
export const member = (line: string): Member => {
  const [cas = "", ec = "", formula = "", names = ""] = line.trim().split("|")
  return {
    ...(cas === "" ? {} : { cas }),
    ...(ec === "" ? {} : { ec }),
    ...(names === "" ? {} : { names: names.split(";") }),
    ...(formula === "" ? {} : { formula })
  }
}

export type Members = readonly [Member, ...Array<Member>]

export const membersOf = (lines: ReadonlyArray<string>): Members => lines.map(member) as [Member, ...Array<Member>]

/** Reads a table of {@link member} lines. */
export const table = (lines: string): Members => membersOf(lines.trim().split("\n"))

/** Several tables as one, each substance once. */
export const joined = (...tables: readonly [Members, ...Array<Members>]): Members =>
  [
    ...new Map(tables.flat().map((member) => [member.cas ?? member.names?.join() ?? member.ec, member])).values()
  ] as unknown as Members
