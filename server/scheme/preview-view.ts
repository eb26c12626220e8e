import { z } from 'zod'
import { fitFacts, standingMoves } from '#assessment/insight/scheme-effect'
import type { Scheme } from '#assessment/rule/scheme'
import { assess } from '#assessment/score/assess'
import type { AssessedOn } from '../assessed.ts'

const pair = <Part extends z.ZodType>(part: Part) => z.tuple([part.nullable(), part.nullable()]).readonly()
export const previewSchema = z
  .object({
    asOf: z.string(),
    units: z.int(),
    moves: z.array(
      z.object({
        unitId: z.string(),
        unit: z.string(),
        group: z.string(),
        composite: pair(z.string()),
        rank: pair(z.int()),
        grade: pair(z.string()),
      }),
    ),
    left: z.object({ findings: z.int(), marks: z.int() }),
  })
  .meta({ id: 'SchemePreview' })

/** The ranking of an assessment as a draft would have it: who would move, and what of the facts the draft has no place for. */
export function previewOf(
  { assessed, facts, calendar }: AssessedOn,
  draft: Scheme,
): z.infer<typeof previewSchema> {
  const { facts: fitting, left } = fitFacts(facts, draft)
  const after = assess(draft, fitting, assessed.asOf, calendar)
  return {
    asOf: assessed.asOf,
    units: facts.participants.length,
    moves: standingMoves(assessed.standings, after.standings),
    left,
  }
}
