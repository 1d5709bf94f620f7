export interface GridPosition {
  readonly row: number
  readonly column: number
}

export interface GridBounds {
  readonly rows: number
  readonly columns: number
  /** Rows that PageUp and PageDown move by. */
  readonly page: number
}

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">

/** Where a key takes the focus; `undefined` when the key is not the grid's. */
export const moveFocus = (event: Key, from: GridPosition, bounds: GridBounds): GridPosition | undefined => {
  if (event.altKey || bounds.rows === 0) return undefined
  const far = event.ctrlKey || event.metaKey
  const at = (row: number, column: number): GridPosition => ({
    row: Math.max(0, Math.min(row, bounds.rows - 1)),
    column: Math.max(0, Math.min(column, bounds.columns - 1))
  })
  switch (event.key) {
    case "ArrowDown":
      return at(from.row + 1, from.column)
    case "ArrowUp":
      return at(from.row - 1, from.column)
    case "ArrowRight":
      return at(from.row, from.column + 1)
    case "ArrowLeft":
      return at(from.row, from.column - 1)
    case "PageDown":
      return at(from.row + bounds.page, from.column)
    case "PageUp":
      return at(from.row - bounds.page, from.column)
    case "Home":
      return at(far ? 0 : from.row, 0)
    case "End":
      return at(far ? bounds.rows - 1 : from.row, bounds.columns - 1)
    default:
      return undefined
  }
}
