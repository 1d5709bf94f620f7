/** Contract suites for adapters. They run under vitest with `@effect/vitest`. */
export { documentStoreContract } from "./documentStoreContract.ts"
export { repositoryContract } from "./repositoryContract.ts"
