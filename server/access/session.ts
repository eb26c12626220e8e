import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Db, Source } from '../../db/source.ts'
import { outageOf } from '../../db/outage.ts'
import { newId } from '../../db/ids.ts'
import { changeSession, findSession, insertSession } from '../../db/sessions.ts'
import type { AccountRow } from '../../db/tables.ts'
import type { Role } from '#assessment/vocabulary'
import type { Asked } from '../http/asked.ts'
import { absoluteLimit, cookieName, expiryAt, isRenewalDue, newToken, tokenHash } from './session-token.ts'

/** Who is signed in. */
export interface Account {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly role: Role
  readonly unit: { readonly id: string; readonly name: string } | null
  readonly mustChangePassword: boolean
}

/** An account as its session knows it, from a row with the name of its unit. */
export const accountOf = (
  row: Pick<AccountRow, 'id' | 'username' | 'name' | 'role' | 'unitId' | 'mustChangePassword'> & {
    readonly unitName: string | null | undefined
  },
): Account => ({
  id: row.id,
  username: row.username,
  name: row.name,
  role: row.role,
  unit: row.unitId === null ? null : { id: row.unitId, name: row.unitName ?? '' },
  mustChangePassword: row.mustChangePassword === 1,
})

export interface Session {
  readonly account: Account
  readonly id: string
  readonly tokenHash: string
  /** The role requires a second factor that the account does not have yet. */
  readonly mustEnrol: boolean
}

/** From where a session is begun, and by which program. */
export interface Origin {
  readonly address: string
  readonly client: string
}

function unlessOutage(error: unknown): void {
  if (outageOf(error) === undefined) throw error
}

/** The session behind a cookie's token, prolonged when it is due; null when there is none that lives. */
export async function readSession(db: Db, token: string | undefined, now: Date): Promise<Session | null> {
  if (token === undefined || token === '') return null
  const hash = tokenHash(token)
  const found = await findSession(db, hash, now.toISOString())
  if (!found) return null
  if (isRenewalDue(new Date(found.usedAt), now)) {
    const expiresAt = expiryAt(new Date(found.sessionCreatedAt), now).toISOString()
    // Where nothing can be written now, reading goes on; the session is prolonged another time.
    await changeSession(db, hash, { usedAt: now.toISOString(), expiresAt }).catch(unlessOutage)
  }
  return {
    id: found.sessionId,
    tokenHash: hash,
    mustEnrol: found.mustEnrol === 1,
    account: accountOf(found),
  }
}

/** Stores a new session and gives its token, which is kept nowhere else. */
export async function createSession(
  db: Source,
  accountId: string,
  now: Date,
  { address, client, mustEnrol }: Origin & { readonly mustEnrol?: boolean } = { address: '', client: '' },
): Promise<string> {
  const token = newToken()
  await insertSession(db, {
    id: newId(),
    tokenHash: tokenHash(token),
    accountId,
    address,
    client,
    mustEnrol: mustEnrol === true ? 1 : 0,
    createdAt: now.toISOString(),
    usedAt: now.toISOString(),
    expiresAt: expiryAt(now, now).toISOString(),
  })
  return token
}

/** Whether people reach us by TLS, here or at the proxy before us. */
export const isSecure = (c: Asked): boolean =>
  (c.get('deps').publicUrl?.protocol ?? new URL(c.req.url).protocol) === 'https:'

export const sessionToken = (c: Context): string | undefined => getCookie(c, cookieName)

export function sendSessionCookie(c: Context, token: string): void {
  setCookie(c, cookieName, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure(c),
    maxAge: absoluteLimit / 1000,
  })
}

export function dropSessionCookie(c: Context): void {
  deleteCookie(c, cookieName, { path: '/', secure: isSecure(c) })
}
