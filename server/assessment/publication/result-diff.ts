import type { Assessed, Place, Scorecard, Standing } from '../score/scorecard.ts'

/** A unit whose composite, grade or rank is not what it was; null where it takes no part. */
export interface UnitDifference {
  readonly unitId: string
  readonly unit: string
  readonly group: string
  readonly from: Place | null
  readonly to: Place | null
}

type Results = Pick<Assessed, 'standings'>

const placeOf = ({ composite, grade, rank }: Standing): Place => ({ composite, grade, rank })
const samePlace = (a: Place, b: Place): boolean =>
  a.composite === b.composite && a.grade === b.grade && a.rank === b.rank

/** The units that moved between two results, in the order of the later ones; units that left come last. */
export function differencesBetween(before: Results, after: Results): UnitDifference[] {
  const earlier = new Map(before.standings.map((row) => [row.unitId, row]))
  const later = new Set(after.standings.map(({ unitId }) => unitId))
  const moved = after.standings.flatMap((row): UnitDifference[] => {
    const was = earlier.get(row.unitId)
    if (was && samePlace(was, row)) return []
    const { unitId, unit, group } = row
    return [{ unitId, unit, group, from: was ? placeOf(was) : null, to: placeOf(row) }]
  })
  const gone = before.standings.flatMap((row): UnitDifference[] => {
    const { unitId, unit, group } = row
    return later.has(unitId) ? [] : [{ unitId, unit, group, from: placeOf(row), to: null }]
  })
  return [...moved, ...gone]
}

const essence = ({ unitId, exact, grade, rank, components }: Scorecard) => [
  unitId,
  exact,
  grade,
  rank,
  components.map((component) => [component.key, component.exact]),
]

/**
 * Whether two results say the same: every standing alike, and every unit's exact composite and component scores. What a later version
 * shows besides, in the steps of the arithmetic, is no difference.
 */
export const sameResults = (
  a: Results & Pick<Assessed, 'scorecards'>,
  b: Results & Pick<Assessed, 'scorecards'>,
): boolean =>
  differencesBetween(a, b).length === 0 &&
  JSON.stringify(a.standings.map(({ unitId }) => unitId)) ===
    JSON.stringify(b.standings.map(({ unitId }) => unitId)) &&
  JSON.stringify(a.scorecards.map(essence)) === JSON.stringify(b.scorecards.map(essence))
