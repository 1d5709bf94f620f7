/** The package as it is published: to strip types while loading slows every typed array of the process down. */
export * from "../../packages/core/dist/engine/portfolio/index.js"
