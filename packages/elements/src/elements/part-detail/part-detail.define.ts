import { define } from "../../internal/define.ts"
import { CertivoPartDetail } from "./part-detail.ts"

define("certivo-part-detail", CertivoPartDetail)

declare global {
  interface HTMLElementTagNameMap {
    "certivo-part-detail": CertivoPartDetail
  }
}
