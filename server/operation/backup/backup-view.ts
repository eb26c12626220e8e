import { z } from 'zod'
import { backupState, type BackupState } from './record.ts'

const HOUR = 3_600_000
/** How often a backup is to be made, in hours; after twice that the page complains. */
const EVERY = 24

/** Who makes backups here; null = nobody, of a database that is thrown away. */
export type Backups = { readonly isScheduled: boolean } | null

export const backupSchema = backupState
  .extend({
    /** Whether the server makes the day's backup by itself. */
    isScheduled: z.boolean(),
    /** Whether there is none, or none since twice the interval. */
    isOverdue: z.boolean(),
    /** Hours after which the last one is too old. */
    overdueAfter: z.int(),
  })
  .meta({ id: 'Backup' })
export type BackupView = z.infer<typeof backupSchema>

/** The last good backup as those see it who keep the program running. Pure. */
export function backupView({ last, failure }: BackupState, backups: Backups, now: Date): BackupView {
  const overdueAfter = 2 * EVERY
  const isOld = last === null || now.getTime() - Date.parse(last.at) > overdueAfter * HOUR
  return {
    last,
    failure,
    isScheduled: backups?.isScheduled ?? false,
    isOverdue: backups !== null && isOld,
    overdueAfter,
  }
}
