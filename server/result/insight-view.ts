import { comparability } from '#assessment/rule/comparability'
import { componentMeans, type GroupMeans } from '#assessment/insight/component-means'
import type { Day } from '#assessment/day'
import { indicatorMaps, type IndicatorMap } from '#assessment/insight/indicator-map'
import { problemSpots, type ProblemSpots } from '#assessment/insight/problem-spots'
import { rectificationFigures, type RectificationFigures } from '#assessment/insight/rectification-figures'
import type { Standing } from '#assessment/score/scorecard'
import type { AssessedOn } from '../assessed.ts'
import type { LedgerLine } from '../finding/ledger.ts'
import { lossesOf, type Overview } from './overview-view.ts'
import type { PreviousRanks } from './previous-ranks.ts'

/** How many places with repeated problems are told. */
const REPEATED = 30

interface ComparedStanding extends Standing {
  readonly previousRank: number | null
  readonly previousComposite: string | null
}

/** What leaders see of an assessment on a day 领导驾驶舱. */
export interface Insight {
  readonly asOf: Day
  readonly published: boolean
  /** The year before; `comparable` when nothing that decides a composite changed in the scheme. */
  readonly previous: {
    readonly year: number
    readonly assessmentId: string
    readonly comparable: boolean
  } | null
  readonly standings: readonly ComparedStanding[]
  readonly means: readonly GroupMeans[]
  readonly losses: Overview['losses']
  readonly maps: readonly IndicatorMap[]
  readonly spots: ProblemSpots
  readonly repeatedInAll: number
  readonly rectification: RectificationFigures
}

export function insightOf(
  on: AssessedOn,
  lines: readonly LedgerLine[],
  published: boolean,
  previous: PreviousRanks | null,
): Insight {
  const { scheme, facts, assessed, calendar } = on
  const spots = problemSpots(assessed)
  return {
    asOf: assessed.asOf,
    published,
    previous: previous && {
      year: previous.year,
      assessmentId: previous.assessmentId,
      comparable: comparability(previous.scheme, scheme).composite,
    },
    standings: assessed.standings.map((row) => ({
      ...row,
      previousRank: previous?.rankOf(row.unitId, row.group) ?? null,
      previousComposite: previous?.compositeOf(row.unitId) ?? null,
    })),
    means: componentMeans(scheme, assessed),
    losses: lossesOf(lines),
    maps: indicatorMaps(scheme, assessed),
    spots: { ...spots, repeated: spots.repeated.slice(0, REPEATED) },
    repeatedInAll: spots.repeated.length,
    rectification: rectificationFigures(scheme, facts, assessed, calendar),
  }
}
