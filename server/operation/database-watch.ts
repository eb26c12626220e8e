import { quickCheck } from '../../db/quick-check.ts'
import { everyHour } from '../evidence/upkeep.ts'
import type { Log } from '../log.ts'

/** Hours between two readings of the whole file, a little less so that they keep to the hour. */
const between = 23.5 * 3_600_000

export interface DatabaseWatch {
  /** What the last reading found. */
  readonly isDamaged: () => boolean
  /** A reading under way is left to itself. */
  readonly stop: () => void
}

/** Reads an SQLite file whole after the start and once a day, beside the work, and remembers whether it is damaged. */
export function watchDatabase(file: string, { log, clock }: { log: Log; clock: () => Date }): DatabaseWatch {
  let damage: readonly string[] = []
  let last = Number.NEGATIVE_INFINITY
  const end = everyHour(
    async () => {
      if (clock().getTime() - last < between) return
      damage = await quickCheck(file)
      last = clock().getTime()
      if (damage.length > 0) log.error({ damage }, 'the database is damaged')
    },
    (error) => log.error({ err: error }, 'the database could not be checked'),
  )
  return { isDamaged: () => damage.length > 0, stop: () => void end() }
}
