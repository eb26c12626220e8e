import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const attemptsPerMinute = 5
const MINUTE = 60_000

export type CodeCheck = 'right' | 'wrong' | 'throttled'

/** The one-time code of the first start. It lives in memory only. */
export interface FirstStartCode {
  readonly code: string
  /** Compares in constant time; five tries a minute. */
  readonly check: (given: string, now: Date) => CodeCheck
}

const digest = (text: string) => createHash('sha256').update(text).digest()

export function newFirstStartCode(code: string = randomBytes(12).toString('base64url')): FirstStartCode {
  let tries: number[] = []
  return {
    code,
    check(given, now) {
      tries = tries.filter((at) => now.getTime() - at < MINUTE)
      if (tries.length >= attemptsPerMinute) return 'throttled'
      tries.push(now.getTime())
      return timingSafeEqual(digest(given), digest(code)) ? 'right' : 'wrong'
    },
  }
}
