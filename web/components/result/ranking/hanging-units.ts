import { approximately } from '#assessment/rational'
import { scaleFor, type Scheme } from '#assessment/rule/scheme'
import type { HangingUnit } from '../../../charts/hanging-loss.ts'
import type { RankingRow } from './ranking-rows.ts'
import { sharesOn } from '../shares.ts'
import { named } from '../../../scheme-names.ts'

/** The full marks of composites, for all units that are drawn together: the largest scale among them. */
export const fullOfAll = (rows: readonly RankingRow[], scheme: Scheme): number =>
  Math.max(1, ...rows.map(({ standing }) => scaleFor(scheme, standing.group) / 100))

/**
 * The rows of a ranking as the chart draws them, for drawing only. Beside the parts stands what moves the total — 总分加减, and what bounds and
 * vetoes take — so that the parts of a unit always come to its composite.
 */
export function hangingUnits(rows: readonly RankingRow[], scheme: Scheme): HangingUnit[] {
  const full = fullOfAll(rows, scheme)
  return rows.map(({ standing, tier, scores }) => {
    const scale = scaleFor(scheme, standing.group) / 100
    const shares = sharesOn(scheme, standing)
    const earned = scores.map((score, place) => {
      const share = shares[place]
      return score === null || !share ? null : (approximately(share) * Number(score) * scale) / 100
    })
    const lost = earned.map((points, place) => {
      const share = shares[place]
      return points === null || !share ? null : approximately(share) * full - points
    })
    const composite = standing.composite === null ? null : Number(standing.composite)
    const beside =
      composite === null ? null : composite - earned.reduce<number>((sum, part) => sum + (part ?? 0), 0)
    return {
      unitId: standing.unitId,
      name: standing.unit,
      composite,
      grade: standing.grade && named(standing.grade),
      tier,
      lost: [...lost, beside === null ? null : -beside],
      earned: [...earned, beside],
    }
  })
}

/** Points by which parts and composite differ without anything beside them: composites are rounded. */
const rounding = 0.05

/** Whether anything beside the parts moves a composite. */
export const movesTotal = (units: readonly HangingUnit[]): boolean =>
  units.some(({ earned }) => Math.abs(earned.at(-1) ?? 0) > rounding)
