import { approximately, fromExact } from '../rational.ts'
import type { RobustnessInput } from './robustness.ts'
import type { Scheme } from '../rule/scheme.ts'
import type { Assessed, Scorecard } from '../score/scorecard.ts'

/** The units of each ranking that have a composite, in unit order: one ranking per group, or one over all (group null). */
export function rankedCards(
  assessed: Assessed,
  scheme: Scheme,
): { group: string | null; cards: readonly Scorecard[] }[] {
  const ranked = assessed.scorecards.filter((card) => card.composite !== null)
  if (scheme.rankAcrossGroups) return [{ group: null, cards: ranked }]
  const groups = [...new Set(assessed.scorecards.map((card) => card.group))]
  return groups.map((group) => ({ group, cards: ranked.filter((card) => card.group === group) }))
}

/** Position of the best grade left by the veto kinds under which the unit lost points; 0 when there is none. */
function bestGradeOf(scheme: Scheme, card: Scorecard): number {
  const names = scheme.grades.map((grade) => grade.name)
  const lostUnder = new Set(
    card.components.flatMap(({ steps }) =>
      steps.method === 'deductions' ? steps.kinds.filter((kind) => kind.count > 0).map(({ key }) => key) : [],
    ),
  )
  const vetoes = scheme.components.flatMap((component) =>
    component.method === 'deductions'
      ? component.kinds.flatMap(({ key, veto }) =>
          veto !== null && lostUnder.has(key) ? [names.indexOf(veto)] : [],
        )
      : [],
  )
  return Math.max(0, ...vetoes)
}

/**
 * What `rankIntervals` needs, per ranking of the scheme; pending units are left out. A bonus is the one awarded under the
 * scheme's own weights: whether it is unlocked is not drawn again.
 */
export function robustnessInput(assessed: Assessed, scheme: Scheme): RobustnessInput[] {
  return rankedCards(assessed, scheme).map(({ group, cards }) => ({
    group,
    units: cards.map((card) => ({
      unitId: card.unitId,
      scores: card.components.map(({ exact }) => approximately(fromExact(exact as string))),
      bonus: Number(card.bonus),
      bestGrade: bestGradeOf(scheme, card),
    })),
    weights: scheme.components.map((component) => component.weight),
    grades: scheme.grades,
    decimals: scheme.decimals,
    rounding: scheme.rounding,
    ties: scheme.ties,
  }))
}
