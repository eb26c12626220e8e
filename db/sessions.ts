import type { Source } from './source.ts'
import type { AccountRow, SessionRow } from './tables.ts'

/** A live session: whose it is, where they work, and until when it lasts. */
export interface LiveSession extends AccountRow {
  readonly unitName: string | null
  readonly sessionCreatedAt: string
  readonly expiresAt: string
}

export async function insertSession(db: Source, row: SessionRow): Promise<void> {
  await db.insertInto('sessions').values(row).execute()
}

/** The session of a token's SHA-256 (hex), unless it is over or its account disabled; `now` is an ISO moment in UTC. */
export const findSession = (db: Source, tokenHash: string, now: string): Promise<LiveSession | undefined> =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.accountId')
    .leftJoin('units', 'units.id', 'accounts.unitId')
    .selectAll('accounts')
    .select(['units.name as unitName', 'sessions.createdAt as sessionCreatedAt', 'sessions.expiresAt'])
    .where('sessions.tokenHash', '=', tokenHash)
    .where('sessions.expiresAt', '>', now)
    .where('accounts.disabledAt', 'is', null)
    .executeTakeFirst()

export async function extendSession(db: Source, tokenHash: string, expiresAt: string): Promise<void> {
  await db.updateTable('sessions').set({ expiresAt }).where('tokenHash', '=', tokenHash).execute()
}

export async function deleteSession(db: Source, tokenHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute()
}

/** Signs an account out everywhere, except in the session given. */
export async function deleteSessionsOf(
  db: Source,
  accountId: string,
  exceptTokenHash?: string,
): Promise<void> {
  let query = db.deleteFrom('sessions').where('accountId', '=', accountId)
  if (exceptTokenHash !== undefined) query = query.where('tokenHash', '<>', exceptTokenHash)
  await query.execute()
}

export async function deleteExpiredSessions(db: Source, now: string): Promise<void> {
  await db.deleteFrom('sessions').where('expiresAt', '<=', now).execute()
}
