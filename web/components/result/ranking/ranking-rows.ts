import type { Decimal } from '#assessment/rational'
import type { Scheme } from '#assessment/rule/scheme'
import type { Standing } from '#assessment/score/scorecard'
import { nearLine } from './near-line.ts'
import { tierOf } from '../shares.ts'

/** A standing as the table shows it; component scores in scheme order. */
export interface RankingRow {
  readonly standing: Standing
  /** Rank in the same group the year before. */
  readonly previousRank: number | null
  readonly tier: number | null
  readonly near: string | null
  readonly scores: readonly (Decimal | null)[]
}

/** A standing as the server tells it. */
type RankedStanding = Standing & { readonly previousRank?: number | null }

export const rankingRows = (standings: readonly RankedStanding[], scheme: Scheme): RankingRow[] =>
  standings.map((standing) => ({
    standing,
    previousRank: standing.previousRank ?? null,
    tier: tierOf(scheme, standing.grade),
    near: nearLine(scheme, standing.composite),
    scores: scheme.components.map(({ name }) => standing.components[name] ?? null),
  }))

/** A grade of this name stands for the units without one. */
export const pendingGrade = 'pending'

export const hasGrade = ({ standing }: RankingRow, grade: string): boolean =>
  (standing.grade ?? pendingGrade) === grade

/** What stands between two units: a grade line, or the heading of the pending ones. */
export type RankingBand = { readonly key: string } & (
  | { readonly type: 'line'; readonly grade: string; readonly tier: number; readonly from: number }
  | { readonly type: 'pending' }
)

/** Grade lines are drawn where the grade falls, the last grade's included, so the decision stands between two ranks. */
export function bandsBefore(scheme: Scheme, row: RankingRow, before: RankingRow | undefined): RankingBand[] {
  if (row.tier === null) return before && before.tier === null ? [] : [{ type: 'pending', key: 'pending' }]
  if (!before || before.tier === null || before.tier >= row.tier) return []
  const first = before.tier
  return scheme.grades.slice(first, row.tier).map(({ name, from }, step) => ({
    type: 'line',
    key: `line ${name}`,
    grade: name,
    tier: first + step,
    from,
  }))
}
