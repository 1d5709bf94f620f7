/** Where a concentration stands to a rule, the worst highest; `TIE` when doubles cannot tell. */
export const WITHIN = 0
export const OPEN = 1
export const BREAKING = 2
export const TIE = 3
export type Standing = 0 | 1 | 2 | 3
