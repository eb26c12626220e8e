import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Day } from '#assessment/day'
import { openBackup } from './backup-file.ts'
import { pruneEvidence } from './evidence-copies.ts'
import { sharedFolder, type Destination } from './make-backup.ts'
import { dayOf, nameOn, surplus } from './rotation.ts'
import type { SealingKey } from './sealed.ts'

const DAY = 24 * 3_600_000

/** Where the backup of a day goes. Throws when the key lies with the backups that it seals. */
export async function dailyDestination(
  backupDir: string,
  day: Day,
  key: SealingKey | null,
  keyFile: string | null,
): Promise<Destination> {
  if (keyFile !== null && dirname(keyFile) === backupDir)
    throw new Error(
      `BACKUP_KEY_FILE lies in ${backupDir}; whoever takes the backups must not find their key there`,
    )
  await mkdir(backupDir, { recursive: true, mode: 0o700 })
  return { file: join(backupDir, nameOn(day)), evidenceFolder: sharedFolder('evidence', key) }
}

/** The newest daily backup of a folder; null when there is none. */
export function newestDaily(backupDir: string): string | null {
  const names = existsSync(backupDir) ? readdirSync(backupDir) : []
  const newest = names
    .filter((name) => dayOf(name) !== undefined)
    .sort()
    .at(-1)
  return newest === undefined ? null : join(backupDir, newest)
}

export const hasBackupOf = (backupDir: string, day: Day): boolean => existsSync(join(backupDir, nameOn(day)))

/** The files of evidence that the daily backups name, by folder; null when one of them cannot be read, as under an earlier key. */
async function namedEvidence(
  backupDir: string,
  key: SealingKey | null,
): Promise<ReadonlyMap<string, ReadonlySet<string>> | null> {
  const named = new Map<string, Set<string>>()
  for (const name of await readdir(backupDir)) {
    if (dayOf(name) === undefined) continue
    const opened = await openBackup(join(backupDir, name), key).catch(() => null)
    if (opened === null) return null
    const { folder, files } = opened.manifest.evidence
    const names = named.get(folder) ?? new Set()
    for (const { storedName } of files) names.add(storedName)
    named.set(folder, names)
  }
  return named
}

/**
 * Removes daily backups that are no longer kept, and copies of evidence that none of the others names and that are older than a day; all copies
 * stay while one of the backups cannot be read.
 */
export async function rotate(
  backupDir: string,
  key: SealingKey | null,
  now: Date,
): Promise<{ readonly backups: number; readonly evidence: number }> {
  const gone = surplus(await readdir(backupDir))
  for (const name of gone) await rm(join(backupDir, name))
  const named = await namedEvidence(backupDir, key)
  let evidence = 0
  for (const [folder, names] of named ?? [])
    evidence += await pruneEvidence(join(backupDir, folder), names, new Date(now.getTime() - DAY))
  return { backups: gone.length, evidence }
}
