import { basename } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { openSigned } from '../audit-key.ts'
import { readConfig, type Config } from '../config.ts'
import { dailyDestination, rotate } from '../operation/backup/daily.ts'
import { beside, makeBackup } from '../operation/backup/make-backup.ts'
import { recordBackup, recordFailure } from '../operation/backup/record.ts'
import { readSealingKey } from '../operation/backup/sealed.ts'
import { dayInChina } from '../today.ts'

const usage = 'usage: npm run backup -- FILE, or without FILE today’s backup in BACKUP_DIR'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Backs up to FILE, or as the day's backup, and says what was written. */
async function backUp(config: Config, file: string | undefined, now: Date): Promise<void> {
  const { databaseUrl, dataDir, backupDir, backupKeyFile } = config
  const key = backupKeyFile === null ? null : await readSealingKey(backupKeyFile)
  const destination =
    file === undefined
      ? await dailyDestination(backupDir ?? '', dayInChina(now), key, backupKeyFile)
      : beside(file, key)
  const made = await makeBackup({ databaseUrl, dataDir, key }, destination, now)
  const { database, inventory, evidence } = made.manifest
  const rows = inventory.tables.reduce((sum, table) => sum + table.rows, 0)
  console.log(
    `backup: ${destination.file}, ${database.bytes} bytes of ${database.kind}, ${rows} rows in ${inventory.tables.length} tables, ` +
      `${key === null ? 'not sealed' : `sealed with key ${key.name}`}, read back whole`,
  )
  console.log(
    `backup: evidence in ${destination.evidenceFolder} beside it, ${evidence.files.length} files, ${made.evidenceAdded} of them new`,
  )
  for (const fault of evidence.faults)
    console.error(`backup: ${fault} in the store itself; run npm run verify`)
  const db = await openSigned(config, now, { asItIs: true })
  await recordBackup(db, basename(destination.file), key !== null, made).finally(() => db.destroy())
  if (file !== undefined) return
  const removed = await rotate(backupDir ?? '', key, now)
  console.log(`backup: ${removed.backups} older backups and ${removed.evidence} evidence files removed`)
}

/** Notes on the page that complains why there is no new backup. */
async function noteFailure({ databaseUrl }: Config, now: Date, reason: string): Promise<void> {
  const db = await openDatabase(databaseUrl, { asItIs: true })
  await recordFailure(db, now.toISOString(), reason).finally(() => db.destroy())
}

/** Gives the exit status. */
async function backup([file, ...rest]: readonly string[]): Promise<number> {
  const config = readConfig(process.env)
  const isUsable = file === undefined ? config.backupDir !== null : !file.startsWith('-')
  if (!isUsable || rest.length > 0) {
    console.error(usage)
    return 2
  }
  const now = new Date()
  try {
    await backUp(config, file, now)
    return 0
  } catch (error) {
    console.error(`backup: ${messageOf(error)}`)
    await noteFailure(config, now, messageOf(error)).catch(() => undefined)
    return 1
  }
}

process.exitCode = await backup(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`backup: ${messageOf(error)}`)
  return 1
})
