import { createHash, randomBytes } from 'node:crypto'

export const cookieName = 'zhengheng_session'

const MINUTE = 60_000
/** A session ends after half an hour without a request … */
const idleLimit = 30 * MINUTE
/** … and after twelve hours in any case. */
export const absoluteLimit = 12 * 60 * MINUTE
/** How often a session in use is prolonged, so that reading does not mean writing each time. */
const renewalStep = MINUTE

/** 256 random bits for the cookie; only their hash is stored. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256 of a token, in hex. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex')

/** When a session created and used at these moments ends. */
export function expiryAt(createdAt: Date, now: Date): Date {
  return new Date(Math.min(now.getTime() + idleLimit, createdAt.getTime() + absoluteLimit))
}

/** Whether a session's use is to be stored: a minute after it was last. */
export const isRenewalDue = (usedAt: Date, now: Date): boolean =>
  now.getTime() - usedAt.getTime() >= renewalStep
