import {
  compare,
  decimal,
  divide,
  format,
  hundred,
  multiply,
  subtract,
  sum,
  whole,
  zero,
  type Decimal,
  type Rational,
} from '#assessment/rational'
import type { Scheme } from '#assessment/rule/scheme'
import type { RankingRow } from './ranking-rows.ts'
import { onScale, sharesOn } from '../shares.ts'

/** How many units hold each grade, best first, and how many are pending. */
export function gradeCounts(rows: readonly RankingRow[], scheme: Scheme) {
  return {
    grades: scheme.grades.map(({ name }, tier) => ({
      name,
      tier,
      count: rows.filter((row) => row.tier === tier).length,
    })),
    pending: rows.filter(({ standing }) => standing.composite === null).length,
  }
}

export interface LossShare {
  readonly component: string
  /** Mean composite points lost per ranked unit. */
  readonly mean: Decimal
  /** Of everything lost, in whole per cent. */
  readonly percent: number
}

/** Which component costs the ranked units most; null when nothing is ranked or nothing lost. */
export function dearestComponent(rows: readonly RankingRow[], scheme: Scheme): LossShare | null {
  const ranked = rows.filter((row) => row.standing.composite !== null)
  if (ranked.length === 0) return null
  const shares = ranked.map(({ standing }) => sharesOn(scheme, standing))
  const lost = scheme.components.map((_, index): Rational => {
    const losses = ranked.map(({ scores, standing }, at) =>
      onScale(
        scheme,
        standing.group,
        multiply(shares[at]?.[index] ?? zero, subtract(hundred, decimal(scores[index] ?? '100'))),
      ),
    )
    return divide(sum(losses), whole(ranked.length))
  })
  const total = sum(lost.filter((value) => compare(value, zero) > 0))
  if (compare(total, zero) <= 0) return null
  const place = lost.reduce(
    (best, value, index) => (compare(value, lost[best] ?? zero) > 0 ? index : best),
    0,
  )
  const mean = lost[place] ?? zero
  return {
    component: scheme.components[place]?.name ?? '',
    mean: format(mean),
    percent: Number(format(multiply(divide(mean, total), hundred), 0)),
  }
}

/** A component stands out when it takes more than this share of all losses, in per cent, per part of an even split. */
const standsOutBy = 1.2

export const standsOut = (loss: LossShare, components: number): boolean =>
  components > 1 && loss.percent >= (100 / components) * standsOutBy
