/** The proof of a verdict, and how it is shown. */
export * from "./Html.ts"
export * from "./Proof.ts"
export * from "./prove.ts"
export * from "./Text.ts"
export { standingOf } from "./Words.ts"
