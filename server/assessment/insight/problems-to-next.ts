import { bonusOf, compositeOf, gradeAt, shareOf } from '../score/composite.ts'
import type { Day } from '../day.ts'
import type { Facts } from '../score/facts.ts'
import { add, fromExact, ratio, round, type Hundredths } from '../rational.ts'
import type { DeductionsComponent, Scheme } from '../rule/scheme.ts'
import type { DeductionSteps, Scorecard } from '../score/scorecard.ts'

/** The most that taking back 0, 1, 2 … problems brings, by their number. */
type Gains = readonly number[]

/** Problems of both: for every number the best way to split it. */
const together = (first: Gains, second: Gains): Gains =>
  Array.from({ length: first.length + second.length - 1 }, (_, count) => {
    let most = 0
    for (let here = Math.max(0, count - second.length + 1); here < first.length && here <= count; here++)
      most = Math.max(most, (first[here] as number) + (second[count - here] as number))
    return most
  })

/** Points of one kind that come back; the first of a kind beyond its cap bring nothing. */
function ofKind({ count, cap }: DeductionSteps['kinds'][number], points: Hundredths): Gains {
  const cost = (problems: number): Hundredths => Math.min(problems * points, cap ?? Infinity)
  return Array.from({ length: count + 1 }, (_, revoked) => cost(count) - cost(count - revoked))
}

/** What comes back in a component, weighted; nothing below its floor counts. */
function ofComponent({ kinds, weight, floor }: DeductionsComponent, steps: DeductionSteps): Gains {
  const points = steps.kinds.map((step, index) => ofKind(step, (kinds[index] as { points: number }).points))
  const now = Math.max(steps.raw, floor)
  return points.reduce(together, [0]).map((gain) => (Math.max(steps.raw + gain, floor) - now) * weight)
}

/**
 * The fewest problems lost by a unit without which its composite would reach a better band than `at`, caps, floors and the
 * bonus reckoned in, vetoes and quota not; null when all together are not enough. The card has a composite.
 */
export function problemsToNext(
  scheme: Scheme,
  card: Scorecard,
  bonuses: Facts['bonuses'],
  asOf: Day,
  at: number,
): number | null {
  const weights = scheme.components.reduce((total, { weight }) => total + weight, 0)
  const sum = compositeOf(
    scheme.components.map((component, index) => ({
      share: shareOf(component, scheme.components),
      score: fromExact(card.components[index]?.exact as string),
    })),
  ) as NonNullable<ReturnType<typeof compositeOf>>
  const points = bonuses.filter(({ on }) => on <= asOf).reduce((total, one) => total + one.points, 0)
  const gains = scheme.components
    .flatMap((component, index) =>
      component.method === 'deductions'
        ? [ofComponent(component, card.components[index]?.steps as DeductionSteps)]
        : [],
    )
    .reduce(together, [0])
  const fewest = gains.findIndex((gain) => {
    const reached = add(sum, ratio(BigInt(gain), BigInt(weights) * 100n))
    const exact = scheme.bonus ? add(reached, bonusOf(scheme.bonus, reached, points)) : reached
    return gradeAt(scheme.grades, round(exact, scheme.decimals, scheme.rounding)) < at
  })
  return fewest === -1 ? null : fewest
}
