import { shareOf, totalWeight } from '#assessment/score/composite'
import { divide, format, hundredths, min, multiply, whole, type Rational } from '#assessment/rational'
import {
  type Component,
  componentFor,
  deductionComponents,
  gradeLineFor,
  isGain,
  isLoss,
  scaleFor,
  type Scheme,
} from '#assessment/rule/scheme'
import type { Standing } from '#assessment/score/scorecard'

/** Place of a grade in the scheme, 0 = best; null for a pending unit. */
export function tierOf(scheme: Scheme, grade: string | null): number | null {
  const tier = scheme.grades.findIndex(({ name }) => name === grade)
  return tier === -1 ? null : tier
}

/** Place of a part in the scheme by its key, by which it is painted. */
export const placeOf = (scheme: Scheme, key: string): number =>
  Math.max(
    0,
    scheme.components.findIndex((component) => component.key === key),
  )

/** Each part as it is for a group, in scheme order; null where it does not apply. */
const partsFor = (scheme: Scheme, group: string): (Component | null)[] =>
  scheme.components.map((component) => componentFor(component, group))

const sharesAmong = (parts: readonly (Component | null)[]): (Rational | null)[] => {
  const total = totalWeight(parts.filter((part) => part !== null))
  return parts.map((part) => part && shareOf(part.weight, total))
}

/** Every share in scheme order, exact, group variants apart. */
export const sharesOf = ({ components }: Pick<Scheme, 'components'>): Rational[] => {
  const total = totalWeight(components)
  return components.map(({ weight }) => shareOf(weight, total))
}
/** The same for a group; null where a part does not apply to it. */
export const sharesFor = (scheme: Scheme, group: string): (Rational | null)[] =>
  sharesAmong(partsFor(scheme, group))

/** The shares of the parts that count for a unit, in scheme order; null for those that do not. */
export const sharesOn = (
  scheme: Scheme,
  { group, components }: Pick<Standing, 'group' | 'components'>,
): (Rational | null)[] =>
  sharesAmong(partsFor(scheme, group).map((part) => (part && part.name in components ? part : null)))

/** A share in per cent, with decimals only where needed: `30%`, `33.33%`. */
export const percent = (share: Rational): string =>
  `${format(multiply(share, { n: 100n, d: 1n })).replace(/\.?0+$/, '')}%`

/** What a number of points of 100 comes to on a group's scale. */
export const onScale = (scheme: Scheme, group: string, value: Rational): Rational =>
  multiply(value, divide(hundredths(scaleFor(scheme, group)), whole(100)))

/** What the cheapest problem costs in the composites of a group; null when no component deducts. */
export function cheapestProblem(scheme: Scheme, group = ''): Rational | null {
  const shares = sharesFor(scheme, group)
  const costs = deductionComponents(scheme).flatMap((component) => {
    const share = shares[placeOf(scheme, component.key)]
    return component.kinds.filter(isLoss).flatMap(({ severities }) =>
      severities.flatMap(({ points }) => {
        if (points === 0 || !share || share.n === 0n) return []
        const outOf = component.full === null ? whole(1) : divide(whole(100), hundredths(component.full))
        return [onScale(scheme, group, multiply(multiply(hundredths(points), outOf), share))]
      }),
    )
  })
  return costs.length === 0 ? null : costs.reduce(min)
}

/** The grade lines people watch in a group, best first: every lower bound except the lowest grade's. */
export const gradeLines = (
  scheme: Scheme,
  group = '',
): readonly { readonly name: string; readonly from: number }[] =>
  scheme.grades.slice(0, -1).flatMap((grade) => {
    const { from } = gradeLineFor(grade, group)
    return from === null ? [] : [{ name: grade.name, from }]
  })

/** A bound without the zeros that say nothing: `90`, `59.5`. */
export const bound = (value: number): string => format(hundredths(value)).replace(/\.?0+$/, '')

/** Whether composites can stand above their scale: a ledger without ceiling, or gains to the total. */
const exceeds = ({ components, adjustments, ceiling, scale }: Scheme): boolean =>
  (ceiling === null || ceiling > scale) &&
  (adjustments?.kinds.some(isGain) ||
    components.some(
      (component) =>
        component.method === 'deductions' &&
        (component.ceiling === 'none' ||
          (component.ceiling !== 'full' && component.ceiling > (component.full ?? 10_000))),
    ))

/** A grade's half-open band in a group: `[80, 90)`; empty where scores say nothing. The best one closes at the full marks where nothing exceeds them. */
export function bandOf(scheme: Scheme, tier: number, group = ''): string {
  const grade = scheme.grades[tier]
  if (!grade) return ''
  const line = gradeLineFor(grade, group)
  const isLast = tier === scheme.grades.length - 1
  const better = scheme.grades.slice(0, tier).map((one) => gradeLineFor(one, group))
  const above = better.findLast(({ from }) => from !== null)?.from ?? null
  // A quota above leaves units of every score to the grades below.
  const isOpenAbove = better.some(({ share, count }) => share !== null || count !== null)
  const from = isLast && line.from === null && above !== null ? 0 : line.from
  if (from === null || (isOpenAbove && isLast && from === 0)) return ''
  if (isOpenAbove || (above === null && exceeds(scheme))) return `≥ ${bound(from)}`
  return above === null
    ? `[${bound(from)}, ${bound(scaleFor(scheme, group))}]`
    : `[${bound(from)}, ${bound(above)})`
}
