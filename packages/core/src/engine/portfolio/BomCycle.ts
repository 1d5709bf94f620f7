/** A part that contains itself; the path goes from parent to child, its first part repeated at the end. */
export class BomCycle extends Error {
  override readonly name = "BomCycle"
  readonly path: ReadonlyArray<number>
  constructor(path: ReadonlyArray<number>) {
    super(`The BOM contains itself: ${path.join(" > ")}`)
    this.path = path
  }
}
