import { Secret, TOTP } from 'otpauth'

const issuer = '政衡'
/** Seconds for which a code holds (RFC 6238); the one before and the one after are taken too, as clocks differ. */
const period = 30
const around = 1

const codesOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period })

/** 160 random bits in base32, which an authenticator app takes. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** The address that an authenticator app reads from a picture. */
export const addressOf = (secret: string, username: string): string => codesOf(secret, username).toString()

/** The time step of a code that is right now and later than the last one taken; null = the code is wrong or was used. */
export function stepOfCode(secret: string, code: string, now: Date, last: number | null): number | null {
  const timestamp = now.getTime()
  const delta = codesOf(secret, '').validate({ token: code, timestamp, window: around })
  if (delta === null) return null
  const step = Math.floor(timestamp / 1000 / period) + delta
  return last !== null && step <= last ? null : step
}
