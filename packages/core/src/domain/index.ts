/** The vocabulary of Certivo as types and schemas. No clock, no IO. */
export * as Decimal from "./Decimal.ts"
export * from "./Declaration.ts"
export * from "./Hash.ts"
export * from "./Part.ts"
export * from "./Status.ts"
export * from "./Substance.ts"
export * from "./Verdict.ts"
