/** The part of the server that the tests use; it comes without types. */
declare module "@20minutes/s3rver" {
  export default class S3rver {
    constructor(options: {
      readonly address: string
      readonly port: number
      readonly silent: boolean
      readonly directory: string
      readonly allowMismatchedSignatures: boolean
    })
    run(): Promise<{ readonly port: number }>
    close(): Promise<void>
  }
}
