import { existsSync } from 'node:fs'
import { openDatabase, sqliteFile } from '../../db/database.ts'
import { bindAuditKey } from '../../db/dialect.ts'
import { damageIn } from '../../db/sqlite-file.ts'
import { findAuditKey } from '../audit-key.ts'
import { readConfig } from '../config.ts'
import { checkEvidence } from '../evidence/check.ts'
import { argumentsOf, exit } from './arguments.ts'
import { checkLog, headFrom } from './verify-log.ts'
import { verifyProof } from './verify-proof.ts'
import { checkPublications } from './verify-publications.ts'

const usage = 'usage: npm run verify [-- --head ENTRY:HASH | -- FILE.html]'

/** Checks a file of open proof by itself, without a database. */
function verifyFile(file: string): number {
  const { lines, faults } = verifyProof(file)
  for (const line of lines) console.log(line)
  for (const fault of faults) console.error(`verify: ${fault}`)
  if (faults.length > 0) throw new Error(`${faults.length} things in ${file} are not as published`)
  return exit.done
}

/** Checks the database's files, the audit log and every row it vouches for, every publication and every evidence file without writing anything. Gives the exit status. */
async function verify(args: readonly string[]): Promise<number> {
  const parsed = argumentsOf(args, { head: { type: 'string' } })
  const head = typeof parsed === 'string' ? undefined : headFrom(parsed.values.head)
  const [file, ...more] = typeof parsed === 'string' ? [] : parsed.positionals
  const isBoth = file !== undefined && head !== null
  if (typeof parsed === 'string' || more.length > 0 || head === undefined || isBoth) {
    console.error(usage)
    return exit.wrongUsage
  }
  if (file !== undefined) return verifyFile(file)
  const { databaseUrl, dataDir } = readConfig(process.env)
  const database = sqliteFile(databaseUrl)
  if (database === undefined) {
    console.log('database: PostgreSQL, whose files the server itself checks')
  } else {
    if (!existsSync(database)) throw new Error(`there is no database at ${database}`)
    const damage = damageIn(database)
    if (damage.length > 0) throw new Error(`${database} is damaged: ${damage.join('; ')}`)
    console.log(`database: ${database}, integrity and foreign keys ok`)
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
