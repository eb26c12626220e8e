import { shareOf } from '#assessment/score/composite'
import { format, hundredths, min, multiply, type Rational } from '#assessment/rational'
import { deductionComponents, type Scheme } from '#assessment/rule/scheme'

/** Place of a grade in the scheme, 0 = best; null for a pending unit. */
export function tierOf(scheme: Scheme, grade: string | null): number | null {
  const tier = scheme.grades.findIndex(({ name }) => name === grade)
  return tier === -1 ? null : tier
}

/** Every share in scheme order, exact. */
export const sharesOf = (scheme: Scheme): Rational[] =>
  scheme.components.map((component) => shareOf(component, scheme.components))

/** A share in per cent, with decimals only where needed: `30%`, `33.33%`. */
export const percent = (share: Rational): string =>
  `${format(multiply(share, { n: 100n, d: 1n })).replace(/\.?0+$/, '')}%`

/** What the cheapest problem costs in the composite; null when no component deducts. */
export function cheapestProblem(scheme: Scheme): Rational | null {
  const costs = deductionComponents(scheme).flatMap((component) =>
    component.kinds.map(({ points }) => multiply(hundredths(points), shareOf(component, scheme.components))),
  )
  return costs.length === 0 ? null : costs.reduce(min)
}

/** The grade lines people watch, best first: every lower bound except the lowest grade's. */
export const gradeLines = (scheme: Scheme): readonly { readonly name: string; readonly from: number }[] =>
  scheme.grades.slice(0, -1).map(({ name, from }) => ({ name, from }))

/** A grade's half-open band: `[80, 90)`; the best one closes at 100. */
export function bandOf(scheme: Scheme, tier: number): string {
  const bound = (value: number): string => format(hundredths(value)).replace(/\.00$/, '')
  const grade = scheme.grades[tier]
  const better = scheme.grades[tier - 1]
  if (!grade) return ''
  return better ? `[${bound(grade.from)}, ${bound(better.from)})` : `[${bound(grade.from)}, 100]`
}
