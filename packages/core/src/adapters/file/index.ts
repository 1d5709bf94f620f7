/** Adapters on a directory of plain files. Node only. */
export { layer } from "./DocumentStore.ts"
