import { documents, repository } from "@certivo/core/adapters/memory"
import { documentStoreContract, repositoryContract } from "@certivo/core/testing"

repositoryContract("memory", repository)
documentStoreContract("memory", documents)
