import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { ImportRow, Tables } from './tables.ts'

export async function insertImport(trx: Transaction<Tables>, row: Insertable<ImportRow>): Promise<void> {
  await trx.insertInto('imports').values(row).execute()
}

/** Accepted workbooks, latest first. */
export const listImports = (db: Source, assessmentId: string): Promise<Selectable<ImportRow>[]> =>
  db
    .selectFrom('imports')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .orderBy('seq', 'desc')
    .execute()
