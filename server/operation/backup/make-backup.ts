import { createReadStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { sql } from 'kysely'
import { openDatabase, sqliteFile } from '../../../db/database.ts'
import { atOneMoment, type Source } from '../../../db/source.ts'
import { copySqlite } from '../../../db/sqlite-file.ts'
import { dayInChina } from '../../today.ts'
import { hashing, openBackup, writeBackup } from './backup-file.ts'
import { addEvidence, type Copied } from './evidence-copies.ts'
import { evidenceFilesIn, inventoryOf, type EvidenceFile, type Inventory, type Manifest } from './manifest.ts'
import { findTool, runTool } from './postgres-tools.ts'
import type { SealingKey } from './sealed.ts'

/** What is backed up. Of the data folder only the evidence is: the secrets in it, a key of the audit log above all, never go into a backup. */
export interface Origin {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly key: SealingKey | null
}

/** Where a backup goes. */
export interface Destination {
  readonly file: string
  /** Name of the folder beside the file that holds the evidence; several backups may share one. */
  readonly evidenceFolder: string
}

/** A backup that stands by itself: its evidence in a folder called like it, and like its key when it is sealed. */
export const beside = (file: string, key: SealingKey | null): Destination => ({
  file,
  evidenceFolder: sharedFolder(`${basename(file)}.evidence`, key),
})

/** The folder of evidence that backups share; files sealed with different keys lie apart. */
export const sharedFolder = (name: string, key: SealingKey | null): string =>
  key === null ? name : `${name}.${key.name}`

export interface BackupMade {
  readonly manifest: Manifest
  readonly evidenceAdded: number
}

/** How often the evidence may change under the copying before a backup gives up. */
const TRIES = 5

/** The database at one moment: its file, and what it holds. */
interface Snapshot {
  readonly inventory: Inventory
  readonly files: readonly EvidenceFile[]
}

const describe = async (moment: Source, now: Date): Promise<Snapshot> => ({
  inventory: await inventoryOf(moment, dayInChina(now)),
  files: await evidenceFilesIn(moment),
})

async function snapSqlite(source: string, to: string, now: Date): Promise<Snapshot> {
  if (!existsSync(source)) throw new Error(`there is no database at ${source}`)
  await copySqlite(source, to)
  const copy = await openDatabase(`file:${to}`, { readOnly: true })
  return atOneMoment(copy, (moment) => describe(moment, now)).finally(() => copy.destroy())
}

async function snapPostgres(databaseUrl: string, to: string, now: Date): Promise<Snapshot> {
  const db = await openDatabase(databaseUrl, { readOnly: true })
  const snap = atOneMoment(db, async (moment) => {
    const { rows } = await sql<{ readonly id: string }>`select pg_export_snapshot() as id`.execute(moment)
    // The transaction outlives pg_dump, which reads by its snapshot.
    await runTool(
      await findTool('pg_dump', moment),
      databaseUrl,
      ['--format=custom', '--no-owner', '--no-privileges', `--snapshot=${rows[0]?.id}`, `--file=${to}`],
      dirname(to),
    )
    return describe(moment, now)
  })
  return snap.finally(() => db.destroy())
}

/** Whether a file that could not be copied was taken back meanwhile, so that the snapshot is too old, rather than lost. */
async function wasTakenBack({ databaseUrl }: Origin, missing: readonly string[]): Promise<boolean> {
  if (missing.length === 0) return false
  const db = await openDatabase(databaseUrl, { readOnly: true })
  const named = await evidenceFilesIn(db).finally(() => db.destroy())
  const names = new Set(named.map(({ storedName }) => storedName))
  return missing.some((name) => !names.has(name))
}

const faultsOf = ({ missing, altered }: Copied): string[] => [
  ...missing.map((name) => `evidence ${name} is missing`),
  ...altered.map((name) => `evidence ${name} was altered`),
]

async function measured(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  let size = { bytes: 0, sha256: '' }
  const content = hashing(createReadStream(path) as AsyncIterable<Buffer>, (sha256, bytes) => {
    size = { bytes, sha256 }
  })
  for await (const _ of content);
  return size
}

/** Reads a backup back and throws when its database is not what was written. */
async function readBack(file: string, { database }: Manifest, key: SealingKey | null): Promise<void> {
  let found = ''
  const written = await openBackup(file, key)
  for await (const _ of hashing(written.database, (sha256) => (found = sha256)));
  if (found !== database.sha256) throw new Error(`${file} does not read back as it was written`)
}

/**
 * Backs up database and evidence as of one moment while the server runs, reads the backup back, and replaces an older file of that name. Throws
 * with a reason when it cannot; no file of that name is left half-written then.
 */
export async function makeBackup(
  origin: Origin,
  { file, evidenceFolder }: Destination,
  now: Date,
): Promise<BackupMade> {
  const { databaseUrl, dataDir, key } = origin
  const target = resolve(file)
  const source = sqliteFile(databaseUrl)
  if (source !== undefined && resolve(source) === target) throw new Error(`${file} is the database itself`)
  await mkdir(dirname(target), { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}-`))
  try {
    for (let tries = 1; ; tries++) {
      const databaseFile = join(folder, 'database')
      const { inventory, files } = await (source === undefined
        ? snapPostgres(databaseUrl, databaseFile, now)
        : snapSqlite(source, databaseFile, now))
      const copied = await addEvidence(files, dataDir, join(dirname(target), evidenceFolder), key)
      if (await wasTakenBack(origin, copied.missing)) {
        if (tries < TRIES) continue
        throw new Error('the evidence kept changing; try again')
      }
      const manifest: Manifest = {
        format: 'zhengheng-backup',
        version: 1,
        madeAt: now.toISOString(),
        database: {
          kind: source === undefined ? 'postgres' : 'sqlite',
          ...(await measured(databaseFile)),
        },
        inventory,
        evidence: { folder: evidenceFolder, files: [...files], faults: faultsOf(copied) },
      }
      await writeBackup(target, manifest, databaseFile, key)
      await readBack(target, manifest, key)
      return { manifest, evidenceAdded: copied.added }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
