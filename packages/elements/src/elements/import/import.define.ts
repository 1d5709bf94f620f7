import { define } from "../../internal/define.ts"
import { CertivoImport } from "./import.ts"

define("certivo-import", CertivoImport)

declare global {
  interface HTMLElementTagNameMap {
    "certivo-import": CertivoImport
  }
}
