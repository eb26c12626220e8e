import type { Transaction } from 'kysely'
import { bindNames } from './responsible-units.ts'
import type { Source } from './source.ts'
import type { AssessmentRow, Tables } from './tables.ts'
import type { Stage } from '#assessment/vocabulary'

/** Begins an assessment, and says which units its rule means by their names. */
export async function insertAssessment(trx: Transaction<Tables>, row: AssessmentRow): Promise<void> {
  await trx.insertInto('assessments').values(row).execute()
  await bindNames(trx, row)
}

export const findAssessment = (db: Source, id: string): Promise<AssessmentRow | undefined> =>
  db.selectFrom('assessments').selectAll().where('id', '=', id).executeTakeFirst()

export interface AssessmentFilter {
  /** The assessing unit 考核主体. */
  readonly unitId?: string
  /** A unit that takes part. */
  readonly participantId?: string
  readonly schemeId?: string
}

/** Latest year first. */
export function listAssessments(
  db: Source,
  { unitId, participantId, schemeId }: AssessmentFilter = {},
): Promise<AssessmentRow[]> {
  let query = db.selectFrom('assessments').selectAll()
  if (unitId !== undefined) query = query.where('unitId', '=', unitId)
  if (schemeId !== undefined) query = query.where('schemeId', '=', schemeId)
  if (participantId !== undefined) {
    query = query.where('id', 'in', (inner) =>
      inner.selectFrom('participants').select('assessmentId').where('unitId', '=', participantId),
    )
  }
  return query.orderBy('year', 'desc').orderBy('createdAt', 'desc').orderBy('id').execute()
}

/** Whether there was such an assessment. Its version grows. */
export async function updateStage(trx: Transaction<Tables>, id: string, stage: Stage): Promise<boolean> {
  const [result] = await trx
    .updateTable('assessments')
    .set((row) => ({ stage, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  return result !== undefined && result.numUpdatedRows > 0n
}

async function bindNamesOf(trx: Transaction<Tables>, id: string): Promise<void> {
  const assessment = await findAssessment(trx, id)
  if (assessment) await bindNames(trx, assessment)
}

/** Puts the assessment on another scheme, as an import with its own 考核办法 does. Its version grows. */
export async function adoptScheme(trx: Transaction<Tables>, id: string, schemeId: string): Promise<boolean> {
  const [result] = await trx
    .updateTable('assessments')
    .set((row) => ({ schemeId, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await bindNamesOf(trx, id)
  return result !== undefined && result.numUpdatedRows > 0n
}

/** Changes what a draft is called, which year it assesses and by which scheme. Its version grows. */
export async function updateSetUp(
  trx: Transaction<Tables>,
  id: string,
  change: Pick<AssessmentRow, 'name' | 'year' | 'schemeId' | 'startsOn' | 'endsOn'>,
): Promise<void> {
  await trx
    .updateTable('assessments')
    .set((row) => ({ ...change, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .where('stage', '=', 'draft')
    .execute()
  await bindNamesOf(trx, id)
}

/** To be called in every transaction that adds facts; gives the new version, or undefined when there is no such assessment. */
export async function touchAssessment(trx: Transaction<Tables>, id: string): Promise<number | undefined> {
  const row = await trx
    .updateTable('assessments')
    .set((current) => ({ version: current('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirst()
  return row?.version
}

const factTables = [
  'findings',
  'claims',
  'submissions',
  'verifiedMarks',
  'externalMarks',
  'bonusMarks',
  'imports',
  'reports',
  'suspicions',
] as const

/** Deletes a draft that holds no fact, with its participants and windows; false when it is not one. */
export async function deleteEmptyAssessment(trx: Transaction<Tables>, id: string): Promise<boolean> {
  for (const table of factTables) {
    const fact = await trx
      .selectFrom(table)
      .select('id')
      .where('assessmentId', '=', id)
      .limit(1)
      .executeTakeFirst()
    if (fact !== undefined) return false
  }
  const [result] = await trx
    .deleteFrom('assessments')
    .where('id', '=', id)
    .where('stage', '=', 'draft')
    .execute()
  return result !== undefined && result.numDeletedRows > 0n
}
