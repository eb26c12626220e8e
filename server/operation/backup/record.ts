import { z } from 'zod'
import { appendAudit } from '../../../db/audit.ts'
import { findSetting, saveSetting } from '../../../db/settings.ts'
import type { Db, Source } from '../../../db/source.ts'
import type { BackupMade } from './make-backup.ts'

/** The last backup that was read back whole, and the failure since then, if any. */
export const backupState = z.object({
  last: z
    .object({
      /** ISO moment in UTC of what it holds. */
      at: z.string(),
      file: z.string(),
      bytes: z.int(),
      evidenceFiles: z.int(),
      isSealed: z.boolean(),
      /** Evidence that was missing or altered already. */
      faults: z.int(),
    })
    .nullable(),
  failure: z.object({ at: z.string(), reason: z.string() }).nullable(),
})
export type BackupState = z.infer<typeof backupState>

const KEY = 'backup.state'
const none: BackupState = { last: null, failure: null }

/** What is known of backups; nothing when none was made. */
export async function readBackupState(db: Source): Promise<BackupState> {
  const stored = await findSetting(db, KEY)
  return stored === undefined ? none : backupState.parse(JSON.parse(stored))
}

/** Notes a backup in the database it was made of, for the page that complains and in the audit log. */
export async function recordBackup(
  db: Db,
  file: string,
  isSealed: boolean,
  { manifest: { madeAt: at, database, evidence } }: BackupMade,
): Promise<void> {
  const state: BackupState = {
    last: {
      at,
      file,
      bytes: database.bytes,
      evidenceFiles: evidence.files.length,
      isSealed,
      faults: evidence.faults.length,
    },
    failure: null,
  }
  await db.transaction().execute(async (trx) => {
    await saveSetting(trx, KEY, JSON.stringify(state))
    await appendAudit(trx, {
      at,
      accountId: null,
      action: 'backup.make',
      subject: file,
      detail: { sha256: database.sha256, evidenceFiles: evidence.files.length, isSealed },
    })
  })
}

/** Notes that a backup failed; the last good one stays what it was. */
export async function recordFailure(db: Db, at: string, reason: string): Promise<void> {
  const { last } = await readBackupState(db)
  await saveSetting(db, KEY, JSON.stringify({ last, failure: { at, reason } } satisfies BackupState))
}

/** Notes in the restored database that it was, since what happened after the backup is not in it. */
export const recordRestore = (
  db: Db,
  file: string,
  detail: { readonly madeAt: string; readonly sha256: string },
): Promise<void> =>
  db.transaction().execute((trx) =>
    appendAudit(trx, {
      at: new Date().toISOString(),
      accountId: null,
      action: 'backup.restore',
      subject: file,
      detail,
    }),
  )
