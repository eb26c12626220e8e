import { existsSync } from 'node:fs'
import { verifyAudit } from '../../db/audit.ts'
import { openDatabase, sqliteFile } from '../../db/database.ts'
import { damageIn } from '../../db/sqlite-file.ts'
import { readConfig } from '../config.ts'
import { checkEvidence } from '../evidence/check.ts'
import { checkPublications } from './verify-publications.ts'

const usage = 'usage: npm run verify'

/** Checks the database's files, the audit chain, every publication and every evidence file without writing anything. Gives the exit status. */
async function verify(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    console.error(usage)
    return 2
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
  const { audit, evidence, publications } = await (async () => ({
    audit: await verifyAudit(db),
    evidence: await checkEvidence(db, dataDir),
    publications: await checkPublications(db),
  }))().finally(() => db.destroy())
  const { entries, brokenAt, lastHash } = audit
  if (brokenAt !== null) throw new Error(`audit log: entry ${brokenAt} was altered, moved or removed`)
  console.log(`audit log: ${entries} entries, chain unbroken, last hash ${lastHash}`)
  for (const fault of [...publications.faults, ...evidence.faults]) console.error(`verify: ${fault}`)
  if (publications.faults.length > 0) throw new Error('publications do not agree with the facts they rest on')
  console.log(
    `publications: ${publications.checked}, each with its own text, its own facts and the results that follow from them`,
  )
  if (evidence.faults.length > 0)
    throw new Error(`${evidence.faults.length} evidence files are missing or altered`)
  console.log(`evidence: ${evidence.files} files, all there and unaltered`)
  return 0
}

try {
  process.exitCode = await verify(process.argv.slice(2))
} catch (error) {
  console.error(`verify: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
