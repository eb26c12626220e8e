import { decimal, divide, format, hundredths, multiply, subtract, whole, type Decimal } from '../rational.ts'
import { comparability } from '../rule/comparability.ts'
import type { Scheme } from '../rule/scheme.ts'
import type { Scorecard, Standing } from '../score/scorecard.ts'

/** What one part did to a unit's composite since the year before. */
export interface PartChange {
  readonly component: string
  readonly name: string
  /** Scores out of a hundred. */
  readonly before: Decimal
  readonly now: Decimal
  /** Points of the composite, signed: the difference times this year's share, on the unit's scale. */
  readonly change: Decimal
}

/** Part by part against the year before, where both years score a part alike and know its score; what fell most first. */
export function partChanges(
  { components, scale }: Pick<Scorecard, 'components' | 'scale'>,
  after: Scheme,
  before: { readonly scheme: Scheme; readonly components: Standing['components'] },
): PartChange[] {
  const comparable = new Set(comparability(before.scheme, after).components)
  const weights = components.reduce((sum, { weight }) => sum + weight, 0)
  return components
    .flatMap(({ key, name, score, weight }): PartChange[] => {
      const named = before.scheme.components.find((component) => component.key === key)?.name
      const earlier = named === undefined ? null : (before.components[named] ?? null)
      if (!comparable.has(key) || score === null || earlier === null) return []
      const share = divide(multiply(whole(weight), hundredths(scale)), whole(weights * 100))
      const change = multiply(share, subtract(decimal(score), decimal(earlier)))
      return [{ component: key, name, before: earlier, now: score, change: format(change) }]
    })
    .sort((a, b) => Number(a.change) - Number(b.change))
}
