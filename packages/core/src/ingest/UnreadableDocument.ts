/** A document that cannot be taken as a whole: what was wrong, where, and what to do. */
import * as Schema from "effect/Schema"

export class UnreadableDocument extends Schema.TaggedError<UnreadableDocument>()("UnreadableDocument", {
  document: Schema.String,
  code: Schema.String,
  detail: Schema.String
}) {
  override get message(): string {
    return `${this.document}: ${this.detail} (${this.code})`
  }
}
