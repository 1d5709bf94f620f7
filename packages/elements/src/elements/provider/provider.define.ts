import { define } from "../../internal/define.ts"
import { CertivoProvider } from "./provider.ts"

define("certivo-provider", CertivoProvider)

declare global {
  interface HTMLElementTagNameMap {
    "certivo-provider": CertivoProvider
  }
}
