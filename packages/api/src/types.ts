/** The data that the API sends, as plain types: safe to import anywhere, no runtime. */
import type * as Schemas from "./schemas.ts"

export type {
  ColumnMapping,
  DutyStatus,
  FindingStatus,
  Mapping,
  Override,
  ProposedColumn,
  RegulationStanding,
  Status
} from "@certivo/core/domain"
export type AuditEntries = typeof Schemas.AuditEntries.Type
export type AuditEntry = typeof Schemas.AuditEntry.Type
export type Declaration = typeof Schemas.Declaration.Type
export type DeclarationPage = typeof Schemas.DeclarationPage.Type
export type Document = typeof Schemas.Document.Type
export type DocumentPage = typeof Schemas.DocumentPage.Type
export type Overridden = typeof Schemas.Overridden.Type
export type OverridePage = typeof Schemas.OverridePage.Type
export type Evidence = (typeof Schemas.PartDetail.Type)["findings"][number]["evidence"][number]
export type Finding = (typeof Schemas.PartDetail.Type)["findings"][number]
export type PreviewEvent = typeof Schemas.PreviewEvent.Type
export type PreviewedProduct = typeof Schemas.PreviewedProduct.Type
export type Proposal = typeof Schemas.Proposal.Type
export type Product = typeof Schemas.Product.Type
export type Part = typeof Schemas.Part.Type
export type PartDetail = typeof Schemas.PartDetail.Type
export type Job = typeof Schemas.Job.Type
export type Reject = (typeof Schemas.Rejects.Type)["items"][number]
export type Rejects = typeof Schemas.Rejects.Type
export type SavedMapping = typeof Schemas.SavedMapping.Type
export type SavedMappings = typeof Schemas.SavedMappings.Type
export type Session = typeof Schemas.Session.Type
export type ProductPage = typeof Schemas.ProductPage.Type
export type PartPage = typeof Schemas.PartPage.Type

/** An RFC 9457 problem document. `code` is stable. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly code?: string
  readonly requestId?: string
}
