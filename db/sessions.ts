import type { Source } from './source.ts'
import type { AccountRow, SessionRow } from './tables.ts'

/** A live session: whose it is, where they work, and until when it lasts. */
export interface LiveSession extends AccountRow {
  readonly unitName: string | null
  readonly sessionId: string
  readonly sessionCreatedAt: string
  readonly usedAt: string
  readonly mustEnrol: number
}

export async function insertSession(db: Source, row: SessionRow): Promise<void> {
  await db.insertInto('sessions').values(row).execute()
}

/** The session of a token's SHA-256 (hex), unless it is over or its account does not work; `now` is an ISO moment in UTC. */
export const findSession = (db: Source, tokenHash: string, now: string): Promise<LiveSession | undefined> =>
  db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.accountId')
    .leftJoin('units', 'units.id', 'accounts.unitId')
    .selectAll('accounts')
    .select([
      'units.name as unitName',
      'sessions.id as sessionId',
      'sessions.createdAt as sessionCreatedAt',
      'sessions.usedAt',
      'sessions.mustEnrol',
    ])
    .where('sessions.tokenHash', '=', tokenHash)
    .where('sessions.expiresAt', '>', now)
    .where('accounts.disabledAt', 'is', null)
    .where('accounts.awaitsGrantSince', 'is', null)
    .executeTakeFirst()

/** The sessions of an account that still live, the one used last first. */
export const listSessionsOf = (
  db: Source,
  accountId: string,
  now: string,
): Promise<Omit<SessionRow, 'tokenHash'>[]> =>
  db
    .selectFrom('sessions')
    .select(['id', 'accountId', 'address', 'client', 'mustEnrol', 'createdAt', 'usedAt', 'expiresAt'])
    .where('accountId', '=', accountId)
    .where('expiresAt', '>', now)
    .orderBy('usedAt', 'desc')
    .orderBy('id')
    .execute()

export async function changeSession(
  db: Source,
  tokenHash: string,
  change: Partial<Pick<SessionRow, 'usedAt' | 'expiresAt' | 'mustEnrol'>>,
): Promise<void> {
  await db.updateTable('sessions').set(change).where('tokenHash', '=', tokenHash).execute()
}

export async function deleteSession(db: Source, tokenHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('tokenHash', '=', tokenHash).execute()
}

/** Ends one session of an account; whether there was one. */
export async function deleteSessionOf(db: Source, accountId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('accountId', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
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

/** Ends the sessions of an account that were used longest ago, all but so many. */
export async function deleteOldestSessionsOf(db: Source, accountId: string, kept: number): Promise<void> {
  const last = db
    .selectFrom('sessions')
    .select('id')
    .where('accountId', '=', accountId)
    .orderBy('usedAt', 'desc')
    .orderBy('id')
    .limit(kept)
  await db.deleteFrom('sessions').where('accountId', '=', accountId).where('id', 'not in', last).execute()
}

export async function deleteExpiredSessions(db: Source, now: string): Promise<void> {
  await db.deleteFrom('sessions').where('expiresAt', '<=', now).execute()
}
