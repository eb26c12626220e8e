import type { Insertable, Selectable, Transaction } from 'kysely'
import type { PublicationBody } from '#assessment/publication'
import type { Source } from './database.ts'
import type { PublicationRow, PublicationStepRow, Tables } from './tables.ts'

export const publicationStates = ['prepared', 'approved', 'returned', 'withdrawn'] as const
export type PublicationState = (typeof publicationStates)[number]

/** A publication without its body, and what was decided about it. */
export type PublicationEntry = Omit<Selectable<PublicationRow>, 'body' | 'digests'> & {
  readonly state: PublicationState
  readonly step: Selectable<PublicationStepRow> | null
}

export async function insertPublication(
  trx: Transaction<Tables>,
  row: Insertable<PublicationRow>,
): Promise<void> {
  await trx.insertInto('publications').values(row).execute()
}

/** The database takes one step a publication. */
export async function insertPublicationStep(
  trx: Transaction<Tables>,
  row: Insertable<PublicationStepRow>,
): Promise<void> {
  await trx.insertInto('publication_steps').values(row).execute()
}

/** Newest first. */
export async function listPublications(db: Source, assessmentId: string): Promise<PublicationEntry[]> {
  const rows = await db
    .selectFrom('publications')
    .select([
      'id',
      'seq',
      'assessment_id',
      'number',
      'as_of',
      'sha256',
      'supersedes',
      'reason',
      'prepared_by',
      'prepared_at',
    ])
    .where('assessment_id', '=', assessmentId)
    .orderBy('number', 'desc')
    .execute()
  const steps = await db
    .selectFrom('publication_steps')
    .selectAll()
    .where('publication_id', 'in', (inner) =>
      inner.selectFrom('publications').select('id').where('assessment_id', '=', assessmentId),
    )
    .execute()
  return rows.map((row) => {
    const step = steps.find(({ publication_id }) => publication_id === row.id) ?? null
    return { ...row, step, state: step?.type ?? 'prepared' }
  })
}

/** What a publication froze, read from its text. */
export async function readPublication(
  db: Source,
  id: string,
): Promise<{ readonly row: Selectable<PublicationRow>; readonly body: PublicationBody } | undefined> {
  const row = await db.selectFrom('publications').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : { row, body: JSON.parse(row.body) as PublicationBody }
}

/** The publication that holds now: the last one approved. */
export async function currentPublication(
  db: Source,
  assessmentId: string,
): Promise<PublicationEntry | undefined> {
  return (await listPublications(db, assessmentId)).find(({ state }) => state === 'approved')
}

export interface PublicationMark {
  readonly id: string
  readonly number: number
  readonly as_of: string
}

/** Number and day of the publication that holds now, for those who ask on every request; undefined while there is none. */
export const holdingPublication = (db: Source, assessmentId: string): Promise<PublicationMark | undefined> =>
  db
    .selectFrom('publications')
    .innerJoin('publication_steps', 'publication_steps.publication_id', 'publications.id')
    .select(['publications.id', 'publications.number', 'publications.as_of'])
    .where('publications.assessment_id', '=', assessmentId)
    .where('publication_steps.type', '=', 'approved')
    .orderBy('publications.number', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Every publication of every assessment, oldest first, without bodies. */
export const listAllPublications = (
  db: Source,
): Promise<Pick<Selectable<PublicationRow>, 'id' | 'number' | 'assessment_id'>[]> =>
  db.selectFrom('publications').select(['id', 'number', 'assessment_id']).orderBy('seq').execute()
