import { z } from 'zod'
import {
  checkPublication,
  checkSeverities,
  gravityOf,
  type CheckSeverity,
} from '#assessment/publication/check'
import type { CheckItem } from '#assessment/publication/check/items'
import { stages, type Stage } from '#assessment/vocabulary'
import type { AssessedOn } from '../assessed.ts'
import { schemaOf, type AnswerOf } from '../http/schema-of.ts'
import { partMissing } from '../result/scorecard-wire.ts'

const ofUnit = { unitId: z.string(), unit: z.string() }
const ofFinding = {
  ...ofUnit,
  findingId: z.string(),
  number: z.string(),
  what: z.string(),
  worth: z.string(),
}
const ofComponent = { component: z.string(), name: z.string() }

const checkItem = schemaOf<CheckItem>()(
  z
    .discriminatedUnion('code', [
      z.object({ code: z.literal('wrong-stage'), stage: z.enum(stages) }),
      z.object({ code: z.literal('basis-empty') }),
      z.object({ code: z.literal('pending-part'), ...ofComponent, reason: partMissing, ...ofUnit }),
      z.object({
        code: z.literal('unverified-leaves'),
        ...ofComponent,
        window: z.string(),
        missing: z.int(),
        of: z.int(),
        ...ofUnit,
      }),
      z.object({ code: z.literal('undecided-appeal'), ...ofFinding }),
      z.object({ code: z.literal('unreviewed-rectification'), ...ofFinding }),
      z.object({
        code: z.literal('window-open'),
        ...ofComponent,
        window: z.string(),
        windowName: z.string(),
      }),
      z.object({ code: z.literal('appeal-period-open'), count: z.int(), until: z.string(), ...ofUnit }),
      z.object({
        code: z.literal('unannounced-deadlines'),
        year: z.int(),
        count: z.int(),
        unit: z.string(),
        findingId: z.string(),
        number: z.string(),
      }),
      z.object({
        code: z.literal('marks-alike'),
        ...ofComponent,
        group: z.string().nullable(),
        how: z.enum(['identical', 'narrow']),
        mark: z.string().nullable(),
        count: z.int(),
        of: z.int(),
      }),
      z.object({
        code: z.literal('near-grade-edge'),
        composite: z.string(),
        grade: z.string(),
        other: z.string(),
        line: z.string(),
        distance: z.string(),
        ...ofUnit,
      }),
    ])
    .meta({ id: 'PublicationCheckItem' }),
)

export const checkAnswer = z
  .object({
    asOf: z.string(),
    counts: z.record(z.enum(checkSeverities), z.int()),
    items: z.array(checkItem),
  })
  .meta({ id: 'PublicationCheck', description: '发布前检查：errors stop a publication' })

/** Everything to know before results are published, and how much of it is how grave. */
export function checkView(on: AssessedOn, stage: Stage): AnswerOf<typeof checkAnswer> {
  const items = checkPublication({ ...on, stage })
  const counts: Record<CheckSeverity, number> = { error: 0, warning: 0, note: 0 }
  for (const { code } of items) counts[gravityOf(code, on.assessed) ?? 'note']++
  return { asOf: on.assessed.asOf, counts, items }
}
