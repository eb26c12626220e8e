import type { Transaction, Updateable } from 'kysely'
import type { Source } from './source.ts'
import type { AccountRow, Tables } from './tables.ts'

/** By username. */
export const listAccounts = (db: Source): Promise<AccountRow[]> =>
  db.selectFrom('accounts').selectAll().orderBy('username').execute()

export const findAccount = (db: Source, id: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()

export const findAccountByUsername = (db: Source, username: string): Promise<AccountRow | undefined> =>
  db.selectFrom('accounts').selectAll().where('username', '=', username).executeTakeFirst()

/** Whether anyone can sign in yet; setup is needed while nobody can. */
export async function hasAccounts(db: Source): Promise<boolean> {
  return (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined
}

export async function insertAccount(trx: Transaction<Tables>, row: AccountRow): Promise<void> {
  await trx.insertInto('accounts').values(row).execute()
}

/** The changed row, or undefined when there is none. */
export const updateAccount = (
  trx: Transaction<Tables>,
  id: string,
  change: Omit<Updateable<AccountRow>, 'id' | 'username' | 'createdAt'>,
): Promise<AccountRow | undefined> =>
  trx.updateTable('accounts').set(change).where('id', '=', id).returningAll().executeTakeFirst()
