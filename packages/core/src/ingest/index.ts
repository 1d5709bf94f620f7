/** Documents of suppliers and engineers to records and rejects. */
export type { DecodedBom } from "./bom/BomBuilder.ts"
export * from "./Decoded.ts"
export * from "./Document.ts"
export { rejectsFile } from "./RejectsFile.ts"
export * from "./UnreadableDocument.ts"
