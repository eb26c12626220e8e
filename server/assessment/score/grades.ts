import { gradeAt } from './composite.ts'
import type { Rational } from '../rational.ts'
import { excellenceAllowed, type Ranked, type Rankable } from './ranking.ts'
import type { DeductionKind, Scheme } from '../rule/scheme.ts'
import type { GradeAdjustment } from './scorecard.ts'

/** A unit's composite with the kinds it lost points under. */
export interface Gradable extends Rankable {
  readonly lostUnder: readonly DeductionKind[]
}

export interface Graded {
  readonly grade: string
  readonly adjustments: readonly GradeAdjustment[]
}

/** 一票否决: a lost point under a veto kind leaves no better grade than the one it names. */
function vetoed(
  scheme: Scheme,
  at: number,
  lostUnder: readonly DeductionKind[],
): { at: number; adjustments: GradeAdjustment[] } {
  const names = scheme.grades.map((grade) => grade.name)
  let lowest = at
  const adjustments: GradeAdjustment[] = []
  for (const kind of lostUnder) {
    const forced = kind.veto === null ? -1 : names.indexOf(kind.veto)
    if (forced > lowest) {
      adjustments.push({ code: 'veto', kind: kind.name, from: names[lowest] as string })
      lowest = forced
    }
  }
  return { at: lowest, adjustments }
}

/**
 * Grades of one ranking (等次, 考核办法 四(四)), read off the rounded composite, then lowered by vetoes and by the quota for
 * the best grade: units beyond the allowed number, and all that tie across that line, take the next grade.
 */
export function gradesOf(scheme: Scheme, ranking: readonly Ranked<Gradable>[]): Map<string, Graded> {
  const quota = scheme.excellenceQuota
  const allowed = quota === null ? ranking.length : excellenceAllowed(quota, ranking.length)
  const nameAt = (at: number): string => (scheme.grades[at] as { name: string }).name
  const graded = new Map<string, Graded>()

  const candidates = ranking.flatMap(({ unit, rank }) => {
    if (rank === null) return []
    const banded = gradeAt(scheme.grades, unit.composite as Rational)
    return [{ unit, rank, ...vetoed(scheme, banded, unit.lostUnder) }]
  })
  const best = candidates.filter(({ at }) => at === 0)
  const lastAllowed = best[allowed - 1]?.rank
  const crossesLine = best[allowed] !== undefined && best[allowed].rank === lastAllowed

  best.forEach((one, index) => {
    if (index >= allowed || (crossesLine && one.rank === lastAllowed)) {
      one.adjustments.push({ code: 'quota', allowed, from: nameAt(0) })
      one.at = Math.min(1, scheme.grades.length - 1)
    }
  })
  for (const { unit, at, adjustments } of candidates)
    graded.set(unit.unitId, { grade: nameAt(at), adjustments })
  return graded
}
