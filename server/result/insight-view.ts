import { z } from 'zod'
import { comparability } from '#assessment/rule/comparability'
import { componentMeans, type GroupMeans } from '#assessment/insight/component-means'
import { partChanges } from '#assessment/insight/part-changes'
import { indicatorMaps, type IndicatorMap } from '#assessment/insight/indicator-map'
import { problemSpots, type ProblemSpots } from '#assessment/insight/problem-spots'
import { rectificationFigures, type RectificationFigure } from '#assessment/insight/rectification-figures'
import type { AssessedOn } from '../assessed.ts'
import type { LedgerLine } from '../finding/wire.ts'
import { schemaOf, type AnswerOf } from '../http/schema-of.ts'
import { lossesOf, lossesSchema } from './overview-view.ts'
import type { PreviousRanks } from './previous-ranks.ts'
import { interimSchema, partChangeSchema } from './scorecard-wire.ts'
import { comparedStanding } from './standings-view.ts'

/** How many places with repeated problems are told. */
const REPEATED = 30

const groupMeans = schemaOf<GroupMeans>()(
  z.object({
    group: z.string(),
    units: z.int(),
    composite: z.string().nullable(),
    ranked: z.int(),
    components: z.array(
      z.object({ key: z.string(), name: z.string(), mean: z.string().nullable(), known: z.int() }),
    ),
  }),
)

const indicatorMap = schemaOf<IndicatorMap>()(
  z.object({
    component: z.string(),
    name: z.string(),
    units: z.array(z.object({ unitId: z.string(), unit: z.string(), group: z.string() })),
    rows: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        area: z.string().nullable(),
        full: z.string(),
        /** A decimal in per cent, or `not-applicable`. */
        cells: z.array(z.string().nullable()),
      }),
    ),
  }),
)

const spotsSchema = schemaOf<ProblemSpots>()(
  z.object({
    kinds: z.array(z.object({ key: z.string(), name: z.string(), total: z.int() })),
    units: z.array(
      z.object({
        unitId: z.string(),
        unit: z.string(),
        group: z.string(),
        counts: z.array(z.int()),
        total: z.int(),
      }),
    ),
    repeated: z.array(
      z.object({
        unitId: z.string(),
        unit: z.string(),
        chargedUnit: z.string(),
        kind: z.string(),
        kindName: z.string(),
        count: z.int(),
        lost: z.int(),
        lastOn: z.string(),
      }),
    ),
  }),
)

const rectificationFigure = schemaOf<RectificationFigure>()(
  z.object({
    key: z.string(),
    name: z.string(),
    notified: z.int(),
    inTime: z.int(),
    late: z.int(),
    waiting: z.int(),
    rate: z.string().nullable(),
    medianDays: z.number().nullable(),
  }),
)

/** What leaders see of an assessment on a day 领导驾驶舱. */
export const insightAnswer = z
  .object({
    asOf: z.string(),
    /** Nothing more is to be done but corrections. */
    published: z.boolean(),
    /** What interim standings rest on, by group; null for the result. */
    interim: interimSchema.nullable(),
    /** The year before; `comparable` when nothing that decides a composite changed in the scheme. */
    previous: z.object({ year: z.int(), assessmentId: z.string(), comparable: z.boolean() }).nullable(),
    standings: z.array(
      comparedStanding
        .extend({
          previousComposite: z.string().nullable(),
          /** Part by part since the year before, what fell most first; empty where years do not compare. */
          since: z.array(partChangeSchema),
        })
        .meta({ id: 'StandingWithComposite' }),
    ),
    means: z.array(groupMeans),
    losses: lossesSchema,
    maps: z.array(indicatorMap),
    spots: spotsSchema,
    repeatedInAll: z.int(),
    rectification: z.object({
      total: rectificationFigure,
      kinds: z.array(rectificationFigure),
      units: z.array(rectificationFigure),
    }),
  })
  .meta({ id: 'Insight', description: '领导驾驶舱：名次变化、指标得分率、问题高发、整改' })

export function insightOf(
  on: AssessedOn,
  lines: readonly LedgerLine[],
  published: boolean,
  previous: PreviousRanks | null,
): AnswerOf<typeof insightAnswer> {
  const { scheme, facts, assessed, calendar } = on
  const spots = problemSpots(assessed)
  /** A part of a year is never held against a whole one. */
  const before = assessed.interim === null ? previous : null
  const cards = new Map(assessed.scorecards.map((card) => [card.unitId, card]))
  return {
    asOf: assessed.asOf,
    published,
    interim: assessed.interim,
    previous: before && {
      year: before.year,
      assessmentId: before.assessmentId,
      comparable: comparability(before.scheme, scheme).composite,
    },
    standings: assessed.standings.map((row) => {
      const [card, earlier] = [cards.get(row.unitId), before?.standingOf(row.unitId)]
      return {
        ...row,
        previousRank: before?.rankOf(row.unitId, row.group) ?? null,
        previousComposite: earlier?.composite ?? null,
        since:
          card && before && earlier ? partChanges(card, scheme, { ...earlier, scheme: before.scheme }) : [],
      }
    }),
    means: componentMeans(scheme, assessed),
    losses: lossesOf(lines),
    maps: indicatorMaps(scheme, assessed),
    spots: { ...spots, repeated: spots.repeated.slice(0, REPEATED) },
    repeatedInAll: spots.repeated.length,
    rectification: rectificationFigures(scheme, facts, assessed, calendar),
  }
}
