import { define } from "../../internal/define.ts"
import { CertivoComplianceTable } from "./compliance-table.ts"

define("certivo-compliance-table", CertivoComplianceTable)

declare global {
  interface HTMLElementTagNameMap {
    "certivo-compliance-table": CertivoComplianceTable
  }
}
