import { z } from 'zod'
import { comparability, type Comparability } from '#assessment/rule/comparability'
import { stages } from '#assessment/vocabulary'
import type { Visible } from '../access/visibility.ts'
import type { AssessedOn } from '../assessed.ts'
import { schemaOf, type AnswerOf } from '../http/schema-of.ts'
import { schemeChangeSchema } from '../scheme/diff-wire.ts'

const comparabilitySchema = schemaOf<Comparability>()(
  z.object({
    composite: z.boolean(),
    grades: z.boolean(),
    components: z.array(z.string()),
    changes: z.array(schemeChangeSchema),
  }),
)

const trendYear = z.object({
  assessmentId: z.string(),
  name: z.string(),
  year: z.int(),
  stage: z.enum(stages),
  schemeId: z.string(),
  asOf: z.string(),
  components: z.array(z.object({ key: z.string(), name: z.string() })),
  units: z.array(
    z.object({
      unitId: z.string(),
      unit: z.string(),
      group: z.string(),
      composite: z.string().nullable(),
      grade: z.string().nullable(),
      rank: z.int().nullable(),
      /** Ranked units in the same ranking. */
      rankedOf: z.int(),
      /** Scores in the order of the year's components. */
      scores: z.array(z.string().nullable()),
    }),
  ),
  /** What may be compared with the year before; null in the first one. */
  sinceBefore: comparabilitySchema.extend({ sameScheme: z.boolean() }).nullable(),
})

export const trendAnswer = z
  .object({ years: z.array(trendYear) })
  .meta({ id: 'Trend', description: '历年成绩及其可比性' })

export interface YearAssessed {
  readonly visible: Visible
  readonly on: AssessedOn
}

/** The units' results in each year, earliest first, and what of them may be compared. */
export function trendOf(
  years: readonly YearAssessed[],
  unitIds: readonly string[],
): AnswerOf<typeof trendAnswer> {
  const wanted = new Set(unitIds)
  return {
    years: years.map(({ visible: { assessment, scheme }, on: { assessed } }, index) => {
      const before = years[index - 1]?.visible
      return {
        assessmentId: assessment.id,
        name: assessment.name,
        year: assessment.year,
        stage: assessment.stage,
        schemeId: assessment.schemeId,
        asOf: assessed.asOf,
        components: scheme.components.map(({ key, name }) => ({ key, name })),
        units: assessed.scorecards
          .filter(({ unitId }) => wanted.has(unitId))
          .map(({ unitId, unit, group, composite, grade, rank, rankedOf, components }) => ({
            unitId,
            unit,
            group,
            composite,
            grade,
            rank,
            rankedOf,
            scores: components.map(({ score }) => score),
          })),
        sinceBefore: before
          ? {
              ...comparability(before.scheme, scheme),
              sameScheme: before.assessment.schemeId === assessment.schemeId,
            }
          : null,
      }
    }),
  }
}
