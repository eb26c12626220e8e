import type { Transaction } from 'kysely'
import type { Source } from './database.ts'
import { isSqlite } from './dialect.ts'
import type { Evidence } from './evidence.ts'
import type { DraftEvidenceRow, DraftRow, Tables } from './tables.ts'

/** One unit's window of a component. */
export type UnitWindowPlace = Pick<DraftRow, 'assessment_id' | 'component' | 'window_key' | 'unit_id'>

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
    .where('assessment_id', '=', place.assessment_id)
    .where('component', '=', place.component)
    .where('window_key', '=', place.window_key)
    .where('unit_id', '=', place.unit_id)
    .execute()

/** Leaves that each unit has answered in its draft of a window. */
export const listAnswered = (
  db: Source,
  window: Omit<UnitWindowPlace, 'unit_id'>,
): Promise<Pick<DraftRow, 'unit_id' | 'leaf'>[]> =>
  db
    .selectFrom('drafts')
    .select(['unit_id', 'leaf'])
    .where('assessment_id', '=', window.assessment_id)
    .where('component', '=', window.component)
    .where('window_key', '=', window.window_key)
    .where((row) => row.or([row('marks', 'is not', null), row('not_applicable', '=', 1)]))
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
  const { marks, not_applicable, note, version, updated_by, updated_at } = row
  return trx
    .updateTable('drafts')
    .set({ marks, not_applicable, note, version, updated_by, updated_at })
    .where('assessment_id', '=', row.assessment_id)
    .where('component', '=', row.component)
    .where('window_key', '=', row.window_key)
    .where('unit_id', '=', row.unit_id)
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
    .innerJoin('draft_evidence', 'draft_evidence.evidence_id', 'evidence.id')
    .selectAll('evidence')
    .select('draft_evidence.leaf')
    .where('draft_evidence.assessment_id', '=', place.assessment_id)
    .where('draft_evidence.component', '=', place.component)
    .where('draft_evidence.window_key', '=', place.window_key)
    .where('draft_evidence.unit_id', '=', place.unit_id)
    .orderBy('evidence.seq')
    .execute()

/** Which leaf a piece of evidence is meant for, if any. */
export const findDraftEvidence = (db: Source, evidenceId: string): Promise<DraftEvidenceRow | undefined> =>
  db.selectFrom('draft_evidence').selectAll().where('evidence_id', '=', evidenceId).executeTakeFirst()

/** Means evidence for a leaf; nothing happens when it is meant for one already. */
export async function insertDraftEvidence(trx: Transaction<Tables>, row: DraftEvidenceRow): Promise<void> {
  await trx
    .insertInto('draft_evidence')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteDraftEvidence(trx: Transaction<Tables>, evidenceId: string): Promise<void> {
  await trx.deleteFrom('draft_evidence').where('evidence_id', '=', evidenceId).execute()
}
