import { approximately } from '#assessment/rational'
import type { Scheme } from '#assessment/rule/scheme'
import type { HangingUnit } from '../../../charts/hanging-loss.ts'
import type { RankingRow } from './ranking-rows.ts'
import { sharesOf } from '../shares.ts'

/** The rows of a ranking as the chart draws them: shares as numbers, for drawing only. */
export function hangingUnits(rows: readonly RankingRow[], scheme: Scheme): HangingUnit[] {
  const shares = sharesOf(scheme).map(approximately)
  return rows.map(({ standing, tier, scores }) => {
    const points = (worth: (score: number) => number) =>
      scores.map((score, place) => (score === null ? null : (shares[place] ?? 0) * worth(Number(score))))
    return {
      unitId: standing.unitId,
      name: standing.unit,
      composite: standing.composite === null ? null : Number(standing.composite),
      grade: standing.grade,
      tier,
      lost: points((score) => 100 - score),
      earned: points((score) => score),
    }
  })
}
