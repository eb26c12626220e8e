import { format, hundredths, type Hundredths } from '#assessment/rational'
import { kindsIn, type Scheme } from '#assessment/rule/scheme'
import type { Assessed, Standing } from '#assessment/score/scorecard'

/** What a simulation may change. Each is a list in the scheme's order; null leaves the scheme's own value. */
export const changeable = ['weights', 'points', 'bands'] as const
export type Changeable = (typeof changeable)[number]
export type SchemeChanges = Readonly<Record<Changeable, readonly (Hundredths | null)[]>>

/** One figure of the scheme that may be changed. */
export interface Figure {
  readonly name: string
  readonly value: Hundredths
}

/** The figures there are: weights, points per problem of every kind, and lower bounds of all grades but the last. */
export const figuresOf: Readonly<Record<Changeable, (scheme: Scheme) => Figure[]>> = {
  weights: ({ components }) => components.map(({ name, weight }) => ({ name, value: weight })),
  points: (scheme) => kindsIn(scheme).map(({ name, points }) => ({ name, value: points })),
  bands: ({ grades }) => grades.slice(0, -1).map(({ name, from }) => ({ name, value: from })),
}

/** A figure as typed, in hundredths; null when it is none with at most two decimals. */
export function figureFrom(text: string): Hundredths | null {
  const typed = text.trim()
  return /^\d{1,5}(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : null
}

/** A figure as people type it: `1.5`, `30`. */
export const figureText = (value: Hundredths): string => format(hundredths(value)).replace(/\.?0+$/, '')

/** From the address: `40,,20` leaves the second as it is; what is no figure is left as it is, too. */
export const readChanges = (text: string, count: number): (Hundredths | null)[] => {
  const parts = text.split(',')
  return Array.from({ length: count }, (_, place) => figureFrom(parts[place] ?? ''))
}

/** For the address; empty when nothing is changed. */
export const writeChanges = (values: readonly (Hundredths | null)[]): string =>
  values.every((value) => value === null)
    ? ''
    : values.map((value) => (value === null ? '' : figureText(value))).join(',')

/** The scheme with the changes; it may break the scheme's own rules, which `checkScheme` tells. */
export function changedScheme(scheme: Scheme, { weights, points, bands }: SchemeChanges): Scheme {
  let kindsBefore = 0
  return {
    ...scheme,
    components: scheme.components.map((component, place) => {
      const weight = weights[place] ?? component.weight
      if (component.method !== 'deductions') return { ...component, weight }
      const first = kindsBefore
      kindsBefore += component.kinds.length
      const kinds = component.kinds.map((kind, at) => ({
        ...kind,
        points: points[first + at] ?? kind.points,
      }))
      return { ...component, weight, kinds }
    }),
    grades: scheme.grades.map((grade, place) => ({ ...grade, from: bands[place] ?? grade.from })),
  }
}

/** A unit officially and as simulated. */
export interface SimulatedRow {
  readonly official: Standing
  readonly simulated: Standing
}

/** The units of one group, or of all (null), in the simulated order. */
export function simulatedRows(official: Assessed, simulated: Assessed, group: string | null): SimulatedRow[] {
  const before = new Map(official.standings.map((row) => [row.unitId, row]))
  return simulated.standings.flatMap((row) => {
    const own = before.get(row.unitId)
    return own && (group === null || row.group === group) ? [{ official: own, simulated: row }] : []
  })
}
