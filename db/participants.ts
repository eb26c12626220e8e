import type { Transaction } from 'kysely'
import { insertRows, type BulkOptions } from './bulk.ts'
import type { Source } from './source.ts'
import type { ParticipantRow, Tables } from './tables.ts'

/** In the order that decides ties. */
export const listParticipants = (db: Source, assessmentId: string): Promise<ParticipantRow[]> =>
  db
    .selectFrom('participants')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .orderBy('position')
    .orderBy('unitId')
    .execute()

export const insertParticipants = (
  trx: Transaction<Tables>,
  rows: readonly ParticipantRow[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'participants', rows, options)

/** Makes the list of participants this one, in this order. */
export async function replaceParticipants(
  trx: Transaction<Tables>,
  assessmentId: string,
  rows: readonly ParticipantRow[],
): Promise<void> {
  await trx.deleteFrom('participants').where('assessmentId', '=', assessmentId).execute()
  await insertParticipants(trx, rows)
}
