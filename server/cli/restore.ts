import { readConfig } from '../config.ts'
import type { Compared } from '../operation/backup/comparison.ts'
import { restoreBackup } from '../operation/backup/restore-backup.ts'
import { readSealingKey } from '../operation/backup/sealed.ts'
import { aligned } from './aligned.ts'

const usage = 'usage: npm run restore -- FILE [--force]'

/** Hashes are compared whole and shown by their first digits. */
const shown = (text: string): string => text.replace(/\b([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1…')

const table = (comparison: readonly Compared[]): string =>
  aligned(
    [
      ['', 'backup', 'restored', ''],
      ...comparison.map(({ what, inBackup, restored, isSame }) => [
        what,
        shown(inBackup),
        shown(restored),
        isSame ? 'same' : 'DIFFERENT',
      ]),
    ],
    () => false,
  ).join('\n')

/** Restores a backup while no server runs and tells what came back. Gives the exit status: 1 when anything is not as it was. */
async function restore(args: readonly string[]): Promise<number> {
  const [source, ...rest] = args.filter((arg) => arg !== '--force')
  if (source === undefined || source.startsWith('-') || rest.length > 0) {
    console.error(usage)
    return 2
  }
  const { databaseUrl, dataDir, backupKeyFile } = readConfig(process.env)
  const key = backupKeyFile === null ? null : await readSealingKey(backupKeyFile)
  const { manifest, comparison, faults } = await restoreBackup(
    source,
    { databaseUrl, dataDir, key },
    args.includes('--force'),
  )
  if (manifest === null) {
    console.log(`restore: ${source} of an early release is restored; it says nothing to compare with`)
    return 0
  }
  console.log(`restore: ${source}, made at ${manifest.madeAt}\n\n${table(comparison)}\n`)
  for (const fault of faults) console.error(`restore: ${fault}`)
  const different = comparison.filter(({ isSame }) => !isSame)
  if (different.length > 0) throw new Error(`${different.length} things are not as they were backed up`)
  console.log('restore: everything is as it was backed up')
  return 0
}

try {
  process.exitCode = await restore(process.argv.slice(2))
} catch (error) {
  console.error(`restore: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
