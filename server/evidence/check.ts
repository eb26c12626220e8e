import { listStoredFiles } from '../../db/evidence.ts'
import type { Source } from '../../db/source.ts'
import { hashOfFile, pathOf } from './storage.ts'

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
