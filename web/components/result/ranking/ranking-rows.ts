import { approximately, type Decimal } from '#assessment/rational'
import { gradeLineFor, type Scheme } from '#assessment/rule/scheme'
import type { Standing } from '#assessment/score/scorecard'
import { nearLine } from './near-line.ts'
import { gradeLines, sharesOn, tierOf } from '../shares.ts'

/** A standing as the table shows it; component scores in scheme order. */
export interface RankingRow {
  readonly standing: Standing
  /** Rank in the same group the year before. */
  readonly previousRank: number | null
  readonly tier: number | null
  readonly near: string | null
  readonly scores: readonly (Decimal | null)[]
  /** Whether each part counts for the unit; one that does not apply, or is not in an interim basis, does not. */
  readonly counts: readonly boolean[]
}

/** A standing as the server tells it. */
type RankedStanding = Standing & { readonly previousRank?: number | null }

/** What a pending unit has so far: of its known parts, each with its share. */
const knownPoints = (scheme: Scheme, standing: Standing): number =>
  sharesOn(scheme, standing).reduce((sum, share, place) => {
    const score = standing.components[scheme.components[place]?.name ?? ''] ?? null
    return share === null || score === null ? sum : sum + approximately(share) * Number(score)
  }, 0)

/** Standings as rows in the order of the ranking; pending units by what is known of them. */
export function rankingRows(standings: readonly RankedStanding[], scheme: Scheme): RankingRow[] {
  const isPending = ({ composite }: Standing): boolean => composite === null
  const known = new Map(
    standings.filter(isPending).map((standing) => [standing.unitId, knownPoints(scheme, standing)]),
  )
  const ordered = [...standings].sort(
    (a, b) =>
      Number(isPending(a)) - Number(isPending(b)) || (known.get(b.unitId) ?? 0) - (known.get(a.unitId) ?? 0),
  )
  return ordered.map((standing) => ({
    standing,
    previousRank: standing.previousRank ?? null,
    tier: tierOf(scheme, standing.grade),
    near: standing.grade === null ? null : nearLine(scheme, standing.composite, standing.group),
    scores: scheme.components.map(({ name }) => standing.components[name] ?? null),
    counts: scheme.components.map(({ name }) => name in standing.components),
  }))
}

/** A grade of this name stands for the units without one. */
export const pendingGrade = 'pending'

export const hasGrade = ({ standing }: RankingRow, grade: string): boolean =>
  (standing.grade ?? pendingGrade) === grade

/** What stands between two units: a grade line — of no score where a quota or a veto ends the grade — or the heading of the pending ones. */
export type RankingBand = { readonly key: string } & (
  | { readonly type: 'line'; readonly grade: string; readonly tier: number; readonly from: number | null }
  | { readonly type: 'pending' }
)

/** Grade lines are drawn where the grade falls, the last grade's included, so the decision stands between two ranks. */
export function bandsBefore(scheme: Scheme, row: RankingRow, before: RankingRow | undefined): RankingBand[] {
  const isPending = ({ standing }: RankingRow): boolean => standing.composite === null
  if (isPending(row)) return before && isPending(before) ? [] : [{ type: 'pending', key: 'pending' }]
  if (row.tier === null) return []
  if (!before || before.tier === null || before.tier >= row.tier) return []
  const first = before.tier
  const isQuotaFilled = !gradeLines(scheme, row.standing.group).some(
    ({ name, from }) => name === scheme.grades[first]?.name && Number(row.standing.composite) * 100 < from,
  )
  return scheme.grades.slice(first, row.tier).map((grade, step) => ({
    type: 'line',
    key: `line ${grade.name}`,
    grade: grade.name,
    tier: first + step,
    from: step === 0 && isQuotaFilled ? null : gradeLineFor(grade, row.standing.group).from,
  }))
}
