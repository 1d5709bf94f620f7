/** Adapters on a directory of plain files. Node only. */
export { StoreInUse } from "../lock.ts"
export { InvalidBag } from "./bag.ts"
export { layer } from "./DocumentStore.ts"
export { type OldLayoutOptions, oldLayout } from "./oldLayout.ts"
export { type FileRepositoryOptions, repository } from "./Repository.ts"
export { exportStore, importStore, TenantExists, type Transferred } from "./transfer.ts"
