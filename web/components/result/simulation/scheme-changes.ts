import { format, hundredths, type Hundredths } from '#assessment/rational'
import { kindsIn, type Ledger, type Scheme } from '#assessment/rule/scheme'
import { typedPoints } from '#assessment/typed'
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

/** Grades with a band of their own, the last left out. */
const bandedGrades = ({ grades }: Pick<Scheme, 'grades'>) =>
  grades.slice(0, -1).flatMap((grade) => (grade.from === null ? [] : [{ ...grade, from: grade.from }]))

/** The figures there are: weights, points of every kind and severity, and lower bounds of all grades but the last. */
export const figuresOf: Readonly<Record<Changeable, (scheme: Scheme) => Figure[]>> = {
  weights: ({ components }) => components.map(({ name, weight }) => ({ name, value: weight })),
  points: (scheme) =>
    kindsIn(scheme).flatMap(({ name, severities }) =>
      severities.map((severity) => ({
        name: severities.length > 1 ? `${name}·${severity.name}` : name,
        value: severity.points,
      })),
    ),
  bands: (scheme) => bandedGrades(scheme).map(({ name, from }) => ({ name, value: from })),
}

/** A figure as typed, in hundredths; null when it is none with at most two decimals. */
export function figureFrom(text: string): Hundredths | null {
  const read = typedPoints(text, 9_999_999)
  return 'value' in read ? read.value : null
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
  let passed = 0
  const withPoints = <Of extends Ledger>(ledger: Of): Of => ({
    ...ledger,
    kinds: ledger.kinds.map((kind) => ({
      ...kind,
      severities: kind.severities.map((severity) => ({
        ...severity,
        points: points[passed++] ?? severity.points,
      })),
    })),
  })
  const banded = bandedGrades(scheme).map(({ name }) => name)
  return {
    ...scheme,
    components: scheme.components.map((component, place) => {
      const weight = weights[place] ?? component.weight
      return component.method === 'deductions'
        ? { ...withPoints(component), weight }
        : { ...component, weight }
    }),
    adjustments: scheme.adjustments && withPoints(scheme.adjustments),
    grades: scheme.grades.map((grade) => ({
      ...grade,
      from: bands[banded.indexOf(grade.name)] ?? grade.from,
    })),
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
