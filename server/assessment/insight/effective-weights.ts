import { approximately, fromExact, multiply, subtract, sum, type Rational } from '../rational.ts'
import { shareOf } from '../score/composite.ts'
import { rankedCards } from './robustness-input.ts'
import type { Scheme } from '../rule/scheme.ts'
import type { Assessed } from '../score/scorecard.ts'

/** How much of what separates the units of a ranking comes from one component. */
export interface EffectiveWeight {
  readonly key: string
  readonly name: string
  /** Share by the scheme: weight ÷ Σ weights. */
  readonly nominal: number
  /**
   * Share of the variance of the composite: covariance(share × score, composite) ÷ variance(composite). The shares of a
   * ranking sum to 1; one is negative when the component runs against the others. Null when all composites are equal.
   */
  readonly effective: number | null
  /** Standard deviation of the component's score over the ranked units, in marks. */
  readonly deviation: number
  /** False when that is nothing, or less than a tenth of the widest component's; true with fewer than two units. */
  readonly separates: boolean
}

export interface RankingWeights {
  /** Null when the scheme ranks across groups. */
  readonly group: string | null
  /** Units with a composite. */
  readonly ranked: number
  readonly components: readonly EffectiveWeight[]
}

/** Deviations from the mean. Differences are taken exactly first, so that equal values deviate by exactly 0. */
function centred(values: readonly Rational[]): number[] {
  const differences = values.map((value) => approximately(subtract(value, values[0] as Rational)))
  const mean = differences.reduce((total, value) => total + value, 0) / differences.length
  return differences.map((value) => value - mean)
}

const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, value, index) => total + value * (b[index] as number), 0)

/**
 * Effective weights beside nominal ones, per ranking of the scheme, over its ranked units; composites are exact and before
 * any bonus. After the OECD/JRC Handbook on Constructing Composite Indicators (2008).
 */
export function effectiveWeights(assessed: Assessed, scheme: Scheme): RankingWeights[] {
  const shares = scheme.components.map((component) => shareOf(component, scheme.components))
  return rankedCards(assessed, scheme).map(({ group, cards }) => {
    const scores = cards.map((card) => card.components.map(({ exact }) => fromExact(exact as string)))
    const composites = scores.map((row) =>
      sum(row.map((score, index) => multiply(shares[index] as Rational, score))),
    )
    const composite = centred(composites)
    const spread = product(composite, composite)
    const columns = scheme.components.map((_, index) => centred(scores.map((row) => row[index] as Rational)))
    const squares = columns.map((column) => product(column, column))
    const widest = Math.max(...squares)

    return {
      group,
      ranked: cards.length,
      components: scheme.components.map(({ key, name }, index) => {
        const nominal = approximately(shares[index] as Rational)
        const square = squares[index] as number
        return {
          key,
          name,
          nominal,
          effective:
            spread === 0 ? null : (nominal * product(columns[index] as number[], composite)) / spread,
          deviation: Math.sqrt(square / Math.max(1, cards.length)),
          separates: cards.length < 2 || (square > 0 && square * 100 >= widest),
        }
      }),
    }
  })
}
