import type { Scheme } from '#assessment/rule/scheme'
import type { Standing } from '#assessment/score/scorecard'
import { listAssessments } from '../../db/assessments.ts'
import type { Scope } from '../access/permissions.ts'
import { visibleAssessments, type Visible } from '../access/visibility.ts'
import { dayFor } from '../default-day.ts'
import type { SignedInEnv } from '../http/context.ts'
import { publishedFor } from './published.ts'
import { resultsSight } from '../access/sight.ts'

/** Ranks in the latest earlier year of one assessing unit. */
export interface PreviousRanks {
  readonly year: number
  readonly assessmentId: string
  readonly scheme: Scheme
  /** Rank by unit and group; a unit that has changed its group or was pending has none. */
  readonly rankOf: (unitId: string, group: string) => number | null
  readonly standingOf: (unitId: string) => Pick<Standing, 'composite' | 'components'> | undefined
  /** Changes whenever the ranks may have. */
  readonly key: string
}

type Variables = SignedInEnv['Variables'] & { readonly scope: Scope }

/** What the year before is compared with, for those who may see its ranking; null for the others and in a first year. */
export async function previousRanks(
  variables: Variables,
  { assessment }: Visible,
): Promise<PreviousRanks | null> {
  const { deps, account, scope, assessed } = variables
  const isEarlier = (row: { unitId: string; year: number }): boolean =>
    row.unitId === assessment.unitId && row.year < assessment.year
  const inOffice = await listAssessments(deps.db, { unitId: assessment.unitId })
  if (!inOffice.some(isEarlier)) return null
  const earlier = (await visibleAssessments(deps.db, account, scope)).find((one) => isEarlier(one.assessment))
  if (!earlier) return null
  const sight = resultsSight(account, earlier)
  if (sight !== 'live' && sight !== 'full-table') return null

  const { id, version, year } = earlier.assessment
  const frozen = await publishedFor(variables, earlier)
  const on = frozen?.asOf ?? (await dayFor(variables, earlier, undefined))
  const { scheme, standings: rows } = frozen ?? {
    scheme: earlier.scheme,
    standings: (await assessed.on(id, on)).assessed.standings,
  }
  const standings = new Map(rows.map((row) => [row.unitId, row]))
  return {
    year,
    assessmentId: id,
    scheme,
    standingOf: (unitId) => standings.get(unitId),
    key: `${id} ${version} ${earlier.publication?.id ?? ''} ${on}`,
    rankOf: (unitId, group) => {
      const before = standings.get(unitId)
      const comparable = before && (before.group === group || scheme.rankAcrossGroups)
      return comparable ? before.rank : null
    },
  }
}
