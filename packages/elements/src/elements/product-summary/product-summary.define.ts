import { define } from "../../internal/define.ts"
import { CertivoProductSummary } from "./product-summary.ts"

define("certivo-product-summary", CertivoProductSummary)

declare global {
  interface HTMLElementTagNameMap {
    "certivo-product-summary": CertivoProductSummary
  }
}
