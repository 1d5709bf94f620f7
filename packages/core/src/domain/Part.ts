/** Parts, assemblies and products, and the bill of material (BOM) that joins them. */
import type { Decimal } from "./Decimal.ts"

/** Part numbers match trimmed and without regard to case; this is the form they are compared and stored by. */
export const partKey = (partNumber: string): string => partNumber.trim().toUpperCase()

/** Characters that a part number may have: stores look parts up by it, and their indexes hold no long texts. */
export const MAX_PART_NUMBER = 250

/** Where a statement stands: the document by name and hash, and the line it begins on (1-based; 0 when unknown). */
export interface Source {
  readonly document: string
  readonly sha256: string
  readonly line: number
  /** Who states it, as the document writes the name. */
  readonly supplier?: string | undefined
  /** Day the document was issued, when it says so. */
  readonly issued?: string | undefined
  /** Last day the document says it holds for. */
  readonly validTo?: string | undefined
  /** Day the document arrived, when a store knows it. */
  readonly arrived?: string | undefined
}

export interface Part {
  readonly key: string
  /** As written in the document. */
  readonly partNumber: string
  readonly name: string | undefined
  /** The one homogeneous material the part consists of, when it is stated. */
  readonly material: string | undefined
  /** Mass of one piece in grams. */
  readonly massGrams: Decimal | undefined
  /** What the part is to the law, beyond being a part: `packaging`, `battery`, `food-contact`. */
  readonly categories?: ReadonlyArray<string> | undefined
  /** Who supplies or makes it, as the BOM writes the name. */
  readonly supplier?: string | undefined
}

/** `quantity` pieces of `child` go into one `parent`; both are part keys. */
export interface BomLine {
  readonly parent: string
  readonly child: string
  readonly quantity: Decimal
  /** Nobody states how many go in ("as required"): 1 stands for it, and no mass can be summed over the line. */
  readonly uncounted?: boolean | undefined
}

/** A product with every part below it, each once, however often it is used. Acyclic. */
export interface Bom {
  readonly product: string
  readonly parts: ReadonlyMap<string, Part>
  /** Grouped by parent, in document order. */
  readonly lines: ReadonlyMap<string, ReadonlyArray<BomLine>>
}
