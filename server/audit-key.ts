import { createSecretKey, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { beginKeyedChain, keyNameIn } from '../db/audit.ts'
import { auditKeyFrom, type AuditKey } from '../db/audit-key.ts'
import { isCurrent, migrationsIn } from '../db/content.ts'
import { openDatabase, type OpenOptions } from '../db/database.ts'
import { bindActing, bindAuditKey } from '../db/dialect.ts'
import { actingText, foreignObjects, isHarmless } from '../db/schema-check.ts'
import type { Db } from '../db/source.ts'
import { foreignLine } from './operation/tampering.ts'

/** Where the key lies, which the database does not hold and no backup takes along. */
export const auditKeyFile = (dataDir: string): string => join(dataDir, 'audit.key')

const LENGTH = 32

/** Reads a key. Throws when the file cannot be read or holds none. */
export async function readAuditKey(file: string): Promise<AuditKey> {
  const secret = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64')
  if (secret.length !== LENGTH) throw new Error(`${file} holds no key of an audit log`)
  return auditKeyFrom(createSecretKey(secret))
}

/** The key of a data folder; null when there is none. */
export const findAuditKey = async (dataDir: string): Promise<AuditKey | null> =>
  existsSync(auditKeyFile(dataDir)) ? readAuditKey(auditKeyFile(dataDir)) : null

/** Writes a key that only its owner may read, whole or not at all. Throws EEXIST when there is one. */
export async function writeAuditKey(dataDir: string, content: string): Promise<void> {
  const temporary = `${auditKeyFile(dataDir)}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const file = await open(temporary, 'wx', 0o600)
    await file
      .writeFile(content)
      .then(() => file.sync())
      .finally(() => file.close())
    await link(temporary, auditKeyFile(dataDir))
  } finally {
    await rm(temporary, { force: true })
  }
}

/** The key of a data folder, made where there is none. */
export async function ownAuditKey(dataDir: string): Promise<AuditKey> {
  try {
    await writeAuditKey(dataDir, randomBytes(LENGTH).toString('base64'))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return readAuditKey(auditKeyFile(dataDir))
}

/** The key under which a database goes on being written. Throws when its log is signed with a key that is not there. */
async function keyFor(db: Db, dataDir: string): Promise<AuditKey> {
  const name = await keyNameIn(db)
  const key = name === undefined ? await ownAuditKey(dataDir) : await findAuditKey(dataDir)
  if (name === undefined && key) return key
  if (key?.name === name && key) return key
  const file = auditKeyFile(dataDir)
  throw new Error(
    `the audit log of this database is signed with the key ${name}, ${key ? `not with that in ${file}` : `and ${file} is missing`}; ` +
      'every process on a database uses the same key file',
  )
}

/** Throws when tables, or what acts on their rows, are not those that the program makes. */
async function requireOwn(db: Db): Promise<void> {
  const foreign = (await foreignObjects(db))?.filter((each) => !isHarmless(each)) ?? []
  if (foreign.length === 0) return
  const names = foreign.map(foreignLine).join('; ')
  throw new Error(
    `数据库的表或触发器被人改动过，没有启动：${names}。请改回原样，或者从改动之前的备份恢复，再用 verify 核对。\n` +
      `Somebody changed tables or triggers of the database, and it is not served: ${names}. Undo it, or restore a backup from before, then run verify.`,
  )
}

/**
 * Opens a database to write in it, its log signed with the key of the data folder. Throws what {@link openDatabase} throws, and when the key is
 * another or the database's structure is not the program's.
 */
export async function openSigned(
  { databaseUrl, dataDir }: { readonly databaseUrl: string; readonly dataDir: string },
  now: Date,
  options: OpenOptions = {},
): Promise<Db> {
  const db = await openDatabase(databaseUrl, options)
  try {
    // A command may run before the server that brings the tables up to date; it adds to the log that is there.
    if (!isCurrent(await migrationsIn(db))) return db
    bindAuditKey(db, await keyFor(db, dataDir))
    await requireOwn(db)
    bindActing(db, await actingText(db))
    await db.transaction().execute((trx) => beginKeyedChain(trx, now.toISOString()))
    return db
  } catch (error) {
    await db.destroy()
    throw error
  }
}
