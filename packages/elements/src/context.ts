import type { CertivoClient } from "@certivo/api/client"
import { ContextRoot, createContext } from "@lit/context"

/** Registered symbols, so that two bundles of this package on one page still find each other. */
export const clientContext = createContext<CertivoClient | undefined>(Symbol.for("certivo.client"))
/** Counts the imports that the provider has seen; views read it to know when to ask again. */
export const versionContext = createContext<number>(Symbol.for("certivo.version"))

let root: ContextRoot | undefined

/** Remembers requests made before the provider was defined; the order of scripts then does not matter. */
export const attachContextRoot = (): void => {
  if (root !== undefined || document.body === null) return
  root = new ContextRoot()
  root.attach(document.body)
}
