import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { newId } from './ids.ts'
import { migrations } from './migrations/index.ts'

function withDatabase<T>(file: string, use: (database: Database.Database) => T): T {
  const database = new Database(file, { readonly: true, fileMustExist: true })
  try {
    return use(database)
  } finally {
    database.close()
  }
}

/** What SQLite itself finds wrong with the file; empty when it is sound. Throws when the file is no database. */
export const damageIn = (file: string): string[] =>
  withDatabase(file, (database) => {
    const damage = database.pragma('integrity_check(10)') as { integrity_check: string }[]
    const broken = damage.map((row) => row.integrity_check).filter((text) => text !== 'ok')
    // Where pages are broken, rows cannot be followed from one to another.
    if (broken.length > 0) return broken
    const orphans = database.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[]
    return orphans
      .slice(0, 10)
      .map((row) => `${row.table} row ${row.rowid} refers to a missing row of ${row.parent}`)
  })

/** The first thing wrong with a database, also where so much is broken that SQLite cannot say more; null when it is sound. */
export function brokenness(file: string): string | null {
  try {
    return damageIn(file)[0] ?? null
  } catch (error) {
    const isBroken = error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
    if (isBroken) return error.message
    throw error
  }
}

/** Why the file cannot serve as this program's database; null when it can. An older version can: it is migrated when opened. */
export const foreignness = (file: string): string | null =>
  withDatabase(file, (database) => {
    const isKnown =
      database.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").get() !== undefined
    if (!isKnown) return 'is not a Zhengheng database'
    const names = database.prepare('select name from kysely_migration').pluck().all() as string[]
    const newer = names.find((name) => !(name in migrations))
    return newer === undefined ? null : `was written by a newer version (migration ${newer})`
  })

/** Whether a process has the database open. When none has, its write-ahead log is folded in, so that the file is all there is. */
export function isInUse(file: string): boolean {
  const database = new Database(file, { fileMustExist: true, timeout: 0 })
  try {
    database.pragma('journal_mode = DELETE')
    return false
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return true
    throw error
  } finally {
    database.close()
  }
}

/** Makes a written or renamed file survive a power failure. */
function flush(path: string): void {
  // Windows can sync no folder.
  if (process.platform === 'win32') return
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Copies a database, which others may be using, to one self-contained file that is there completely or not at all. */
export async function copySqlite(from: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const temporary = `${to}.${newId()}.tmp`
  try {
    const source = new Database(from, { readonly: true, fileMustExist: true })
    // In one step after the first: a copy in many starts over whenever the server writes.
    await source.backup(temporary, { progress: () => 0x7fffffff }).finally(() => source.close())
    const copy = new Database(temporary)
    copy.pragma('journal_mode = DELETE')
    copy.close()
    chmodSync(temporary, 0o600)
    flush(temporary)
    const [damage] = damageIn(temporary)
    if (damage !== undefined) throw new Error(`the copy of ${from} is damaged: ${damage}`)
    renameSync(temporary, to)
    flush(dirname(to))
  } finally {
    for (const rest of [temporary, `${temporary}-journal`, `${temporary}-wal`, `${temporary}-shm`]) {
      if (existsSync(rest)) rmSync(rest)
    }
  }
}
