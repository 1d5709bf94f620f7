/** The server as a library: `serve` runs it until it is interrupted. */
export { ServeError, type ServeOptions, serve } from "./serve.ts"
