import type { ExpressionBuilder, Insertable, Selectable, Transaction } from 'kysely'
import type { Source } from './source.ts'
import { isSqlite } from './dialect.ts'
import { newId } from './ids.ts'
import type { EvidenceRow, Tables } from './tables.ts'

export type Evidence = Selectable<EvidenceRow>

export async function insertEvidence(
  trx: Transaction<Tables>,
  row: Insertable<EvidenceRow>,
): Promise<Evidence> {
  return trx.insertInto('evidence').values(row).returningAll().executeTakeFirstOrThrow()
}

export const findEvidence = (db: Source, id: string): Promise<Evidence | undefined> =>
  db.selectFrom('evidence').selectAll().where('id', '=', id).executeTakeFirst()

/** What an account uploaded under an id of its own choosing. */
export const findUpload = (db: Source, accountId: string, uploadId: string): Promise<Evidence | undefined> =>
  db
    .selectFrom('evidence')
    .selectAll()
    .where('uploadedBy', '=', accountId)
    .where('uploadId', '=', uploadId)
    .executeTakeFirst()

/** The same files and links, resting on other facts. */
async function insertCopies(
  trx: Transaction<Tables>,
  rows: readonly Evidence[],
  factIds: readonly string[],
): Promise<void> {
  const copies = factIds.flatMap((factId) =>
    rows.map(({ seq: _seq, ...row }) => ({ ...row, id: newId(), uploadId: null, factId })),
  )
  if (copies.length > 0) await trx.insertInto('evidence').values(copies).execute()
}

/** The evidence of facts, in the order uploaded; `factId` tells whose. */
export async function listEvidence(
  db: Source,
  { factIds }: { readonly factIds: readonly string[] },
): Promise<Evidence[]> {
  if (factIds.length === 0) return []
  return db.selectFrom('evidence').selectAll().where('factId', 'in', factIds).orderBy('seq').execute()
}

/**
 * Attaches staged evidence to a fact inserted in the same transaction: only the account's own, of the same assessment, each once. What rests on
 * the fact `from` already is evidence of both.
 * Gives whether all of them could be; when false, let the transaction fail (problem `evidence-not-staged`).
 */
export async function attachEvidence(
  trx: Transaction<Tables>,
  {
    ids,
    factId,
    accountId,
    assessmentId,
    from,
  }: {
    readonly ids: readonly string[]
    readonly factId: string
    readonly accountId: string
    readonly assessmentId: string
    readonly from?: string | undefined
  },
): Promise<boolean> {
  const before = await listEvidence(trx, { factIds: from === undefined ? [] : [from] })
  const again = before.filter(({ id }) => ids.includes(id))
  await insertCopies(trx, again, [factId])
  const asked = [...new Set(ids)].filter((id) => !again.some((row) => row.id === id))
  if (asked.length === 0) return true
  const attached = await trx
    .updateTable('evidence')
    .set({ factId })
    .where('id', 'in', asked)
    .where('uploadedBy', '=', accountId)
    .where('assessmentId', '=', assessmentId)
    .where('factId', 'is', null)
    .where('claimId', 'is', null)
    .returning('id')
    .execute()
  return attached.length === asked.length
}

/** Lets further facts of the same assessment rest on a fact's evidence, as when one problem is recorded for many units. */
export async function shareEvidence(
  trx: Transaction<Tables>,
  { factId, withFactIds }: { readonly factId: string; readonly withFactIds: readonly string[] },
): Promise<void> {
  await insertCopies(trx, await listEvidence(trx, { factIds: [factId] }), withFactIds)
}

/** Lets a fact rest on evidence of its assessment that is kept for itself, as a report is. */
export async function lendEvidence(
  trx: Transaction<Tables>,
  { id, factId }: { readonly id: string; readonly factId: string },
): Promise<void> {
  const row = await findEvidence(trx, id)
  if (row) await insertCopies(trx, [row], [factId])
}

/** Bytes of a unit's files, each file once; holds the unit until a transaction ends, so that two uploads cannot share what is left. */
export async function bytesUsedBy(db: Source, unitId: string): Promise<number> {
  if (!isSqlite(db)) await db.selectFrom('units').select('id').where('id', '=', unitId).forUpdate().execute()
  const { used } = await db
    .selectFrom(
      db
        .selectFrom('evidence')
        .select(['storedName', 'bytes'])
        .distinct()
        .where('unitId', '=', unitId)
        .as('files'),
    )
    .select((row) => row.fn.sum<number | null>('bytes').as('used'))
    .executeTakeFirstOrThrow()
  return used ?? 0
}

const contracts = (db: ExpressionBuilder<Tables, 'evidence'>) =>
  db
    .selectFrom('commissions')
    .select('contractId')
    .where('contractId', 'is not', null)
    .$castTo<{ contractId: string }>()
const batchFiles = (db: ExpressionBuilder<Tables, 'evidence'>) =>
  db
    .selectFrom('externalBatches')
    .select('evidenceId')
    .where('evidenceId', 'is not', null)
    .$castTo<{ evidenceId: string }>()

const reportFiles = (db: ExpressionBuilder<Tables, 'evidence'>) =>
  db
    .selectFrom('reports')
    .select('evidenceId')
    .where('evidenceId', 'is not', null)
    .$castTo<{ evidenceId: string }>()

/** The row, if it was staged and is gone now; undefined when it is attached, holds a contract, an evaluator's marks or a report, or there was none. */
export const deleteStaged = (trx: Transaction<Tables>, id: string): Promise<Evidence | undefined> =>
  trx
    .deleteFrom('evidence')
    .where('id', '=', id)
    .where('factId', 'is', null)
    .where('claimId', 'is', null)
    .where('id', 'not in', contracts)
    .where('id', 'not in', batchFiles)
    .where('id', 'not in', reportFiles)
    .returningAll()
    .executeTakeFirst()

/** Removes what was uploaded before a moment and neither attached, nor meant for a self-assessment being filled in, nor the third party's, nor a report. */
export const deleteStagedBefore = (db: Source, moment: string): Promise<Evidence[]> =>
  db
    .deleteFrom('evidence')
    .where('factId', 'is', null)
    .where('claimId', 'is', null)
    .where('id', 'not in', (drafts) => drafts.selectFrom('draftEvidence').select('evidenceId'))
    .where('id', 'not in', contracts)
    .where('id', 'not in', batchFiles)
    .where('id', 'not in', reportFiles)
    .where('uploadedAt', '<', moment)
    .returningAll()
    .execute()

/** A stored file as its rows name it. */
export interface StoredFile {
  readonly storedName: string
  readonly sha256: string
  readonly bytes: number
  readonly fileName: string
}

/** Every stored file with its hash, for checks, for backups and for telling orphans; twice where two facts rest on it. */
export async function listStoredFiles(db: Source): Promise<StoredFile[]> {
  const rows = await db
    .selectFrom('evidence')
    .select(['storedName', 'sha256', 'bytes', 'fileName'])
    .where('storedName', 'is not', null)
    .orderBy('seq')
    .execute()
  return rows.flatMap(({ storedName, sha256, ...row }) =>
    storedName === null || sha256 === null ? [] : [{ ...row, storedName, sha256 }],
  )
}
