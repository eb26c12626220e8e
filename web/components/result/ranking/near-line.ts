import { compare, decimal, hundredths, subtract, type Decimal, type Rational } from '#assessment/rational'
import type { Scheme } from '#assessment/rule/scheme'
import { cheapestProblem, gradeLines } from '../shares.ts'

const size = (value: Rational): Rational => (value.n < 0n ? { n: -value.n, d: value.d } : value)

/** Half a point, where the scheme knows no problems to measure with. */
const halfPoint: Rational = { n: 1n, d: 2n }

/** How close to a grade line counts as near: what the cheapest problem costs. */
export const nearBy = (scheme: Scheme, group = ''): Rational => cheapestProblem(scheme, group) ?? halfPoint

/** The name of the grade whose line the composite is nearer to than one problem, either side; null when none. */
export function nearLine(scheme: Scheme, composite: Decimal | null, group = ''): string | null {
  if (composite === null) return null
  const reach = nearBy(scheme, group)
  const score = decimal(composite)
  const line = gradeLines(scheme, group).find(
    ({ from }) => compare(size(subtract(score, hundredths(from))), reach) < 0,
  )
  return line?.name ?? null
}
