import { departmentGroup, demoDepartment, type Place } from './city.ts'
import { randomFor } from './random.ts'

/** What a unit's year is aimed at; the marks are laid out so that it comes true. */
export interface Form {
  /** Composite aimed at. */
  readonly composite: number
  /** Problems that cost points. */
  readonly lost: number
  /** Problems that do not, in the end. */
  readonly settled: number
  /** Verified self-assessment by window, on a scale of 100 in tenths. */
  readonly verified: Readonly<Record<string, number>>
  /** The external mark, where it is given rather than derived from the composite aimed at. */
  readonly external: number | null
}

const within = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value))
/** Turns back what runs over an end, so that the best and the worst do not all meet there. */
const folded = (least: number, value: number, most: number): number =>
  within(least, value > most ? 2 * most - value : value < least ? 2 * least - value : value, most)
const tenths = (value: number): number => Math.round(value * 10) / 10

/** 98.50, 88.50 and 83.50 make exactly 90.00: the department whose people have accounts stands on the line. */
const onTheLine: Form = {
  composite: 90,
  lost: 1,
  settled: 3,
  verified: { H1: 89.2, H2: 87.8 },
  external: 83.5,
}

/** A unit keeps its character over the years, with good and bad years. `age` counts years back from the current one. */
export function formOf(place: Place, year: number, age: number, windows: readonly string[]): Form {
  if (place.name === demoDepartment && age === 1) return onTheLine
  const isDepartment = place.group === departmentGroup
  const random = randomFor(`${year} form ${place.name}`)
  const character = randomFor(`character ${place.name}`).normal()
  const mean = isDepartment ? 90.9 : 89.4
  const composite = folded(82, mean + 3.2 * character + 1.7 * random.normal(), 97.6)
  const perUnit = isDepartment ? 1 : 2.2
  const lost = Math.round(within(0, (100 - composite) * 0.41 + random.normal() * 1.2, 8) * perUnit)
  const self = 100 - (100 - composite) * 0.8 + random.normal() * 2
  return {
    composite,
    lost,
    settled: Math.round(within(0, 4.1 + random.normal() * 1.5, 8) * perUnit),
    verified: Object.fromEntries(
      windows.map((window) => [window, tenths(within(76, self + random.normal() * 1.5, 99.5))]),
    ),
    external: null,
  }
}
