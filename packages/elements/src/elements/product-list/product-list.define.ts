import { define } from "../../internal/define.ts"
import { CertivoProductList } from "./product-list.ts"

define("certivo-product-list", CertivoProductList)

declare global {
  interface HTMLElementTagNameMap {
    "certivo-product-list": CertivoProductList
  }
}
