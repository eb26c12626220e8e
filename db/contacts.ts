import type { Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { OfficeContactRow, Tables } from './tables.ts'

/** Whom to ask at each assessing unit that said so. */
export const listContacts = (db: Source): Promise<OfficeContactRow[]> =>
  db.selectFrom('officeContacts').selectAll().execute()

/** Sets or replaces. */
export async function saveContact(trx: Transaction<Tables>, row: OfficeContactRow): Promise<void> {
  const { name, telephone } = row
  await trx
    .insertInto('officeContacts')
    .values(row)
    .onConflict((conflict) => conflict.column('unitId').doUpdateSet({ name, telephone }))
    .execute()
}
