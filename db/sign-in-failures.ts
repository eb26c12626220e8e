import { sql, type Transaction } from 'kysely'
import type { Source } from './source.ts'
import { isSqlite } from './dialect.ts'
import type { Tables } from './tables.ts'

/** Notes a failed sign-in under the name that was typed, whether or not there is such an account. */
export async function insertSignInFailure(db: Source, username: string, at: string): Promise<void> {
  await db.insertInto('signInFailures').values({ username, at }).execute()
}

/** After a successful sign-in or a reset. */
export async function clearSignInFailures(db: Source, username: string): Promise<void> {
  await db.deleteFrom('signInFailures').where('username', '=', username).execute()
}

export async function deleteSignInFailuresBefore(db: Source, moment: string): Promise<void> {
  await db.deleteFrom('signInFailures').where('at', '<', moment).execute()
}

/** Any number that no other kind of advisory lock uses. */
const LOCK = 4_307_113

/** The moments of the failures after `since`, latest first; holds the name until the transaction ends, so that attempts queue. */
export async function listSignInFailures(
  trx: Transaction<Tables>,
  username: string,
  since: string,
): Promise<string[]> {
  if (!isSqlite(trx)) await sql`select pg_advisory_xact_lock(${LOCK}, hashtext(${username}))`.execute(trx)
  const rows = await trx
    .selectFrom('signInFailures')
    .select('at')
    .where('username', '=', username)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(({ at }) => at)
}
