import type { Transaction } from 'kysely'
import { insertRows, type BulkOptions } from './bulk.ts'
import type { Source } from './database.ts'
import type { ParticipantRow, Tables } from './tables.ts'

/** In the order that decides ties. */
export const listParticipants = (db: Source, assessmentId: string): Promise<ParticipantRow[]> =>
  db
    .selectFrom('participants')
    .selectAll()
    .where('assessment_id', '=', assessmentId)
    .orderBy('position')
    .orderBy('unit_id')
    .execute()

export const insertParticipants = (
  trx: Transaction<Tables>,
  rows: readonly ParticipantRow[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'participants', rows, options)
