/** The HTTP contract: schemas, endpoints, and the clients that follow from them. */
export * from "./client.ts"
export * from "./schemas.ts"
