import type { Insertable, Selectable, Transaction } from 'kysely'
import type { PublicationBody } from '#assessment/publication/publication'
import { publicationFromStored } from '#assessment/publication/stored-publication'
import { pointsGiven } from './bonuses.ts'
import type { Source } from './source.ts'
import type { PublicationRow, PublicationStepRow, Tables } from './tables.ts'

export const publicationStates = ['prepared', 'approved', 'returned', 'withdrawn'] as const
export type PublicationState = (typeof publicationStates)[number]

/** A publication without its body, and what was decided about it. */
export type PublicationEntry = Omit<Selectable<PublicationRow>, 'body' | 'digests' | 'proofSeed'> & {
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
  await trx.insertInto('publicationSteps').values(row).execute()
}

/** Newest first. */
export async function listPublications(db: Source, assessmentId: string): Promise<PublicationEntry[]> {
  const rows = await db
    .selectFrom('publications')
    .select([
      'id',
      'seq',
      'assessmentId',
      'number',
      'asOf',
      'sha256',
      'interim',
      'supersedes',
      'reason',
      'preparedBy',
      'preparedAt',
    ])
    .where('assessmentId', '=', assessmentId)
    .orderBy('number', 'desc')
    .execute()
  const steps = await db
    .selectFrom('publicationSteps')
    .selectAll()
    .where('publicationId', 'in', (inner) =>
      inner.selectFrom('publications').select('id').where('assessmentId', '=', assessmentId),
    )
    .execute()
  return rows.map((row) => {
    const step = steps.find(({ publicationId }) => publicationId === row.id) ?? null
    return { ...row, step, state: step?.type ?? 'prepared' }
  })
}

/** What a publication froze, read from its text, in whatever form it was frozen. */
export const bodyOf = async (
  db: Source,
  { assessmentId, body }: Pick<Selectable<PublicationRow>, 'assessmentId' | 'body'>,
): Promise<PublicationBody> =>
  publicationFromStored(
    JSON.parse(body),
    await pointsGiven(db, { column: 'assessments.id', id: assessmentId }),
  )

/** A publication with what it froze. */
export async function readPublication(
  db: Source,
  id: string,
): Promise<{ readonly row: Selectable<PublicationRow>; readonly body: PublicationBody } | undefined> {
  const row = await db.selectFrom('publications').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? undefined : { row, body: await bodyOf(db, row) }
}

/** Which results: those of the year, or those so far 阶段成绩. */
export const resultKinds = ['final', 'interim'] as const
export type ResultKind = (typeof resultKinds)[number]

/** What the entries published hold, by the column that says so. */
export const kindOf = ({ interim }: Pick<PublicationEntry, 'interim'>): ResultKind =>
  interim === 1 ? 'interim' : 'final'

/** The publication that holds now: the last one approved. */
export async function currentPublication(
  db: Source,
  assessmentId: string,
  kind: ResultKind = 'final',
): Promise<PublicationEntry | undefined> {
  return (await listPublications(db, assessmentId)).find(
    (entry) => entry.state === 'approved' && kindOf(entry) === kind,
  )
}

export interface PublicationMark {
  readonly id: string
  readonly number: number
  readonly asOf: string
}

/** Number and day of the publication that holds now, for those who ask on every request; undefined while there is none. */
export const holdingPublication = (
  db: Source,
  assessmentId: string,
  kind: ResultKind = 'final',
): Promise<PublicationMark | undefined> =>
  db
    .selectFrom('publications')
    .innerJoin('publicationSteps', 'publicationSteps.publicationId', 'publications.id')
    .select(['publications.id', 'publications.number', 'publications.asOf'])
    .where('publications.assessmentId', '=', assessmentId)
    .where('publicationSteps.type', '=', 'approved')
    .where('publications.interim', '=', kind === 'interim' ? 1 : 0)
    .orderBy('publications.number', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Every publication of every assessment, oldest first, without bodies. */
export const listAllPublications = (
  db: Source,
): Promise<Pick<Selectable<PublicationRow>, 'id' | 'number' | 'assessmentId'>[]> =>
  db.selectFrom('publications').select(['id', 'number', 'assessmentId']).orderBy('seq').execute()
