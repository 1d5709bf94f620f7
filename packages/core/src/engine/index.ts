/** Facts, judgement, roll-up and explanation: pure functions. */
export * from "./Explain.ts"
export * from "./Facts.ts"
export * from "./Judge.ts"
export * from "./Options.ts"
export * from "./Override.ts"
export * from "./Rollup.ts"
export * from "./Rule.ts"
export * from "./Version.ts"
