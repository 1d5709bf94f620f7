import { define } from "../../internal/define.ts"
import { CertivoBadge } from "./badge.ts"

define("certivo-badge", CertivoBadge)

declare global {
  interface HTMLElementTagNameMap {
    "certivo-badge": CertivoBadge
  }
}
