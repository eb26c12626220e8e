import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { openDatabase, sqliteFile } from '../../db/database.ts'
import { brokenness } from '../../db/sqlite-file.ts'
import { walDamage, type WalDamage } from '../../db/wal-damage.ts'
import type { Config } from '../config.ts'
import { newestDaily } from './backup/daily.ts'
import { readBackupState } from './backup/record.ts'

const KEPT = '.damaged-'

/** A damaged write-ahead log, kept under another name before SQLite writes over it: once, however often a start is tried. */
function keptDamage(file: string): WalDamage | null {
  const damage = walDamage(file)
  if (!damage) return null
  const kept = `${damage.file}${KEPT}${Math.floor(statSync(damage.file).mtimeMs)}`
  if (!existsSync(kept)) copyFileSync(damage.file, kept)
  return { ...damage, file: kept }
}

/** Whether the log was found damaged now or at an earlier start, whose copy still lies beside. */
const wasDamaged = (file: string): boolean =>
  existsSync(file) &&
  readdirSync(dirname(file)).some((name) => name.startsWith(`${basename(file)}-wal${KEPT}`))

/** The last good backup as far as it can be told: the newest daily one, else what a database that may be broken says of itself. */
async function lastBackup(databaseUrl: string, backupDir: string | null | undefined): Promise<string | null> {
  const daily = backupDir ? newestDaily(backupDir) : null
  if (daily !== null) return daily
  try {
    const db = await openDatabase(databaseUrl, { readOnly: true })
    const { last } = await readBackupState(db).finally(() => db.destroy())
    return last && (backupDir ? join(backupDir, last.file) : last.file)
  } catch {
    return null
  }
}

/** What whoever starts the server reads, in Chinese and English. */
function refusal(file: string, reason: string, backup: string | null): string {
  const commands = (name: string) => [
    `npm run restore -- ${name} --force`,
    `./zhengheng.sh restore ${name} --force`,
  ]
  const [npm, packed] = commands(backup ?? 'FILE')
  return (
    `预写日志受损后，数据库 ${file} 已不完整（${reason}），没有启动；` +
    `${backup === null ? '没有找到备份的记录，请用手头最近一次完好的备份' : `请用最近一次完好的备份 ${backup}`}恢复：` +
    `${npm}（打包的文件夹：${packed}）。\n` +
    `A damaged write-ahead log has left the database ${file} broken (${reason}), and it is not served; ` +
    `${backup === null ? 'no backup is on record, restore the last good one that you have' : `restore the last good backup ${backup}`}: ` +
    `${npm} (in a packed folder ${packed}).`
  )
}

/**
 * Looks at an SQLite database before anything opens it for writing: a damaged log is kept aside, and what the log has left must be whole. Gives the
 * damage found now. Throws in Chinese and English, with the last good backup and how to restore it, when the database is broken; nothing is
 * changed then.
 */
export async function requireSound({
  databaseUrl,
  backupDir,
}: Pick<Config, 'databaseUrl'> & Partial<Pick<Config, 'backupDir'>>): Promise<WalDamage | null> {
  const file = sqliteFile(databaseUrl)
  if (file === undefined) return null
  const damage = keptDamage(file)
  if (!wasDamaged(file)) return damage
  const reason = brokenness(file)
  if (reason !== null) throw new Error(refusal(file, reason, await lastBackup(databaseUrl, backupDir)))
  return damage
}
