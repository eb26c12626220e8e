import { approximately, fromExact, multiply, subtract, sum, zero, type Rational } from '../rational.ts'
import type { Scheme } from '../rule/scheme.ts'
import { shareOf, totalWeight } from '../score/composite.ts'
import { partOn, type Scorecard } from '../score/scorecard.ts'

/** What a part comes to on a card: its share, its score and their product. */
export interface Term {
  readonly share: Rational
  readonly score: Rational | null
  readonly term: Rational
}

/** A part that does not apply, or weighs nothing, adds nothing. */
export function termOn(card: Scorecard, key: string): Term {
  const part = partOn(card, key)
  if (part?.exact == null) return { share: zero, score: null, term: zero }
  const share = shareOf(part.weight, totalWeight(card.components))
  const score = fromExact(part.exact)
  return { share, score, term: multiply(share, score) }
}

/** Deviations from the mean. Differences are taken exactly first, so that equal values deviate by exactly 0. */
export function centred(values: readonly Rational[]): number[] {
  const differences = values.map((value) => approximately(subtract(value, values[0] as Rational)))
  const mean = differences.reduce((total, value) => total + value, 0) / differences.length
  return differences.map((value) => value - mean)
}

export const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((total, value, index) => total + value * (b[index] as number), 0)

/** How the composites of a ranking spread: exact, out of 100, before adjustments and bounds. */
export const compositesCentred = ({ components }: Scheme, cards: readonly Scorecard[]): number[] =>
  centred(cards.map((card) => sum(components.map(({ key }) => termOn(card, key).term))))
