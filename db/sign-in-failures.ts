import type { Source } from './database.ts'

/** Notes a failed sign-in under the name that was typed, whether or not there is such an account. */
export async function insertSignInFailure(db: Source, username: string, at: string): Promise<void> {
  await db.insertInto('sign_in_failures').values({ username, at }).execute()
}

/** Failures after the moment `since`. */
export async function countSignInFailures(db: Source, username: string, since: string): Promise<number> {
  const { failures } = await db
    .selectFrom('sign_in_failures')
    .select((row) => row.fn.countAll<number>().as('failures'))
    .where('username', '=', username)
    .where('at', '>', since)
    .executeTakeFirstOrThrow()
  return failures
}

/** After a successful sign-in or a reset. */
export async function clearSignInFailures(db: Source, username: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('username', '=', username).execute()
}

export async function deleteSignInFailuresBefore(db: Source, moment: string): Promise<void> {
  await db.deleteFrom('sign_in_failures').where('at', '<', moment).execute()
}

/** The moments of the failures after `since`, latest first. */
export async function listSignInFailures(db: Source, username: string, since: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sign_in_failures')
    .select('at')
    .where('username', '=', username)
    .where('at', '>', since)
    .orderBy('at', 'desc')
    .execute()
  return rows.map(({ at }) => at)
}
