import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { sql } from 'kysely'
import { contentOf, migrationsIn } from '../../../db/content.ts'
import { openDatabase, sqliteFile } from '../../../db/database.ts'
import { keyNameIn } from '../../../db/audit.ts'
import { bindAuditKey, isSigned } from '../../../db/dialect.ts'
import { restoreSqlite } from '../../../db/restore.ts'
import { atOneMoment, type Db } from '../../../db/source.ts'
import { verifyVouched } from '../../../db/vouched-check.ts'
import { findAuditKey, ownAuditKey, readAuditKey, writeAuditKey } from '../../audit-key.ts'
import { hashing, openBackup, startOf, writeWhole } from './backup-file.ts'
import { compared, type Compared, type Restored } from './comparison.ts'
import { bringBackEvidence } from './evidence-copies.ts'
import { standingsIn, type Manifest } from './manifest.ts'
import { findTool, runTool } from './postgres-tools.ts'
import { recordRestore } from './record.ts'
import { tamperingLine } from '../tampering.ts'
import type { Origin } from './make-backup.ts'

/** What came back, beside what the backup says. */
export interface BroughtBack {
  /** Null for the plain database file of an early release, which says nothing of itself. */
  readonly manifest: Manifest | null
  readonly comparison: readonly Compared[]
  /** What could not be brought back, or is not as the audit log tells, one line each. */
  readonly faults: readonly string[]
  /** How many entries of the audit log are signed with a key that was not at hand, so that only digests were checked for them. */
  readonly unproven: number
}

/** Where a backup is brought back, and the key file of its audit log, which is in no backup; null = the one that lies there, if any. */
export interface RestoreTarget extends Origin {
  readonly auditKeyFile?: string | null
}

const SQLITE = 'SQLite format 3\0'

/** Takes the database out of a backup and checks it. Throws with the name of the file. */
async function unpack(file: string, origin: Origin, to: string): Promise<Manifest> {
  try {
    const { manifest, database } = await openBackup(file, origin.key)
    let found = ''
    await writeWhole(
      to,
      hashing(database, (sha256) => (found = sha256)),
      null,
    )
    if (found !== manifest.database.sha256) throw new Error('altered or cut off')
    return manifest
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

/** What the tables hold before they are brought up to date. */
async function contentNow(databaseUrl: string): Promise<Pick<Restored, 'migrations' | 'tables'>> {
  const db = await openDatabase(databaseUrl, { readOnly: true })
  return atOneMoment(db, async (moment) => ({
    migrations: await migrationsIn(moment),
    tables: await contentOf(moment),
  })).finally(() => db.destroy())
}

/** Lets the restored log be checked with its key and keeps the key in the data folder. Throws when the key given is another. */
async function bringKey(db: Db, { dataDir, auditKeyFile }: RestoreTarget): Promise<void> {
  const name = await keyNameIn(db)
  const there = await findAuditKey(dataDir)
  const key = auditKeyFile ? await readAuditKey(auditKeyFile) : there
  if (!key || name === undefined) return
  if (key.name === name) {
    bindAuditKey(db, key)
    if (auditKeyFile && !there) await writeAuditKey(dataDir, await readFile(auditKeyFile, 'utf8'))
  } else if (auditKeyFile) throw new Error(`${auditKeyFile} is not the key ${name} of the restored audit log`)
}

/**
 * Brings the tables up to date, reads log and results with today's engine as of the backup's day, and notes the restore in the log; without the
 * key of the log, which begins anew then.
 */
async function readingsNow(
  target: RestoreTarget,
  file: string,
  { inventory, madeAt, database }: Manifest,
): Promise<Pick<Restored, 'audit' | 'standings'> & Pick<BroughtBack, 'faults' | 'unproven'>> {
  const db = await openDatabase(target.databaseUrl)
  const [asOf] = inventory.standings.map((standing) => standing.asOf)
  try {
    await bringKey(db, target)
    const readings = await atOneMoment(db, async (moment) => ({
      ...(await verifyVouched(moment)),
      standings: asOf === undefined ? [] : await standingsIn(moment, asOf),
    }))
    if (!isSigned(db)) bindAuditKey(db, await ownAuditKey(target.dataDir))
    await recordRestore(db, file, { madeAt, sha256: database.sha256 })
    const { audit, standings, tampering } = readings
    return { audit, standings, faults: tampering.map(tamperingLine), unproven: audit.unproven }
  } finally {
    await db.destroy()
  }
}

async function intoPostgres(databaseUrl: string, dump: string): Promise<void> {
  const db = await openDatabase(databaseUrl, { readOnly: true })
  const tool = await (async () => {
    const { rows } = await sql<{ readonly name: string }>`
      select relname as name from pg_class where relnamespace = current_schema()::regnamespace limit 1`.execute(
      db,
    )
    if (rows.length > 0)
      throw new Error(
        `the database that DATABASE_URL names is not empty (${rows[0]?.name}); create an empty one`,
      )
    return findTool('pg_restore', db)
  })().finally(() => db.destroy())
  const options = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges']
  await runTool(tool, databaseUrl, [...options, dump], dirname(dump))
}

/** The plain database file that the first releases made, with its evidence beside. */
async function fromEarlyRelease(
  file: string,
  { dataDir }: Origin,
  target: string,
  force: boolean,
): Promise<BroughtBack> {
  await restoreSqlite(file, target, force)
  const evidence = `${file}.evidence`
  if (existsSync(evidence)) await cp(evidence, join(dataDir, 'evidence'), { recursive: true, force: false })
  return { manifest: null, comparison: [], faults: [], unproven: 0 }
}

/**
 * Restores a backup into an empty place and compares. An SQLite database that is there is replaced only by force and kept beside; a PostgreSQL
 * database must be empty. Throws with a reason when nothing was restored, or when the key given is not that of its audit log.
 */
export async function restoreBackup(
  backup: string,
  origin: RestoreTarget,
  force: boolean,
): Promise<BroughtBack> {
  const file = resolve(backup)
  const target = sqliteFile(origin.databaseUrl)
  if (!existsSync(file)) throw new Error(`there is no file ${backup}`)
  const isPlainDatabase = (await startOf(file)).toString('latin1').startsWith(SQLITE)
  if (isPlainDatabase && target !== undefined) return fromEarlyRelease(file, origin, target, force)
  await mkdir(origin.dataDir, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(origin.dataDir, '.restore-'))
  try {
    const unpacked = join(folder, 'database')
    const manifest = await unpack(file, origin, unpacked)
    const kind = target === undefined ? 'postgres' : 'sqlite'
    if (manifest.database.kind !== kind)
      throw new Error(`${backup} holds a ${manifest.database.kind} database, and DATABASE_URL names ${kind}`)
    const evidenceFolder = join(dirname(file), manifest.evidence.folder)
    const content = target === undefined ? null : await contentNow(`file:${unpacked}`)
    if (target === undefined) await intoPostgres(origin.databaseUrl, unpacked)
    else await restoreSqlite(unpacked, target, force)
    const faults = await bringBackEvidence(
      manifest.evidence.files,
      evidenceFolder,
      origin.dataDir,
      origin.key,
    )
    const contents = content ?? (await contentNow(origin.databaseUrl))
    const { audit, standings, ...checked } = await readingsNow(origin, basename(file), manifest)
    const restored: Restored = {
      ...contents,
      audit,
      standings,
      evidenceFiles: manifest.evidence.files.length - faults.length,
    }
    return {
      manifest,
      comparison: compared(manifest, restored),
      faults: [...faults, ...checked.faults],
      unproven: checked.unproven,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
