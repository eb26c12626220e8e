import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { sql } from 'kysely'
import { contentOf, migrationsIn } from '../../../db/content.ts'
import { openDatabase, sqliteFile } from '../../../db/database.ts'
import { verifyAudit } from '../../../db/audit.ts'
import { restoreSqlite } from '../../../db/restore.ts'
import { atOneMoment } from '../../../db/source.ts'
import { hashing, openBackup, startOf, writeWhole } from './backup-file.ts'
import { compared, type Compared, type Restored } from './comparison.ts'
import { bringBackEvidence } from './evidence-copies.ts'
import { standingsIn, type Manifest } from './manifest.ts'
import { findTool, runTool } from './postgres-tools.ts'
import { recordRestore } from './record.ts'
import type { Origin } from './make-backup.ts'

/** What came back, beside what the backup says. */
export interface BroughtBack {
  /** Null for the plain database file of an early release, which says nothing of itself. */
  readonly manifest: Manifest | null
  readonly comparison: readonly Compared[]
  /** What could not be brought back, one line each. */
  readonly faults: readonly string[]
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

/** Brings the tables up to date, reads log and results with today's engine as of the backup's day, and notes the restore in the log. */
async function readingsNow(
  databaseUrl: string,
  file: string,
  { inventory, madeAt, database }: Manifest,
): Promise<Pick<Restored, 'audit' | 'standings'>> {
  const db = await openDatabase(databaseUrl)
  const [asOf] = inventory.standings.map((standing) => standing.asOf)
  try {
    const readings = await atOneMoment(db, async (moment) => ({
      audit: await verifyAudit(moment),
      standings: asOf === undefined ? [] : await standingsIn(moment, asOf),
    }))
    await recordRestore(db, file, { madeAt, sha256: database.sha256 })
    return readings
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
  return { manifest: null, comparison: [], faults: [] }
}

/**
 * Restores a backup into an empty place and compares. An SQLite database that is there is replaced only by force and kept beside; a PostgreSQL
 * database must be empty. Throws with a reason when nothing was restored.
 */
export async function restoreBackup(backup: string, origin: Origin, force: boolean): Promise<BroughtBack> {
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
    const restored: Restored = {
      ...(content ?? (await contentNow(origin.databaseUrl))),
      ...(await readingsNow(origin.databaseUrl, basename(file), manifest)),
      evidenceFiles: manifest.evidence.files.length - faults.length,
    }
    return { manifest, comparison: compared(manifest, restored), faults }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
