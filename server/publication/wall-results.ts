import type { PublicationBody } from '#assessment/publication/publication'
import { listAssessments } from '../../db/assessments.ts'
import { currentPublication, readPublication, type ResultKind } from '../../db/publications.ts'
import type { Source } from '../../db/source.ts'
import type { AssessmentRow } from '../../db/tables.ts'
import { dayInChina } from '../today.ts'
import { wallResults, type WallResults } from './wall-view.ts'

interface Current {
  readonly body: PublicationBody
  readonly publishedOn: string
}

async function currentOf(
  db: Source,
  assessmentId: string,
  kind: ResultKind = 'final',
): Promise<Current | null> {
  const entry = await currentPublication(db, assessmentId, kind)
  if (!entry?.step) return null
  const read = await readPublication(db, entry.id)
  return read ? { body: read.body, publishedOn: dayInChina(new Date(entry.step.recordedAt)) } : null
}

/** The publication of the latest earlier year of the same assessing unit that has one. */
async function earlierOf(db: Source, { unitId, year }: AssessmentRow): Promise<Current | null> {
  for (const earlier of await listAssessments(db, { unitId })) {
    const current = earlier.year < year ? await currentOf(db, earlier.id) : null
    if (current) return current
  }
  return null
}

/**
 * What the wall of an assessment shows: its result, before that its latest interim standings, but for a scheme whose whole
 * table is not public these have nothing to show. Null until something is published.
 */
export async function wallResultsOf(db: Source, assessment: AssessmentRow): Promise<WallResults | null> {
  const interim = async () => {
    const published = await currentOf(db, assessment.id, 'interim')
    return published?.body.scheme.publicity === 'full-table' ? published : null
  }
  const current = (await currentOf(db, assessment.id)) ?? (await interim())
  if (!current) return null
  const before = await earlierOf(db, assessment)
  return wallResults(current.body, current.publishedOn, before?.body ?? null)
}
