/** A document that cannot be taken as a whole: what was wrong, where, and what to do. */
import * as Schema from "effect/Schema"
import { ProposedColumn } from "../domain/Mapping.ts"

export class UnreadableDocument extends Schema.TaggedError<UnreadableDocument>()("UnreadableDocument", {
  document: Schema.String,
  code: Schema.String,
  detail: Schema.String,
  /** When the columns of a table are not sure: the mapping to confirm or correct. */
  proposal: Schema.optionalKey(Schema.Array(ProposedColumn))
}) {
  override get message(): string {
    return `${this.document}: ${this.detail} (${this.code})`
  }
}
