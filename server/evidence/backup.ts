import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { listStoredFiles } from '../../db/evidence.ts'
import type { Source } from '../../db/source.ts'
import { hashOfFile, pathOf } from './storage.ts'

/** Where the evidence of a backup lies: beside it. */
export const evidenceBeside = (backup: string): string => `${backup}.evidence`

/**
 * Copies stored evidence that the target lacks; stored files never change, so what is there already stays. Take the database first: then the
 * copy has every file it names. Gives how many files were copied.
 */
export async function copyEvidence(from: string, to: string): Promise<number> {
  const folders = (await readdir(from).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))
  let copied = 0
  for (const folder of folders) {
    for (const name of await readdir(join(from, folder))) {
      const [source, target] = [join(from, folder, name), join(to, folder, name)]
      const [there, here] = [await stat(target).catch(() => null), await stat(source).catch(() => null)]
      if (!here || there?.size === here.size) continue
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`
      try {
        await copyFile(source, temporary)
        await rename(temporary, target)
        copied++
      } finally {
        await rm(temporary, { force: true })
      }
    }
  }
  return copied
}

export interface EvidenceCheck {
  readonly files: number
  /** What is missing or altered, one line each. */
  readonly faults: readonly string[]
}

/** Compares every stored file with the hash noted when it was uploaded. */
export async function checkEvidence(db: Source, dataDir: string): Promise<EvidenceCheck> {
  const tables = await db.introspection.getTables()
  if (!tables.some(({ name }) => name === 'evidence')) return { files: 0, faults: [] }
  const stored = new Map((await listStoredFiles(db)).map((row) => [row.storedName, row]))
  const faults: string[] = []
  for (const { storedName, sha256, fileName } of stored.values()) {
    const hash = await hashOfFile(pathOf(dataDir, storedName))
    if (hash === sha256) continue
    faults.push(`evidence ${storedName} (${fileName}) ${hash === null ? 'is missing' : 'was altered'}`)
  }
  return { files: stored.size, faults }
}
