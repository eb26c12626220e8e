import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { dayInChina } from '../../today.ts'
import { hasBackupOf } from './daily.ts'

const HOUR = 3_600_000
/** When the day's backup is made, in hours after midnight in China. */
const FROM_HOUR = 1

export interface Schedule {
  readonly backupDir: string
  readonly clock: () => Date
  /** The script of `npm run backup`; a process of its own, so that nobody waits for it. */
  readonly command: string
}

/** Makes the day's backup unless it is there already or the night is young. Gives whether one was made; throws what the command said. */
export async function backUpWhenDue({ backupDir, clock, command }: Schedule): Promise<boolean> {
  const now = clock()
  const hour = new Date(now.getTime() + 8 * HOUR).getUTCHours()
  if (hour < FROM_HOUR || hasBackupOf(backupDir, dayInChina(now))) return false
  const child = spawn(process.execPath, [...process.execArgv, command], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const [status] = (await once(child, 'close')) as [number | null]
  if (status !== 0) throw new Error(said.trim())
  return true
}
