import type { Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { AccountRow, Tables } from './tables.ts'

/** An account with the name of its unit, as sessions know it. */
export type Reminded = Pick<
  AccountRow,
  'id' | 'username' | 'name' | 'role' | 'unitId' | 'mustChangePassword'
> & {
  readonly unitName: string | null
  readonly email: string | null
}

const working = (db: Source) =>
  db
    .selectFrom('accounts')
    .leftJoin('units', 'units.id', 'accounts.unitId')
    .select([
      'accounts.id',
      'accounts.username',
      'accounts.name',
      'accounts.role',
      'accounts.unitId',
      'accounts.mustChangePassword',
      'units.name as unitName',
      (row) => row.ref('accounts.email').$castTo<string | null>().as('email'),
    ])
    .where('accounts.disabledAt', 'is', null)
    .where('accounts.awaitsGrantSince', 'is', null)

/** Whose calendar a secret address is; undefined when it was renewed, revoked, or its account does not work. */
export const findByCalendar = (db: Source, tokenHash: string): Promise<Reminded | undefined> =>
  working(db).where('accounts.calendarTokenHash', '=', tokenHash).executeTakeFirst()

/** Everybody who can be written to, by username. */
export const listWithEmail = (db: Source): Promise<Reminded[]> =>
  working(db).where('accounts.email', 'is not', null).orderBy('accounts.username').execute()

/** Sets or, with null, revokes the secret of an account's calendar. */
export async function setCalendarToken(
  trx: Transaction<Tables>,
  accountId: string,
  tokenHash: string | null,
): Promise<void> {
  await trx
    .updateTable('accounts')
    .set({ calendarTokenHash: tokenHash })
    .where('id', '=', accountId)
    .execute()
}

export async function setEmail(
  trx: Transaction<Tables>,
  accountId: string,
  email: string | null,
): Promise<void> {
  await trx.updateTable('accounts').set({ email }).where('id', '=', accountId).execute()
}

/** What an account chose to be reminded by. */
export async function findReminders(
  db: Source,
  accountId: string,
): Promise<{ readonly email: string | null; readonly calendar: boolean }> {
  const row = await db
    .selectFrom('accounts')
    .select(['email', 'calendarTokenHash'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  return { email: row?.email ?? null, calendar: (row?.calendarTokenHash ?? null) !== null }
}
