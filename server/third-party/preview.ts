import { z } from 'zod'
import type { Day } from '#assessment/day'
import type { ExternalMark } from '#assessment/score/facts'
import { compare, decimal, divide, format, sum, whole, type Rational } from '#assessment/rational'
import type { ExternalBatch } from '../../db/external-batches.ts'
import { unitNamesIn, type Visible } from '../access/visibility.ts'
import type { EvaluatorReading, EvaluatorRow } from '../exchange/evaluator/marks.ts'
import { evaluatorText, type EvaluatorMessage } from '../exchange/evaluator/words.ts'
import type { Language } from '#assessment/language'
import type { AssessedOn } from '../assessed.ts'
import { etagOf } from '../http/if-match.ts'
import { reference } from '../http/wire.ts'
import { effectOfMarks, effectSchema } from './effect.ts'
import { isAt, type BatchPlace } from './place.ts'

const message = z.object({
  sheet: z.string().nullable(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  code: z.string(),
  message: z.string(),
})

export const previewSchema = z
  .object({
    rows: z.array(
      z.object({
        unit: reference,
        group: z.string(),
        row: z.int().nullable(),
        written: z.string().nullable(),
        marks: z.array(
          z.object({
            dimension: z.string().nullable(),
            given: z.string().nullable(),
            givenFull: z.string(),
            marks: z.string().nullable(),
          }),
        ),
        ...effectSchema.shape,
      }),
    ),
    errors: z.array(message),
    errorCount: z.int(),
    warnings: z.array(message),
    unmatched: z.array(z.object({ row: z.int(), written: z.string(), suggestions: z.array(reference) })),
    /** Of the scores out of 100, two decimals; null when there are none. */
    distribution: z
      .object({
        count: z.int(),
        least: z.string(),
        median: z.string(),
        mean: z.string(),
        most: z.string(),
      })
      .nullable(),
    supersedes: reference.nullable(),
    /** The state that was looked at; accept with it as If-Match. */
    etag: z.string(),
    /** The stored batch; null in a preview. */
    batchId: z.string().nullable(),
  })
  .meta({ id: 'MarksPreview' })
type Preview = z.infer<typeof previewSchema>

/** Messages told one by one; the rest are only counted. */
export const mostTold = 300

/** The state that a preview rests on: the scheme, who takes part, and which batch counts. */
export const previewEtag = (
  { assessment, participants }: Visible,
  { component, window }: BatchPlace,
  last: Pick<ExternalBatch, 'id'> | undefined,
): string =>
  etagOf([
    assessment.schemeId,
    participants.map(({ unitId }) => unitId),
    component,
    ...(window === null ? [] : [window]),
    last?.id ?? null,
  ])

/** A batch as facts: a mark, or that there is none, for every participant. */
export const marksOfRows = (rows: readonly EvaluatorRow[], place: BatchPlace, on: Day): ExternalMark[] =>
  rows.flatMap(({ unitId, marks }) =>
    marks.map(({ dimension, marks: value }) => ({ unitId, ...place, dimension, marks: value, on })),
  )

/** Names for people of who takes part, with their groups, in unit order. */
export function participantNames(visible: Visible): { unitId: string; name: string; group: string }[] {
  const names = unitNamesIn(visible)
  return visible.participants.map(({ unitId, groupName }) => ({
    unitId,
    name: names.get(unitId) ?? '',
    group: groupName,
  }))
}

function distributionOf(scores: readonly string[]): Preview['distribution'] {
  if (scores.length === 0) return null
  const values = scores.map(decimal).sort(compare)
  const at = (index: number): Rational => values[index] as Rational
  const half = Math.floor((values.length - 1) / 2)
  const median = divide(sum([at(half), at(values.length - 1 - half)]), whole(2))
  return {
    count: values.length,
    least: format(at(0)),
    median: format(median),
    mean: format(divide(sum(values), whole(values.length))),
    most: format(at(values.length - 1)),
  }
}

export function messageView(message: EvaluatorMessage, language: Language) {
  const { sheet, row, column, code } = message
  return { sheet, row, column, code, message: evaluatorText(message, language) }
}

/** A read file as people look at it before accepting: each unit's mark as given and as it counts, and what it does. */
export function previewOf(
  reading: EvaluatorReading,
  place: BatchPlace,
  visible: Visible,
  on: AssessedOn,
  last: ExternalBatch | undefined,
  language: Language,
): Preview {
  const today = on.assessed.asOf
  const names = unitNamesIn(visible)
  const groups = new Map(visible.participants.map((row) => [row.unitId, row.groupName]))
  const present = on.facts.external.filter((mark) => isAt(place, mark))
  const taken = [...present, ...marksOfRows(reading.rows, place, today)]
  const effect = effectOfMarks(on, today, place, present, taken)
  const named = (id: string) => ({ id, name: names.get(id) ?? '' })
  const rows = reading.rows.map(({ unitId, row, written, marks }) => ({
    unit: named(unitId),
    group: groups.get(unitId) ?? '',
    row,
    written,
    marks: marks.map((mark) => ({ ...mark })),
    ...effect(unitId),
  }))
  return {
    rows,
    errors: reading.errors.slice(0, mostTold).map((one) => messageView(one, language)),
    errorCount: reading.errors.length,
    warnings: reading.warnings.slice(0, mostTold).map((one) => messageView(one, language)),
    unmatched: reading.unmatched
      .slice(0, mostTold)
      .map(({ row, written, suggestions }) => ({ row, written, suggestions: suggestions.map(named) })),
    distribution: distributionOf(rows.flatMap(({ score }) => score.to ?? [])),
    supersedes: last ? { id: last.id, name: last.fileName } : null,
    etag: previewEtag(visible, place, last),
    batchId: null,
  }
}
