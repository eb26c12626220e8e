import type { Selectable, Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { Evidence } from './evidence.ts'
import { newId } from './ids.ts'
import type { ClaimRow, SubmissionRow, Tables, VerifiedMarkRow } from './tables.ts'

export type Claim = Selectable<ClaimRow>
export type Mark = Selectable<VerifiedMarkRow>
export type SubmissionFact = Selectable<SubmissionRow>

/** A window of an assessment, or what of it is asked for. */
export interface WindowPlace {
  readonly assessmentId: string
  readonly component: string
  readonly windowKey: string
  /** Only of these units. */
  readonly unitIds?: readonly string[]
  readonly leaf?: string
}

/** What is in force in a window, apart from dates: the last claim and the last mark of each unit and leaf. */
function latest(db: Source, table: 'claims' | 'verifiedMarks', place: WindowPlace) {
  let last = db
    .selectFrom(table)
    .select((row) => row.fn.max('seq').as('seq'))
    .where('assessmentId', '=', place.assessmentId)
    .where('component', '=', place.component)
    .where('windowKey', '=', place.windowKey)
    .groupBy(['unitId', 'leaf'])
  if (place.unitIds !== undefined) last = last.where('unitId', 'in', place.unitIds)
  if (place.leaf !== undefined) last = last.where('leaf', '=', place.leaf)
  return last
}

export async function listClaimsInForce(db: Source, place: WindowPlace): Promise<Claim[]> {
  if (place.unitIds?.length === 0) return []
  return db
    .selectFrom('claims')
    .selectAll()
    .where('seq', 'in', latest(db, 'claims', place))
    .orderBy('seq')
    .execute()
}

export async function listMarksInForce(db: Source, place: WindowPlace): Promise<Mark[]> {
  if (place.unitIds?.length === 0) return []
  return db
    .selectFrom('verifiedMarks')
    .selectAll()
    .where('seq', 'in', latest(db, 'verifiedMarks', place))
    .orderBy('seq')
    .execute()
}

/** In the order recorded. */
export async function listSubmissionsOf(db: Source, place: WindowPlace): Promise<SubmissionFact[]> {
  if (place.unitIds?.length === 0) return []
  let query = db
    .selectFrom('submissions')
    .selectAll()
    .where('assessmentId', '=', place.assessmentId)
    .where('component', '=', place.component)
    .where('windowKey', '=', place.windowKey)
  if (place.unitIds !== undefined) query = query.where('unitId', 'in', place.unitIds)
  return query.orderBy('seq').execute()
}

export async function listClaimEvidence(
  db: Source,
  claimIds: readonly string[],
): Promise<(Evidence & { readonly claimId: string })[]> {
  if (claimIds.length === 0) return []
  return db
    .selectFrom('evidence')
    .selectAll()
    .where('claimId', 'in', claimIds)
    .orderBy('seq')
    .$narrowType<{ claimId: string }>()
    .execute()
}

export const findClaim = (db: Source, id: string): Promise<Claim | undefined> =>
  db.selectFrom('claims').selectAll().where('id', '=', id).executeTakeFirst()

/**
 * Attaches evidence to a claim inserted in the same transaction. What an earlier claim rests on already is named once more, so that both
 * keep theirs; gives the ids under which the claim has it.
 */
export async function attachToClaim(
  trx: Transaction<Tables>,
  claimId: string,
  evidence: readonly Evidence[],
): Promise<string[]> {
  const ids: string[] = []
  for (const { seq: _seq, ...row } of evidence) {
    if (row.claimId === null) {
      await trx.updateTable('evidence').set({ claimId }).where('id', '=', row.id).execute()
      ids.push(row.id)
      continue
    }
    const id = newId()
    const { leaf: _leaf, ...columns } = row as typeof row & { leaf?: string }
    await trx
      .insertInto('evidence')
      .values({ ...columns, id, uploadId: null, claimId })
      .execute()
    ids.push(id)
  }
  return ids
}
