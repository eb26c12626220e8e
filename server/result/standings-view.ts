import { z } from 'zod'
import type { Standing } from '#assessment/score/scorecard'
import type { AnswerOf } from '../http/schema-of.ts'
import type { PreviousRanks } from './previous-ranks.ts'
import { standingSchema } from './scorecard-wire.ts'

/** With the rank in the same group in the year before. */
export const comparedStanding = standingSchema
  .extend({ previousRank: z.int().nullable() })
  .meta({ id: 'ComparedStanding' })

export const standingsAnswer = z.object({
  asOf: z.string(),
  published: z.boolean(),
  previousYear: z.int().nullable(),
  standings: z.array(comparedStanding),
  warnings: z.array(z.string()),
})

/** The ranking on a day, or of one group of it, beside that of the year before. */
export const standingsView = (
  asOf: string,
  standings: readonly Standing[],
  group: string | undefined,
  published: boolean,
  previous: PreviousRanks | null,
): AnswerOf<typeof standingsAnswer> => ({
  asOf,
  published,
  previousYear: previous?.year ?? null,
  standings: standings
    .filter((row) => group === undefined || row.group === group)
    .map((row) => ({
      ...row,
      previousRank: previous?.rankOf(row.unitId, row.group) ?? null,
    })),
  warnings: [],
})
