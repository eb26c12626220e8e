import { z } from 'zod'
import type { PublicationBody } from '#assessment/publication/publication'
import type { Assessed, Standing } from '#assessment/score/scorecard'
import type { AnswerOf } from '../http/schema-of.ts'
import type { PreviousRanks } from './previous-ranks.ts'
import { interimSchema, standingSchema } from './scorecard-wire.ts'

/** With the rank in the same group in the year before. */
export const comparedStanding = standingSchema
  .extend({ previousRank: z.int().nullable() })
  .meta({ id: 'ComparedStanding' })

export const standingsAnswer = z.object({
  asOf: z.string(),
  published: z.boolean(),
  /** Whether these are other figures than those published. */
  trial: z.boolean(),
  /** 阶段成绩: what it rests on, by group; null for the year's result. */
  interim: interimSchema.nullable(),
  previousYear: z.int().nullable(),
  standings: z.array(comparedStanding),
  warnings: z.array(z.string()),
})

/** Whether figures of a day are other than the published ones: told for another day, or by facts that came since. */
export const isTrial = (
  asOf: string,
  standings: readonly Standing[],
  { asOf: publishedOf, standings: published }: PublicationBody,
): boolean =>
  asOf !== publishedOf ||
  standings.length !== published.length ||
  standings.some(({ unitId, composite, grade, rank }) => {
    const told = published.find((row) => row.unitId === unitId)
    return told?.composite !== composite || told.grade !== grade || told.rank !== rank
  })

/** The ranking on a day, or of one group of it, beside that of the year before; `publication` is the one in force. */
export const standingsView = (
  asOf: string,
  { standings, interim }: Pick<Assessed, 'standings' | 'interim'>,
  group: string | undefined,
  publication: PublicationBody | null,
  previous: PreviousRanks | null,
): AnswerOf<typeof standingsAnswer> => ({
  asOf,
  published: publication !== null,
  trial: publication !== null && isTrial(asOf, standings, publication),
  interim,
  previousYear: previous?.year ?? null,
  standings: standings
    .filter((row) => group === undefined || row.group === group)
    .map((row) => ({
      ...row,
      previousRank: previous?.rankOf(row.unitId, row.group) ?? null,
    })),
  warnings: [],
})
