const MINUTE = 60_000
/** Five failures within 15 minutes lock a username, known or not, until the oldest of them is 15 minutes old. */
const failuresAllowed = 5
export const lockWindow = 15 * MINUTE

/** Minutes until a username may try again, given the moments of its failures; 0 = now. */
export function lockedFor(failures: readonly string[], now: Date): number {
  const recent = failures
    .map((at) => Date.parse(at))
    .filter((at) => now.getTime() - at < lockWindow)
    .sort((a, b) => b - a)
  const decisive = recent[failuresAllowed - 1]
  return decisive === undefined ? 0 : Math.max(1, Math.ceil((decisive + lockWindow - now.getTime()) / MINUTE))
}
