import { Problem } from '../http/problem.ts'

const MINUTE = 60_000
const KEYS = 10_000

/** Counts calls by key within the last minute; tells whether one more is allowed. */
export function rateLimit(perMinute: number): (key: string, now: Date) => boolean {
  const calls = new Map<string, { since: number; count: number }>()
  return (key, now) => {
    const at = now.getTime()
    const known = calls.get(key)
    const current = known && at - known.since < MINUTE ? known : { since: at, count: 0 }
    current.count++
    calls.delete(key)
    calls.set(key, current)
    const oldest = calls.keys().next().value
    if (calls.size > KEYS && oldest !== undefined) calls.delete(oldest)
    return current.count <= perMinute
  }
}

/**
 * Limits calls at secret addresses by those behind one, as whoever tries addresses out is stopped together with all who do (`null`). Kept for each
 * application. Throws `throttled`.
 */
export function addressLimit(perAddress: number, wrongAddresses: number) {
  const kept = new WeakMap<object, Record<'right' | 'wrong', ReturnType<typeof rateLimit>>>()
  return (application: object, address: string | null, now: Date): void => {
    const limits = kept.get(application) ?? { right: rateLimit(perAddress), wrong: rateLimit(wrongAddresses) }
    kept.set(application, limits)
    const isAllowed = address === null ? limits.wrong('', now) : limits.right(address, now)
    if (!isAllowed) throw new Problem('throttled', { headers: { 'retry-after': '60' } })
  }
}
