/**
 * Units of mass and of mass shares with their exact factors. Avoirdupois units follow the
 * international yard and pound agreement of 1959 (1 lb = 453.59237 g). The troy ounce is never
 * inferred from "oz".
 */
import * as Decimal from "./Decimal.ts"
import { remembered } from "./remembered.ts"

export interface Unit {
  /** What values of this unit become. */
  readonly canonical: "mg" | "ppm"
  /** Canonical units in one of this unit. */
  readonly factor: Decimal.Decimal
  /** The factor as the nearest double. */
  readonly size: number
}

/** A unit, and the text that states it. */
export interface StatedUnit {
  readonly unit: Unit | undefined
  readonly text: string
}

const table = (canonical: Unit["canonical"], factors: Record<string, string>): Array<[string, Unit]> =>
  Object.entries(factors).flatMap(([factor, names]) =>
    names
      .split(" ")
      .map((name): [string, Unit] => [
        name.replaceAll("_", " "),
        { canonical, factor: Decimal.parse(factor) as Decimal.Decimal, size: Number(factor) }
      ])
  )

/** Keyed by the unit in lower case, without periods, with single spaces; micro signs as `u`. */
const units: ReadonlyMap<string, Unit> = new Map([
  ...table("mg", {
    "0.000001": "ng nanogram nanograms",
    "0.001": "ug mcg microgram micrograms",
    "1": "mg milligram milligrams milligramm mg/pc mg/pcs mg/piece mg/ea mg/stk 毫克",
    "1000": "g gr. gram grams gramm gramme grammes grammi gramos g/pc g/pcs g/piece g/ea g/stk 克",
    "1000000": "kg kilo kilogram kilograms kilogramm 千克 公斤",
    "1000000000": "t tonne tonnes metric_ton metric_tons",
    "453592.37": "lb lbs pound pounds",
    "28349.523125": "oz ounce ounces",
    "64.79891": "gr grain grains",
    "31103.4768": "ozt oz_t troy_oz troy_ounce"
  }),
  ...table("ppm", {
    "1000000": "fraction g/g kg/kg 0-1",
    "10000":
      "% %_w/w %w/w %_m/m %m/m %_(w/w) %(w/w) %_(m/m) w% wt% wt_% wt-% m% m-% % masspercent mass% mass_% mass-% percent pct percent_by_weight %_by_weight weight% weight_% gew% gew-% gew_% %w %wt %_wt masse% masse-% masse_% massenprozent prozent ma% ma-%",
    "1000": "‰ permille per_mille g/kg mg/g ug/mg",
    "1": "ppm ppm_w/w ppmw ppm_(w/w) ppm_wt wtppm weight_ppm mg/kg ug/g parts_per_million",
    "0.001": "ppb ug/kg ng/g parts_per_billion",
    "0.000001": "ppt ng/kg parts_per_trillion"
  })
])

/** The unit of a text such as `mg`, `µg`, `wt.%`, `mg/kg`; `undefined` for units of anything but mass and mass shares. */
export const unitOf: (text: string) => Unit | undefined = remembered(
  (text) => units.get(text.trim().toLowerCase()) ?? units.get(normalised(text))
)

export const isPercent = (unit: Unit): boolean => unit.canonical === "ppm" && unit.size === 10_000

const normalised = (text: string): string =>
  text
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replaceAll(/[µμ]/g, "u")
    .replaceAll(".", "")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\s*\/\s*/g, "/")

/** Whether the text is a unit people measure restricted substances in that cannot become a mass share. */
export const isForeignUnit = (text: string): boolean =>
  /^(ppmv|ppbv|vol\s?%|%\s?v\/v|%\s?\(?v\/v\)?|at(om)?\s?%|mol\s?%|cps|[munk]?g\s?\/\s?([dcm]?m[²2³3]|m?l|l|week|cm[²2]\s?\/\s?week)|mol(\/.*)?|m[mc]?|[dc]m[²2]?|pcs?|pieces?|ea|each|stk|stück|m?l|bq(\/.*)?)$/u.test(
    normalised(text)
  )
