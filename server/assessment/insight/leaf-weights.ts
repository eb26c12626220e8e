import { approximately, fromExact, isDecimal } from '../rational.ts'
import { totalWeight } from '../score/composite.ts'
import { rankedCards } from './robustness-input.ts'
import { compositesCentred, product } from './spread.ts'
import { leavesOf, verifiedComponents, type Scheme, type VerifiedMarksComponent } from '../rule/scheme.ts'
import { partOn, type Assessed, type Scorecard } from '../score/scorecard.ts'

/** Why a leaf does not help to tell units apart. */
export const leafFaults = ['all-full', 'no-spread', 'against'] as const
export type LeafFault = (typeof leafFaults)[number]

/** What one leaf of an indicator tree does to the composites of a ranking. */
export interface LeafWeight {
  readonly component: string
  readonly key: string
  readonly name: string
  /** First-level area. */
  readonly area: string
  /** Share of the variance of the composite, as `EffectiveWeight` has it; null where all composites are equal. */
  readonly effective: number | null
  /**
   * - everyone has full marks
   * - nobody differs
   * - the better a unit stands, the fewer marks it has here
   */
  readonly fault: LeafFault | null
}

export interface RankingLeaves {
  /** Null when the scheme ranks across groups. */
  readonly group: string | null
  readonly leaves: readonly LeafWeight[]
}

/** Marks of a leaf on a card as a share of its full marks, and what they come to in the composite, in marks; null where it has none. */
interface Held {
  readonly share: number
  readonly term: number
}

function heldOn(card: Scorecard, component: string, leaf: ReadonlySet<string>): Held | null {
  const part = partOn(card, component)
  if (part?.steps.method !== 'verified-marks') return null
  const weight = part.weight / Math.max(1, totalWeight(card.components))
  const windows = part.steps.windows.filter(({ applies, full }) => applies && full !== null)
  const shares = windows.map(({ share }) => approximately(fromExact(share)))
  const total = shares.reduce((sum, share) => sum + share, 0)
  let [marks, full, term] = [0, 0, 0]
  windows.forEach((window, at) => {
    for (const mark of window.marks) {
      if (mark.leaf === null || !leaf.has(mark.leaf) || mark.marks === null || !isDecimal(mark.marks))
        continue
      marks += Number(mark.marks)
      full += Number(mark.full)
      term += (weight * ((shares[at] as number) / total) * 100 * Number(mark.marks)) / Number(window.full)
    }
  })
  return full === 0 ? null : { share: marks / full, term }
}

/** Floats of equal marks miss each other by less. */
const nothing = 1e-9

function faultOf(shares: readonly number[], covariance: number): LeafFault | null {
  if (shares.length < 2) return null
  if (shares.every((share) => share > 1 - nothing)) return 'all-full'
  if (Math.max(...shares) - Math.min(...shares) < nothing) return 'no-spread'
  return covariance < -nothing ? 'against' : null
}

function leavesIn(
  component: VerifiedMarksComponent,
  cards: readonly Scorecard[],
  composite: readonly number[],
): LeafWeight[] {
  const spread = product(composite, composite)
  return component.indicators.flatMap((area) =>
    leavesOf([area]).flatMap((leaf): LeafWeight[] => {
      const names = new Set([leaf.key, leaf.name])
      const held = cards.map((card) => heldOn(card, component.key, names))
      const having = held.filter((each) => each !== null)
      if (having.length === 0) return []
      // Deviations sum to nothing: the terms need not be centred as well.
      const covariance = product(
        held.map((each) => each?.term ?? 0),
        composite,
      )
      return [
        {
          component: component.key,
          key: leaf.key,
          name: leaf.name,
          area: area.name,
          effective: spread === 0 ? null : covariance / spread,
          fault: faultOf(
            having.map(({ share }) => share),
            covariance,
          ),
        },
      ]
    }),
  )
}

/**
 * What each leaf that has verified marks does to the composites of its ranking, over the ranked units, so that next year's rule may be better; in the
 * order of the trees.
 */
export const leafWeights = (assessed: Assessed, scheme: Scheme): RankingLeaves[] =>
  rankedCards(assessed, scheme).map(({ group, cards }) => {
    const composite = compositesCentred(scheme, cards)
    return {
      group,
      leaves: verifiedComponents(scheme).flatMap((component) => leavesIn(component, cards, composite)),
    }
  })
