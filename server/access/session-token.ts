import { createHash, randomBytes } from 'node:crypto'

export const cookieName = 'zhengheng_session'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A session ends after twelve hours without a request … */
const idleLimit = 12 * HOUR
/** … and after seven days in any case. */
export const absoluteLimit = 7 * 24 * HOUR
/** How often a session in use is prolonged, so that reading does not mean writing each time. */
const renewalStep = 5 * MINUTE

/** 256 random bits for the cookie; only their hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 of a token, in hex. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** When a session created and used at these moments ends. */
export function expiryAt(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idleLimit, createdAt.getTime() + absoluteLimit))
}

/** The later expiry to store, or null while the stored one is recent enough. */
export function renewedExpiry(createdAt: Date, expiresAt: Date, now: Date): Date | null {
  const next = expiryAt(createdAt, now)
  return next.getTime() - expiresAt.getTime() >= renewalStep ? next : null
}
