import type { Transaction } from 'kysely'
import type { Source } from './source.ts'
import { isSqlite } from './dialect.ts'
import type { Evidence } from './evidence.ts'
import type { DraftEvidenceRow, DraftRow, Tables } from './tables.ts'

/** One unit's window of a component. */
export type UnitWindowPlace = Pick<DraftRow, 'assessmentId' | 'component' | 'windowKey' | 'unitId'>

/**
 * Holds the assessment as it is until the transaction ends: drafts do not queue behind each other, but what changes the facts, such as
 * handing in, waits for them and they for it.
 */
export async function holdAssessment(trx: Transaction<Tables>, assessmentId: string): Promise<void> {
  if (isSqlite(trx)) return
  await trx.selectFrom('assessments').select('id').where('id', '=', assessmentId).forShare().execute()
}

export const listDrafts = (db: Source, place: UnitWindowPlace): Promise<DraftRow[]> =>
  db
    .selectFrom('drafts')
    .selectAll()
    .where('assessmentId', '=', place.assessmentId)
    .where('component', '=', place.component)
    .where('windowKey', '=', place.windowKey)
    .where('unitId', '=', place.unitId)
    .execute()

/** Leaves that each unit has answered in its draft of a window. */
export const listAnswered = (
  db: Source,
  window: Omit<UnitWindowPlace, 'unitId'>,
): Promise<Pick<DraftRow, 'unitId' | 'leaf'>[]> =>
  db
    .selectFrom('drafts')
    .select(['unitId', 'leaf'])
    .where('assessmentId', '=', window.assessmentId)
    .where('component', '=', window.component)
    .where('windowKey', '=', window.windowKey)
    .where((row) => row.or([row('marks', 'is not', null), row('notApplicable', '=', 1)]))
    .execute()

/** Saves a draft as the version after the one given (0 = none yet); undefined when that is not the present one. */
export async function saveDraft(
  trx: Transaction<Tables>,
  draft: Omit<DraftRow, 'version'>,
  after: number,
): Promise<DraftRow | undefined> {
  const row = { ...draft, version: after + 1 }
  if (after === 0)
    return trx
      .insertInto('drafts')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
  const { marks, notApplicable, note, version, updatedBy, updatedAt } = row
  return trx
    .updateTable('drafts')
    .set({ marks, notApplicable, note, version, updatedBy, updatedAt })
    .where('assessmentId', '=', row.assessmentId)
    .where('component', '=', row.component)
    .where('windowKey', '=', row.windowKey)
    .where('unitId', '=', row.unitId)
    .where('leaf', '=', row.leaf)
    .where('version', '=', after)
    .returningAll()
    .executeTakeFirst()
}

/** The evidence meant for the leaves of a unit's window, in the order uploaded. */
export const listDraftEvidence = (
  db: Source,
  place: UnitWindowPlace,
): Promise<(Evidence & { readonly leaf: string })[]> =>
  db
    .selectFrom('evidence')
    .innerJoin('draftEvidence', 'draftEvidence.evidenceId', 'evidence.id')
    .selectAll('evidence')
    .select('draftEvidence.leaf')
    .where('draftEvidence.assessmentId', '=', place.assessmentId)
    .where('draftEvidence.component', '=', place.component)
    .where('draftEvidence.windowKey', '=', place.windowKey)
    .where('draftEvidence.unitId', '=', place.unitId)
    .orderBy('evidence.seq')
    .execute()

/** Which leaf a piece of evidence is meant for, if any. */
export const findDraftEvidence = (db: Source, evidenceId: string): Promise<DraftEvidenceRow | undefined> =>
  db.selectFrom('draftEvidence').selectAll().where('evidenceId', '=', evidenceId).executeTakeFirst()

/** Means evidence for a leaf; nothing happens when it is meant for one already. */
export async function insertDraftEvidence(trx: Transaction<Tables>, row: DraftEvidenceRow): Promise<void> {
  await trx
    .insertInto('draftEvidence')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteDraftEvidence(trx: Transaction<Tables>, evidenceId: string): Promise<void> {
  await trx.deleteFrom('draftEvidence').where('evidenceId', '=', evidenceId).execute()
}
