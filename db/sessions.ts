import type { Source } from './database.ts'
import type { AccountRow, SessionRow } from './tables.ts'

/** A live session: whose it is, where they work, and until when it lasts. */
export interface LiveSession extends AccountRow {
  readonly unit_name: string | null
  readonly session_created_at: string
  readonly expires_at: string
}

export async function insertSession(db: Source, row: SessionRow): Promise<void> {
  await db.insertInto('sessions').values(row).execute()
}

/** The session of a token's SHA-256 (hex), unless it is over or its account disabled; `now` is an ISO moment in UTC. */
export const findSession = (db: Source, tokenHash: string, now: string): Promise<LiveSession | undefined> =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .leftJoin('units', 'units.id', 'accounts.unit_id')
    .selectAll('accounts')
    .select(['units.name as unit_name', 'sessions.created_at as session_created_at', 'sessions.expires_at'])
    .where('sessions.token_hash', '=', tokenHash)
    .where('sessions.expires_at', '>', now)
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst()

export async function extendSession(db: Source, tokenHash: string, expiresAt: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ expires_at: expiresAt })
    .where('token_hash', '=', tokenHash)
    .execute()
}

export async function deleteSession(db: Source, tokenHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute()
}

/** Signs an account out everywhere, except in the session given. */
export async function deleteSessionsOf(
  db: Source,
  accountId: string,
  exceptTokenHash?: string,
): Promise<void> {
  let query = db.deleteFrom('sessions').where('account_id', '=', accountId)
  if (exceptTokenHash !== undefined) query = query.where('token_hash', '<>', exceptTokenHash)
  await query.execute()
}

export async function deleteExpiredSessions(db: Source, now: string): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<=', now).execute()
}
