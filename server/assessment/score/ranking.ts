import { compare, type Rational } from '../rational.ts'
import type { ExcellenceQuota, Scheme, TieRule } from '../rule/scheme.ts'

/** What ranking needs to know of a unit; `composite` is rounded. */
export interface Rankable {
  readonly unitId: string
  readonly group: string
  readonly composite: Rational | null
}

export interface Ranked<Unit extends Rankable> {
  readonly unit: Unit
  readonly rank: number | null
}

export const nextRank: Record<TieRule, (position: number, previous: number) => number> = {
  /** 1, 2, 2, 4 */
  competition: (position) => position,
  /** 1, 2, 2, 3 */
  dense: (_, previous) => previous + 1,
}

/** Ranks units by rounded composite, best first; equal ones tie and keep their order; pending ones come last, unranked. */
export function rank<Unit extends Rankable>(units: readonly Unit[], ties: TieRule): Ranked<Unit>[] {
  const scored = units.flatMap((unit) =>
    unit.composite === null ? [] : [{ unit, composite: unit.composite }],
  )
  scored.sort((a, b) => compare(b.composite, a.composite))
  let previous = 0
  const ranks: number[] = scored.map(({ composite }, index) => {
    const before = scored[index - 1]
    if (!before || compare(before.composite, composite) !== 0) previous = nextRank[ties](index + 1, previous)
    return previous
  })
  const ranked = scored.map(({ unit }, index) => ({ unit, rank: ranks[index] as number }))
  const pending = units.filter((unit) => unit.composite === null).map((unit) => ({ unit, rank: null }))
  return [...ranked, ...pending]
}

/** The rankings of a scheme: one per group in the order groups first appear, or one over all. */
export function rankings<Unit extends Rankable>(scheme: Scheme, units: readonly Unit[]): Ranked<Unit>[][] {
  if (scheme.rankAcrossGroups) return [rank(units, scheme.ties)]
  const groups = [...new Set(units.map((unit) => unit.group))]
  return groups.map((group) =>
    rank(
      units.filter((unit) => unit.group === group),
      scheme.ties,
    ),
  )
}

/** How many units of a ranking may hold the best grade (优秀比例), rounded down. */
export const excellenceAllowed = (quota: ExcellenceQuota, units: number): number =>
  Math.floor((units * quota.percent) / 10_000)
