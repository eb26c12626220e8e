import type { z } from 'zod'
import type { Day } from '#assessment/day'
import type { ExternalMark } from '#assessment/score/facts'
import { compare, decimal, divide, format, sum, whole, type Rational } from '#assessment/rational'
import type { ExternalComponent } from '#assessment/rule/scheme'
import type { ExternalBatch } from '../../db/external-batches.ts'
import type { Visible } from '../access/visibility.ts'
import type { EvaluatorReading, EvaluatorRow } from '../exchange/evaluator/marks.ts'
import { evaluatorText, type EvaluatorMessage } from '../exchange/evaluator/words.ts'
import type { Language } from '#assessment/language'
import type { AssessedOn } from '../assessed.ts'
import { etagOf } from '../http/if-match.ts'
import { effectOfMarks } from './effect.ts'
import type { previewSchema } from './wire.ts'

type Preview = z.infer<typeof previewSchema>

/** Messages told one by one; the rest are only counted. */
const mostTold = 300

/** The state that a preview rests on: the scheme, who takes part, and which batch counts. */
export const previewEtag = (
  { assessment, participants }: Visible,
  component: string,
  last: Pick<ExternalBatch, 'id'> | undefined,
): string =>
  etagOf([assessment.schemeId, participants.map(({ unitId }) => unitId), component, last?.id ?? null])

/** A batch as facts: a mark, or that there is none, for every participant. */
export const marksOfRows = (rows: readonly EvaluatorRow[], component: string, on: Day): ExternalMark[] =>
  rows.flatMap(({ unitId, marks }) =>
    marks.map(({ dimension, marks: value }) => ({ unitId, component, dimension, marks: value, on })),
  )

/** Names for people of who takes part, in unit order. */
export function participantNames({ participants, units }: Visible): { unitId: string; name: string }[] {
  const names = new Map(units.map(({ id, name }) => [id, name]))
  return participants.map(({ unitId }) => ({ unitId, name: names.get(unitId) ?? '' }))
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
  component: ExternalComponent,
  visible: Visible,
  on: AssessedOn,
  last: ExternalBatch | undefined,
  today: Day,
  language: Language,
): Omit<Preview, 'batchId'> {
  const names = new Map(participantNames(visible).map(({ unitId, name }) => [unitId, name]))
  const groups = new Map(visible.participants.map((row) => [row.unitId, row.groupName]))
  const present = on.facts.external.filter((mark) => mark.component === component.key)
  const taken = [...present, ...marksOfRows(reading.rows, component.key, today)]
  const effect = effectOfMarks(on, today, component.key, present, taken)
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
    etag: previewEtag(visible, component.key, last),
  }
}
