/** The HTTP contract: schemas, endpoints, and the clients that follow from them. */
export * from "./api.ts"
export * from "./client.ts"
export * from "./problems.ts"
export * from "./schemas.ts"
