import type { Bounded } from '../db/bounded.ts'
import type { Db } from '../db/source.ts'
import type { PasswordCost } from './access/password.ts'
import type { FirstStartCode } from './access/first-start-code.ts'
import type { SecurityEvents } from './access/security-events.ts'
import type { SignInAttempts } from './access/sign-in-attempts.ts'
import type { JobDesk } from './jobs/jobs.ts'
import type { Log } from './log.ts'
import type { Backups } from './operation/backup/backup-view.ts'
import type { RequestMeter } from './operation/metrics/request-meter.ts'
import type { Verified } from './publication-verified.ts'

/** What the application is given; nothing else reaches it from outside. */
export interface Deps {
  readonly db: Db
  readonly log: Log
  readonly clock: () => Date
  readonly dataDir: string
  /** Null once there is an account. */
  readonly firstStartCode: FirstStartCode | null
  readonly passwordCost: PasswordCost
  readonly attempts: SignInAttempts
  /** What the audit log tells beside what people did. */
  readonly events: SecurityEvents
  /** Where people reach us behind a proxy; null = we are reached directly. */
  readonly publicUrl: URL | null
  /** Whether the last reading of the whole database found damage. */
  readonly isDamaged: () => boolean
  /** Counts requests; null = nobody asks. */
  readonly meter: RequestMeter | null
  readonly backups: Backups
  /** Who does the heavy work. */
  readonly jobs: JobDesk
  /** Publications that were verified, by id. */
  readonly verified: Bounded<Verified>
  /** The built page that checks a publication, as a file. */
  readonly proofPage: string
}
