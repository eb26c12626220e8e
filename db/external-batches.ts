import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { Evidence } from './evidence.ts'
import type { ExternalBatchRow, ExternalMarkRow, Tables } from './tables.ts'

export type ExternalBatch = Selectable<ExternalBatchRow>

/** To be followed by the marks of every participant, in the same transaction. */
export async function insertExternalBatch(
  trx: Transaction<Tables>,
  row: Insertable<ExternalBatchRow>,
): Promise<void> {
  await trx.insertInto('externalBatches').values(row).execute()
}

/** Newest first, each with how many units it gives marks to. */
export async function listExternalBatches(
  db: Source,
  assessmentId: string,
): Promise<(ExternalBatch & { readonly units: number; readonly marked: number })[]> {
  const batches = await db
    .selectFrom('externalBatches')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .orderBy('seq', 'desc')
    .execute()
  const counts = await db
    .selectFrom('externalMarks')
    .select(['batchId', 'unitId'])
    .select(({ fn }) => fn.count<number>('marks').as('given'))
    .where('assessmentId', '=', assessmentId)
    .where('batchId', 'is not', null)
    .groupBy(['batchId', 'unitId'])
    .execute()
  const byBatch = new Map<string, { units: number; marked: number }>()
  for (const { batchId, given } of counts) {
    const held = byBatch.get(batchId ?? '') ?? { units: 0, marked: 0 }
    byBatch.set(batchId ?? '', {
      units: held.units + 1,
      marked: held.marked + (Number(given) > 0 ? 1 : 0),
    })
  }
  return batches.map((batch) => ({ ...batch, ...(byBatch.get(batch.id) ?? { units: 0, marked: 0 }) }))
}

/** The marks of a batch, in unit order as recorded. */
export const listBatchMarks = (db: Source, batchId: string): Promise<Selectable<ExternalMarkRow>[]> =>
  db.selectFrom('externalMarks').selectAll().where('batchId', '=', batchId).orderBy('seq').execute()

/** Whether a piece of evidence is a contract or an evaluator's file. */
export async function isThirdPartyEvidence(db: Source, { id }: Pick<Evidence, 'id'>): Promise<boolean> {
  const contract = await db
    .selectFrom('commissions')
    .select('id')
    .where('contractId', '=', id)
    .executeTakeFirst()
  if (contract) return true
  const batch = await db
    .selectFrom('externalBatches')
    .select('id')
    .where('evidenceId', '=', id)
    .executeTakeFirst()
  return batch !== undefined
}
