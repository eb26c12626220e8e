import { decimal, compare, type Decimal } from '#assessment/rational'
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

/** Columns beside the components' that people may leave out. */
export const extraColumns = ['previous', 'interval'] as const
export type ExtraColumn = (typeof extraColumns)[number]

export interface RankingFilter {
  readonly grade: string
  readonly near: boolean
  /** Whether the unit's name fits what was typed. */
  readonly fits: (name: string) => boolean
}

/** A grade of this name stands for the units without one. */
export const pendingGrade = 'pending'

export const filterRows = (rows: readonly RankingRow[], { grade, near, fits }: RankingFilter): RankingRow[] =>
  rows.filter(
    (row) =>
      (grade === '' || (row.standing.grade ?? pendingGrade) === grade) &&
      (!near || row.near !== null) &&
      fits(row.standing.unit),
  )

/** `rank`, `unit`, `composite` or the place of a component, with a leading `-` for downwards. */
export type RankingSort = string

const byScore = (a: Decimal | null, b: Decimal | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : compare(decimal(a), decimal(b))

/** Rows in the wanted order; whatever has no score yet stays behind what has one. */
export function sortRows(rows: readonly RankingRow[], sort: RankingSort): RankingRow[] {
  const descending = sort.startsWith('-')
  const column = descending ? sort.slice(1) : sort
  if (column === '' || column === 'rank') return [...rows]
  if (column === 'unit') {
    const sorted = [...rows].sort((a, b) => a.standing.unit.localeCompare(b.standing.unit, 'zh'))
    return descending ? sorted.reverse() : sorted
  }
  const scoreOf = (row: RankingRow): Decimal | null =>
    column === 'composite' ? row.standing.composite : (row.scores[Number(column)] ?? null)
  return [...rows].sort((a, b) => {
    const [first, second] = [scoreOf(a), scoreOf(b)]
    const order = byScore(first, second)
    return descending && first !== null && second !== null ? -order : order
  })
}

/** What stands in the table: a unit, a grade line between two ranks, or the heading of the pending ones. */
export type RankingEntry =
  | { readonly type: 'unit'; readonly row: RankingRow }
  | { readonly type: 'line'; readonly grade: string; readonly tier: number; readonly from: number }
  | { readonly type: 'pending'; readonly count: number }

/** Grade lines are drawn where the grade falls, the last grade's included, so the decision stands between two ranks. */
export function withLines(rows: readonly RankingRow[], scheme: Scheme): RankingEntry[] {
  const pending = rows.filter((row) => row.tier === null).length
  return rows.flatMap((row, index): RankingEntry[] => {
    const before = rows[index - 1]
    const unit: RankingEntry = { type: 'unit', row }
    if (row.tier === null)
      return before && before.tier === null ? [unit] : [{ type: 'pending', count: pending }, unit]
    if (!before || before.tier === null || before.tier >= row.tier) return [unit]
    const crossed = scheme.grades.slice(before.tier, row.tier)
    return [
      ...crossed.map((grade, step): RankingEntry => ({
        type: 'line',
        grade: grade.name,
        tier: (before.tier ?? 0) + step,
        from: grade.from,
      })),
      unit,
    ]
  })
}
