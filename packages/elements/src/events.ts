import type { CertivoError } from "@certivo/api/client"
import type { FindingStatus, Job } from "@certivo/api/types"

export type RowActivateEvent = CustomEvent<{ readonly partNumber: string }>
export type FilterChangeEvent = CustomEvent<{
  readonly status: FindingStatus | undefined
  readonly regulation?: string | undefined
  readonly search?: string
}>
export type LoadEvent = CustomEvent<{ readonly total: number }>
/** Cancelable: `preventDefault()` hides the element's own message. */
export type LoadErrorEvent = CustomEvent<{ readonly error: CertivoError }>
export type ImportProgressEvent = CustomEvent<{ readonly job: Job }>
export type ImportCompleteEvent = CustomEvent<{ readonly job: Job }>
export type SessionExpiredEvent = CustomEvent<{ readonly error: CertivoError }>
export type ThemeChangeEvent = CustomEvent<{ readonly theme: string }>

declare global {
  interface HTMLElementEventMap {
    "certivo-row-activate": RowActivateEvent
    "certivo-filter-change": FilterChangeEvent
    "certivo-load": LoadEvent
    "certivo-load-error": LoadErrorEvent
    "certivo-import-progress": ImportProgressEvent
    "certivo-import-complete": ImportCompleteEvent
    "certivo-session-expired": SessionExpiredEvent
  }
}
