import { approximately } from '../rational.ts'
import { rankedCards } from './robustness-input.ts'
import { centred, compositesCentred, product, termOn, type Term } from './spread.ts'
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

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((total, value) => total + value, 0) / values.length

/**
 * Effective weights beside nominal ones, per ranking of the scheme, over its ranked units; composites are exact and before
 * adjustments. Where shares differ by unit the nominal one is their mean. After the OECD/JRC Handbook on Constructing Composite Indicators (2008).
 */
export function effectiveWeights(assessed: Assessed, scheme: Scheme): RankingWeights[] {
  return rankedCards(assessed, scheme).map(({ group, cards }) => {
    const columns = scheme.components.map(({ key }) => cards.map((card) => termOn(card, key)))
    const composite = compositesCentred(scheme, cards)
    const spread = product(composite, composite)
    const deviations = columns.map((column) => {
      const scores = column.flatMap(({ score }) => score ?? [])
      const from = centred(scores)
      return { square: product(from, from), count: scores.length }
    })
    const widest = Math.max(...deviations.map(({ square }) => square))

    return {
      group,
      ranked: cards.length,
      components: scheme.components.map(({ key, name }, index) => {
        const column = columns[index] as Term[]
        const { square, count } = deviations[index] as (typeof deviations)[number]
        return {
          key,
          name,
          nominal: average(column.map(({ share }) => approximately(share))),
          effective:
            spread === 0 ? null : product(centred(column.map(({ term }) => term)), composite) / spread,
          deviation: Math.sqrt(square / Math.max(1, count)),
          separates: cards.length < 2 || (square > 0 && square * 100 >= widest),
        }
      }),
    }
  })
}
