import type { Insertable, Selectable, Transaction } from 'kysely'
import { insertRows, type BulkOptions } from './bulk.ts'
import type { Source } from './source.ts'
import type { BonusMarkRow, Tables } from './tables.ts'

export const insertBonusMarks = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<BonusMarkRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'bonusMarks', rows, options)

/** In the order recorded, entries taken back and what took them back included. */
export const listBonusMarks = (db: Source, assessmentId: string): Promise<Selectable<BonusMarkRow>[]> =>
  db.selectFrom('bonusMarks').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()
