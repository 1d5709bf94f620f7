/** Defines every element. */
import "./elements/provider/provider.define.ts"
import "./elements/badge/badge.define.ts"
import "./elements/product-list/product-list.define.ts"
import "./elements/product-summary/product-summary.define.ts"
import "./elements/compliance-table/compliance-table.define.ts"
import "./elements/part-detail/part-detail.define.ts"
import "./elements/import/import.define.ts"

export * from "./index.ts"
