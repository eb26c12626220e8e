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
