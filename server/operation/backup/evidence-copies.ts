import { createReadStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathOf } from '../../evidence/storage.ts'
import { hashing, openedContent, writeWhole } from './backup-file.ts'
import type { EvidenceFile } from './manifest.ts'
import { sealedBytes, type SealingKey } from './sealed.ts'

const copyOf = (folder: string, storedName: string): string =>
  join(folder, storedName.slice(0, 2), storedName)

const sizeOf = async (path: string): Promise<number | null> =>
  (await stat(path).catch(() => null))?.size ?? null

export interface Copied {
  readonly added: number
  /** Files that were not there. */
  readonly missing: readonly string[]
  /** Files that no longer have the hash noted when they were uploaded; copied as they are. */
  readonly altered: readonly string[]
}

/** Copies what a folder of copies lacks; stored files never change, so what is there already stays. */
export async function addEvidence(
  files: readonly EvidenceFile[],
  dataDir: string,
  folder: string,
  key: SealingKey | null,
): Promise<Copied> {
  let added = 0
  const [missing, altered]: [string[], string[]] = [[], []]
  for (const { storedName, bytes, sha256 } of files) {
    const target = copyOf(folder, storedName)
    if ((await sizeOf(target)) === (key === null ? bytes : sealedBytes(bytes))) continue
    const source = pathOf(dataDir, storedName)
    if ((await sizeOf(source)) === null) {
      missing.push(storedName)
      continue
    }
    let hash = ''
    const content = hashing(createReadStream(source) as AsyncIterable<Buffer>, (read) => (hash = read))
    await writeWhole(target, content, key)
    added++
    if (hash !== sha256) altered.push(storedName)
  }
  return { added, missing, altered }
}

/** Brings copies back into an evidence store, each with the hash noted for it. Gives what could not be brought back, one line each. */
export async function bringBackEvidence(
  files: readonly EvidenceFile[],
  folder: string,
  dataDir: string,
  key: SealingKey | null,
): Promise<readonly string[]> {
  const faults: string[] = []
  for (const { storedName, bytes, sha256 } of files) {
    const source = copyOf(folder, storedName)
    const target = pathOf(dataDir, storedName)
    if ((await sizeOf(target)) === bytes) continue
    if ((await sizeOf(source)) === null) {
      faults.push(`evidence ${storedName} is missing`)
      continue
    }
    let hash = ''
    try {
      await writeWhole(
        target,
        hashing(await openedContent(source, key), (read) => (hash = read)),
        null,
      )
    } catch (error) {
      faults.push(`evidence ${storedName}: ${error instanceof Error ? error.message : String(error)}`)
      continue
    }
    if (hash !== sha256) faults.push(`evidence ${storedName} was altered`)
  }
  return faults
}

/** Removes copies that no backup names and that have lain there since before a moment. Gives how many. */
export async function pruneEvidence(
  folder: string,
  named: ReadonlySet<string>,
  before: Date,
): Promise<number> {
  let removed = 0
  for (const part of (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const name of await readdir(join(folder, part))) {
      const path = join(folder, part, name)
      if (named.has(name) || (await stat(path)).mtime >= before) continue
      await rm(path)
      removed++
    }
  }
  return removed
}
