import { statSync } from 'node:fs'
import { sql } from 'kysely'
import { sqliteFile } from '../../../db/database.ts'
import { waitingIn } from '../../../db/dialect.ts'
import type { Db } from '../../../db/source.ts'
import { readBackupState } from '../backup/record.ts'
import type { Metric } from './exposition.ts'

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Bytes of the database, its write-ahead log included. */
async function bytesOf(db: Db, databaseUrl: string): Promise<number> {
  const file = sqliteFile(databaseUrl)
  if (file !== undefined) return sizeOf(file) + sizeOf(`${file}-wal`)
  const { rows } = await sql<{ readonly bytes: number }>`
    select pg_database_size(current_database()) as bytes`.execute(db)
  return rows[0]?.bytes ?? 0
}

/** Size and queue of the database, and the age of the last good backup; none while there is no backup. */
export async function databaseMetrics(db: Db, databaseUrl: string, now: Date): Promise<readonly Metric[]> {
  const { last, failure } = await readBackupState(db)
  return [
    {
      name: 'zhengheng_database_bytes',
      help: 'Size of the database with its write-ahead log.',
      type: 'gauge',
      samples: [{ value: await bytesOf(db, databaseUrl) }],
    },
    {
      name: 'zhengheng_queue_length',
      help: 'What waits for its turn: requests for a database connection.',
      type: 'gauge',
      samples: [{ labels: { queue: 'database' }, value: waitingIn(db) }],
    },
    {
      name: 'zhengheng_last_backup_age_seconds',
      help: 'Age of the last good backup.',
      type: 'gauge',
      samples: last === null ? [] : [{ value: (now.getTime() - Date.parse(last.at)) / 1000 }],
    },
    {
      name: 'zhengheng_backup_failed',
      help: '1 when the last try to make a backup failed.',
      type: 'gauge',
      samples: [{ value: failure === null ? 0 : 1 }],
    },
  ]
}
