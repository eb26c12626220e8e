import { sqliteFile } from '../../db/database.ts'
import { restoreSqlite } from '../../db/restore.ts'
import { readConfig } from '../config.ts'

const usage = 'usage: npm run restore -- FILE [--force]'

/** Restores the database from FILE while no server runs. Gives the exit status. */
async function restore(args: readonly string[]): Promise<number> {
  const [source, ...rest] = args.filter((arg) => arg !== '--force')
  if (source === undefined || source.startsWith('-') || rest.length > 0) {
    console.error(usage)
    return 2
  }
  const target = sqliteFile(readConfig(process.env).databaseUrl)
  if (target === undefined) {
    console.error('restore: DATABASE_URL names a PostgreSQL server; restore it with pg_restore')
    return 1
  }
  await restoreSqlite(source, target, args.includes('--force'))
  console.log(`restore: ${source} → ${target}; run npm run verify to check the audit log`)
  return 0
}

try {
  process.exitCode = await restore(process.argv.slice(2))
} catch (error) {
  console.error(`restore: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
