import { quickCheck } from '../../db/quick-check.ts'
import { everyHour } from '../evidence/upkeep.ts'
import type { Log } from '../log.ts'

/** Hours between two readings of the whole file, a little less so that they keep to the hour. */
const between = 23.5 * 3_600_000

export interface DatabaseWatch {
  /** What the last reading found. */
  readonly isDamaged: () => boolean
  /** Ends a reading under way; afterwards nothing touches the file any more. */
  readonly stop: () => Promise<void>
}

/** Reads an SQLite file whole after the start and once a day, beside the work, and remembers whether it is damaged. */
export function watchDatabase(file: string, { log, clock }: { log: Log; clock: () => Date }): DatabaseWatch {
  const ending = new AbortController()
  let damage: readonly string[] = []
  let last = Number.NEGATIVE_INFINITY
  const end = everyHour(
    async () => {
      if (clock().getTime() - last < between) return
      damage = await quickCheck(file, ending.signal)
      last = clock().getTime()
      if (damage.length > 0) log.error({ damage }, 'the database is damaged')
    },
    (error) => {
      if (!ending.signal.aborted) log.error({ err: error }, 'the database could not be checked')
    },
  )
  const stop = async (): Promise<void> => {
    ending.abort()
    await end()
  }
  return { isDamaged: () => damage.length > 0, stop }
}
