import {
  compare,
  hundredths,
  min,
  multiply,
  ratio,
  sum,
  type Hundredths,
  type Rational,
} from '../rational.ts'
import type { BonusRule, Component, Grade } from '../rule/scheme.ts'

/** A component's share of the composite: weight ÷ Σ weights, exact. */
export function shareOf(component: Component, components: readonly Component[]): Rational {
  const total = components.reduce((weights, { weight }) => weights + weight, 0)
  return ratio(BigInt(component.weight), BigInt(total))
}

/** 综合成绩 before rounding: Σ share × score (考核办法 四(四)); null while any score is. */
export function compositeOf(scores: readonly { share: Rational; score: Rational | null }[]): Rational | null {
  const terms = scores.flatMap(({ share, score }) => (score === null ? [] : [multiply(share, score)]))
  return terms.length === scores.length ? sum(terms) : null
}

/** 加分: the points up to the cap, for a composite that reached the unlocking mark; else 0. */
export function bonusOf(rule: BonusRule, composite: Rational, points: Hundredths): Rational {
  const unlocked = compare(composite, hundredths(rule.unlockedFrom)) >= 0
  return unlocked ? min(hundredths(points), hundredths(rule.cap)) : hundredths(0)
}

/**
 * Position of the grade in a scheme's list, best first. Bands are half-open: 以上 includes its number. The composite is
 * already rounded; one below every band takes the last.
 */
export function gradeAt(grades: readonly Grade[], rounded: Rational): number {
  const at = grades.findIndex((grade) => compare(rounded, hundredths(grade.from)) >= 0)
  return at === -1 ? grades.length - 1 : at
}
