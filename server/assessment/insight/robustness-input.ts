import { approximately, fromExact } from '../rational.ts'
import { allowedBy, bestLeft } from '../score/grades.ts'
import { rankable } from '../score/one-unit.ts'
import type { RobustnessInput } from './robustness.ts'
import { gradeLineFor, scaleFor, type Scheme } from '../rule/scheme.ts'
import { partOn, type Assessed, type Scorecard } from '../score/scorecard.ts'

/** The units of each ranking that have a composite, in unit order: one ranking per group, or one over all (group null). */
export function rankedCards(
  assessed: Assessed,
  scheme: Scheme,
): { group: string | null; cards: readonly Scorecard[]; taking: number }[] {
  const ranked = assessed.scorecards.filter((card) => card.composite !== null)
  if (scheme.rankAcrossGroups) return [{ group: null, cards: ranked, taking: assessed.scorecards.length }]
  const groups = [...new Set(assessed.scorecards.map((card) => card.group))]
  const within = (cards: readonly Scorecard[], group: string) => cards.filter((card) => card.group === group)
  return groups.map((group) => ({
    group,
    cards: within(ranked, group),
    taking: within(assessed.scorecards, group).length,
  }))
}

const marks = (points: number | null): number | null => (points === null ? null : points / 100)

function unitFrom(scheme: Scheme, card: Scorecard): RobustnessInput['units'][number] {
  const parts = scheme.components.map(({ key }) => partOn(card, key))
  const { lost, gained } = card.adjustment ?? { lost: 0, gained: 0 }
  const cap = scheme.adjustments?.gainCap ?? Infinity
  const numbers = card.vetoes.flatMap(({ veto }) => (veto.type === 'at-most' ? [veto.composite] : []))
  return {
    unitId: card.unitId,
    scores: parts.map((part) => (part?.exact == null ? 0 : approximately(fromExact(part.exact)))),
    // A part that weighs nothing may be pending beside a composite.
    weights: parts.map((part) => (part?.exact == null ? 0 : part.weight)),
    scale: scaleFor(scheme, card.group) / 10_000,
    lost: lost / 100,
    gained: Math.min(gained, cap) / 100,
    atMost: numbers.length === 0 ? null : Math.min(...numbers) / 100,
    last: rankable(card).last,
    bestGrade: bestLeft(scheme, card),
    lines: scheme.grades.map((grade) => marks(gradeLineFor(grade, card.group).from)),
  }
}

/** What `rankIntervals` needs, per ranking of the scheme; pending units are left out. */
export function robustnessInput(assessed: Assessed, scheme: Scheme): RobustnessInput[] {
  const { adjustments, ceiling, decimals, rounding, ties, quotas } = scheme
  return rankedCards(assessed, scheme).map(({ group, cards, taking }) => ({
    group,
    units: cards.map((card) => unitFrom(scheme, card)),
    unlock: adjustments?.unlock
      ? { from: adjustments.unlock.from / 100, inclusive: adjustments.unlock.inclusive }
      : null,
    ceiling: marks(ceiling),
    grades: scheme.grades.map((grade) => ({
      name: grade.name,
      allowed: allowedBy(gradeLineFor(grade, group ?? ''), scheme, taking),
    })),
    tieAcross: quotas.tieAcross,
    decimals,
    rounding,
    ties,
  }))
}
