import { existsSync } from 'node:fs'
import { openDatabase, sqliteFile } from '../../db/database.ts'
import { bindAuditKey } from '../../db/dialect.ts'
import { damageIn } from '../../db/sqlite-file.ts'
import { findAuditKey } from '../audit-key.ts'
import { readConfig } from '../config.ts'
import { checkEvidence } from '../evidence/check.ts'
import { argumentsOf, exit } from './arguments.ts'
import { checkLog, headFrom } from './verify-log.ts'
import { checkPublications } from './verify-publications.ts'

const usage = 'usage: npm run verify [-- --head ENTRY:HASH]'

/** Checks the database's files, the audit log and every row it vouches for, every publication and every evidence file without writing anything. Gives the exit status. */
async function verify(args: readonly string[]): Promise<number> {
  const parsed = argumentsOf(args, { head: { type: 'string' } })
  const head = typeof parsed === 'string' ? undefined : headFrom(parsed.values.head)
  if (typeof parsed === 'string' || parsed.positionals.length > 0 || head === undefined) {
    console.error(usage)
    return exit.wrongUsage
  }
  const { databaseUrl, dataDir } = readConfig(process.env)
  const file = sqliteFile(databaseUrl)
  if (file === undefined) {
    console.log('database: PostgreSQL, whose files the server itself checks')
  } else {
    if (!existsSync(file)) throw new Error(`there is no database at ${file}`)
    const damage = damageIn(file)
    if (damage.length > 0) throw new Error(`${file} is damaged: ${damage.join('; ')}`)
    console.log(`database: ${file}, integrity and foreign keys ok`)
  }
  const db = await openDatabase(databaseUrl, { readOnly: true })
  const key = await findAuditKey(dataDir)
  if (key) bindAuditKey(db, key)
  const { log, evidence, publications } = await (async () => ({
    log: await checkLog(db, head),
    evidence: await checkEvidence(db, dataDir),
    publications: await checkPublications(db),
  }))().finally(() => db.destroy())
  for (const line of log.lines) console.log(line)
  for (const fault of [...log.faults, ...publications.faults, ...evidence.faults])
    console.error(`verify: ${fault}`)
  if (log.faults.length > 0) throw new Error(`${log.faults.length} things are not as the audit log tells`)
  if (publications.faults.length > 0) throw new Error('publications do not agree with the facts they rest on')
  console.log(
    `publications: ${publications.checked}, each with its own text, its own facts and the results that follow from them`,
  )
  if (evidence.faults.length > 0)
    throw new Error(`${evidence.faults.length} evidence files are missing or altered`)
  console.log(`evidence: ${evidence.files} files, all there and unaltered`)
  return exit.done
}

try {
  process.exitCode = await verify(process.argv.slice(2))
} catch (error) {
  console.error(`verify: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = exit.wrongInput
}
