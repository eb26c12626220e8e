import { join, resolve } from 'node:path'
import { sqliteFile } from '../../db/database.ts'
import { restoreSqlite } from '../../db/restore.ts'
import { readConfig } from '../config.ts'
import { copyEvidence, evidenceBeside } from '../evidence/backup.ts'

const usage = 'usage: npm run restore -- FILE [--force]'

/** Restores the database from FILE and the evidence from FILE.evidence while no server runs. Gives the exit status. */
async function restore(args: readonly string[]): Promise<number> {
  const [source, ...rest] = args.filter((arg) => arg !== '--force')
  if (source === undefined || source.startsWith('-') || rest.length > 0) {
    console.error(usage)
    return 2
  }
  const { databaseUrl, dataDir } = readConfig(process.env)
  const target = sqliteFile(databaseUrl)
  if (target === undefined) {
    console.error('restore: DATABASE_URL names a PostgreSQL server; restore it with pg_restore')
    return 1
  }
  await restoreSqlite(source, target, args.includes('--force'))
  const copied = await copyEvidence(evidenceBeside(resolve(source)), join(dataDir, 'evidence'))
  console.log(`restore: ${source} → ${target}, ${copied} evidence files`)
  console.log('restore: run npm run verify to check the audit log and the evidence')
  return 0
}

try {
  process.exitCode = await restore(process.argv.slice(2))
} catch (error) {
  console.error(`restore: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
