/** Certificates: verdicts with all that they rest on, and their verification. */
export * from "./Certificate.ts"
export { type Certifiable, certificateOf } from "./certificateOf.ts"
export type { Difference } from "./Difference.ts"
export { certify, type Verification, verifyCertificate } from "./verify.ts"
export { type DocumentsVerification, type OriginalDocument, verifyDocuments } from "./verifyDocuments.ts"
