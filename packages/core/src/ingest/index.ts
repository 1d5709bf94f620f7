/** Documents of suppliers and engineers to records and rejects. */
export * from "./Bom.ts"
export * from "./Csv.ts"
export * from "./Declarations.ts"
export * from "./UnreadableDocument.ts"
