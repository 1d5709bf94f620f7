/** Puts what `dump` of one repository gave into another. */
import * as Effect from "effect/Effect"
import { noRuleSets } from "../domain/Rules.ts"
import type { Entry, Repository, RepositoryError, TenantId } from "./Repository.ts"
import { verdictFromBefore } from "./verdicts.ts"

/** Puts one entry; a dump is restored when all its entries have been put, in their order, into a tenant that had nothing. */
export const restore = (
  repository: Repository["Service"],
  tenant: TenantId,
  entry: Entry
): Effect.Effect<void, RepositoryError> => {
  switch (entry.is) {
    case "rows":
      return repository.stage(tenant, entry.sha256, entry.chunk)
    case "revision":
      return Effect.whileLoop({
        while: countTo(entry.revision),
        body: () => repository.nextRevision(tenant),
        step: () => undefined
      })
    case "document":
      return repository.putDocument(tenant, entry.document)
    case "bom":
      return Effect.asVoid(repository.putBom(tenant, entry.bom))
    case "verdict":
      return repository.putVerdict(
        tenant,
        verdictFromBefore(entry.verdict),
        entry.revision,
        entry.judgedBy ?? noRuleSets
      )
    case "rules":
      return repository.putRules(tenant, entry.ruleSets, entry.since)
    case "override":
      return repository.putOverride(tenant, entry.override)
    case "mapping":
      return repository.putMapping(tenant, entry.name, entry.mapping)
    case "job":
      return repository.putJob(tenant, entry.job)
    case "audit":
      return repository.appendAudit(tenant, entry.entry)
  }
}

const countTo = (end: number) => {
  let count = 0
  return () => count++ < end
}
