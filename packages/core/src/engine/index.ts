/** Facts, judgement, roll-up and explanation: pure functions. */
export * from "./Facts.ts"
export * from "./Judge.ts"
export * from "./Options.ts"
export * from "./Override.ts"
export * from "./proof/index.ts"
export * from "./Rollup.ts"
export * from "./Rule.ts"
export * from "./Version.ts"
