import { compare, type Rational } from '../rational.ts'
import type { Scheme, TieRule } from '../rule/scheme.ts'

/** What ranking needs to know of a unit; `composite` is rounded. */
export interface Rankable {
  readonly unitId: string
  readonly group: string
  readonly composite: Rational | null
  /** 末位: ranked behind all others. */
  readonly last: boolean
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

/**
 * Ranks units by rounded composite, best first; equal ones tie and keep their order. Those that a veto ranks last come behind all others, ranked
 * among themselves and never tied with others; pending ones come after them, unranked.
 */
export function rank<Unit extends Rankable>(units: readonly Unit[], ties: TieRule): Ranked<Unit>[] {
  const scored = units.flatMap((unit) =>
    unit.composite === null ? [] : [{ unit, composite: unit.composite }],
  )
  scored.sort((a, b) => Number(a.unit.last) - Number(b.unit.last) || compare(b.composite, a.composite))
  let previous = 0
  const ranks: number[] = scored.map(({ unit, composite }, index) => {
    const before = scored[index - 1]
    const isTied = before?.unit.last === unit.last && compare(before.composite, composite) === 0
    if (!isTied) previous = nextRank[ties](index + 1, previous)
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
