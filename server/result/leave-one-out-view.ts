import { z } from 'zod'
import { leaveOneOut, leftOut, type LeaveOneOut } from '#assessment/insight/leave-one-out'
import type { AssessedOn } from '../assessed.ts'
import { placeSchema } from '../finding/wire.ts'
import { Problem } from '../http/problem.ts'
import { schemaOf, type AnswerOf } from '../http/schema-of.ts'

/** Each effect scores the unit once more. */
const mostEffects = 300

const leaveOneOutSchema = schemaOf<LeaveOneOut>()(
  z.object({
    now: placeSchema,
    effects: z.array(
      placeSchema.extend({
        type: z.enum(leftOut),
        component: z.string().nullable(),
        findingId: z.string().nullable(),
        number: z.string().nullable(),
        leaf: z.string().nullable(),
        what: z.string(),
        change: z.string().nullable(),
        placesGained: z.int().nullable(),
      }),
    ),
    omitted: z.int(),
  }),
)
export const leaveOneOutAnswer = z
  .object({
    asOf: z.string(),
    /** Null while the unit is pending. */
    effects: leaveOneOutSchema.nullable(),
  })
  .meta({ id: 'LeaveOneOut', description: '去掉每一个问题、申诉或指标后的综合成绩、等次和名次' })

/** Where the unit would stand tells of others' scores: only a full table makes those public. */
const withoutRanks = ({ now, effects, omitted }: LeaveOneOut): LeaveOneOut => ({
  now: { ...now, rank: null },
  effects: effects.map((effect) => ({ ...effect, rank: null, placesGained: null })),
  omitted,
})

/** What each item does to a unit, with or without ranks. Throws `not-found` when it takes no part. */
export function leaveOneOutView(
  { scheme, facts, assessed, calendar }: AssessedOn,
  unitId: string,
  ranks: boolean,
): AnswerOf<typeof leaveOneOutAnswer> {
  if (!assessed.scorecards.some((card) => card.unitId === unitId)) throw new Problem('not-found')
  const effects = leaveOneOut(scheme, facts, assessed, calendar, unitId, mostEffects)
  return { asOf: assessed.asOf, effects: effects && !ranks ? withoutRanks(effects) : effects }
}
