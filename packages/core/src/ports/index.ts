/** The interfaces that IO hides behind. */
export * from "./boms.ts"
export * from "./DocumentStore.ts"
export * from "./Repository.ts"
export * from "./restore.ts"
export * from "./verdicts.ts"
