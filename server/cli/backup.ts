import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { sqliteFile } from '../../db/database.ts'
import { copySqlite } from '../../db/sqlite-file.ts'
import { readConfig } from '../config.ts'
import { copyEvidence, evidenceBeside } from '../evidence/backup.ts'

const usage = 'usage: npm run backup -- FILE'

/** Copies the database to FILE and the evidence to FILE.evidence while the server runs; an older FILE is replaced. Gives the exit status. */
async function backup([target, ...rest]: readonly string[]): Promise<number> {
  if (target === undefined || target.startsWith('-') || rest.length > 0) {
    console.error(usage)
    return 2
  }
  const { databaseUrl, dataDir } = readConfig(process.env)
  const source = sqliteFile(databaseUrl)
  if (source === undefined) {
    console.error(
      'backup: DATABASE_URL names a PostgreSQL server; back it up with pg_dump --format=custom --file=FILE',
    )
    return 1
  }
  if (!existsSync(source)) throw new Error(`there is no database at ${source}`)
  if (resolve(source) === resolve(target)) throw new Error(`${target} is the database itself`)
  await copySqlite(source, resolve(target))
  console.log(`backup: ${source} → ${target}, ${statSync(target).size} bytes, integrity checked`)
  const copied = await copyEvidence(join(dataDir, 'evidence'), evidenceBeside(resolve(target)))
  console.log(`backup: evidence → ${evidenceBeside(target)}, ${copied} new files`)
  return 0
}

try {
  process.exitCode = await backup(process.argv.slice(2))
} catch (error) {
  console.error(`backup: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
