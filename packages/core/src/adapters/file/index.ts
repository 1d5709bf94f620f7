/** Adapters on a directory of plain files. Node only. */
export { StoreInUse } from "../lock.ts"
export { layer } from "./DocumentStore.ts"
export { type FileRepositoryOptions, repository } from "./Repository.ts"
