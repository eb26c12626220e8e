import { auditKeyFile } from '../audit-key.ts'
import { readConfig } from '../config.ts'
import type { Compared } from '../operation/backup/comparison.ts'
import { restoreBackup } from '../operation/backup/restore-backup.ts'
import { readSealingKey } from '../operation/backup/sealed.ts'
import { aligned } from './aligned.ts'
import { argumentsOf, exit } from './arguments.ts'

const usage = 'usage: npm run restore -- FILE [--force] [--audit-key KEYFILE]'

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
  const parsed = argumentsOf(args, { force: { type: 'boolean' }, 'audit-key': { type: 'string' } })
  const [source, ...rest] = typeof parsed === 'string' ? [] : parsed.positionals
  if (typeof parsed === 'string' || source === undefined || rest.length > 0) {
    console.error(usage)
    return exit.wrongUsage
  }
  const { databaseUrl, dataDir, backupKeyFile } = readConfig(process.env)
  const key = backupKeyFile === null ? null : await readSealingKey(backupKeyFile)
  const { 'audit-key': given, force = false } = parsed.values
  const target = { databaseUrl, dataDir, key, auditKeyFile: given ?? null }
  const { manifest, comparison, faults, unproven } = await restoreBackup(source, target, force)
  if (manifest === null) {
    console.log(`restore: ${source} of an early release is restored; it says nothing to compare with`)
    return exit.done
  }
  console.log(`restore: ${source}, made at ${manifest.madeAt}\n\n${table(comparison)}\n`)
  for (const fault of faults) console.error(`restore: ${fault}`)
  if (unproven > 0)
    console.log(
      `restore: ${unproven} entries of the audit log are signed with a key that is not in ${auditKeyFile(dataDir)}; only digests were verified. ` +
        'Restore again with --audit-key KEYFILE, the audit.key of the machine that made the backup, to verify the signatures; until then a new key goes on where they end',
    )
  const different = comparison.filter(({ isSame }) => !isSame)
  if (different.length > 0) throw new Error(`${different.length} things are not as they were backed up`)
  if (faults.length > 0) throw new Error(`${faults.length} things are not as the audit log tells`)
  console.log('restore: everything is as it was backed up')
  return exit.done
}

try {
  process.exitCode = await restore(process.argv.slice(2))
} catch (error) {
  console.error(`restore: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = exit.wrongInput
}
