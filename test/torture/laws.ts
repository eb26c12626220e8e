import { statSync } from 'node:fs'
import { sql } from 'kysely'
import { openDatabase, sqliteFile } from '../../db/database.ts'
import { bindAuditKey } from '../../db/dialect.ts'
import type { Db } from '../../db/source.ts'
import { damageIn } from '../../db/sqlite-file.ts'
import { verifyVouched } from '../../db/vouched-check.ts'
import { findAuditKey } from '../../server/audit-key.ts'
import { checkPublications } from '../../server/cli/verify-publications.ts'
import { checkEvidence } from '../../server/evidence/check.ts'
import { pathOf } from '../../server/evidence/storage.ts'
import { tamperingLine } from '../../server/operation/tampering.ts'
import { IMPORTED, MARK, type Acknowledged } from './deeds.ts'

const marked = `like '${MARK}%'`
const logged = (action: string, subject: string): string =>
  `exists (select 1 from audit_entries a where a.action = '${action}' and a.subject = ${subject})`

/** What a deed cut in half would leave behind: queries that count it, all of which must give none. */
const halves: Readonly<Record<string, string>> = {
  'findings without notice': `select count(*) as n from findings f where what ${marked} and not exists
    (select 1 from finding_facts t where t.finding_id = f.id and t.type = 'notified')`,
  'findings that the log does not know': `select count(*) as n from findings f
    where what ${marked} and import_id is null and not ${logged('finding.record', 'f.id')}`,
  'findings that only the log knows': `select count(*) as n from audit_entries a where action = 'finding.record'
    and not exists (select 1 from findings f where f.id = a.subject)`,
  'appeals that the log does not know': `select count(*) as n from finding_facts t
    where reason ${marked} and type = 'appealed' and not ${logged('finding.appealed', 't.finding_id')}`,
  'appeals that only the log knows': `select count(*) as n from audit_entries a where action = 'finding.appealed'
    and not exists (select 1 from finding_facts t where t.finding_id = a.subject and t.type = 'appealed')`,
  'decisions that the log does not know': `select count(*) as n from finding_facts t
    where reason ${marked} and type = 'decided' and not ${logged('finding.decided', 't.finding_id')}`,
  'imports with a part of their rows': `select count(*) as n from imports i where file_name ${marked}
    and (select count(*) from findings f where f.import_id = i.id) <> ${IMPORTED}`,
  'imports that the log does not know': `select abs(
    (select count(*) from imports where file_name ${marked}) -
    (select count(*) from audit_entries where action = 'workbook.import')) as n`,
  'marks that the log does not know': `select abs(
    (select count(*) from verified_marks where reason ${marked}) -
    (select count(*) from audit_entries where action = 'mark.verify')) as n`,
  'publications that the log does not know': `select count(*) as n from publications p
    where reason ${marked} and not ${logged('publication.prepare', 'p.id')}`,
  'publications that only the log knows': `select count(*) as n from audit_entries a
    where action = 'publication.prepare' and not exists (select 1 from publications p where p.id = a.subject)`,
  'publications approved without the stage': `select count(*) as n from publication_steps s
    where reason ${marked} and type = 'approved' and not ${logged('publication.approved', 's.publication_id')}`,
  'files that the log does not know': `select count(*) as n from evidence e
    where stored_name is not null and not ${logged('evidence.upload', 'e.id')}`,
}

export interface Findings {
  /** Acknowledged, and not there. */
  readonly lost: readonly Acknowledged[]
  /** What was cut in half, one line each. */
  readonly halfDone: readonly string[]
  /** Entries of the audit log; null when its chain is broken. */
  readonly chain: number | null
}

async function valuesOf(db: Db, { table, column }: Acknowledged): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ readonly value: string }>`
    select ${sql.ref(column)} as value from ${sql.table(table)} where ${sql.ref(column)} is not null`.execute(
    db,
  )
  return new Set(rows.map(({ value }) => value))
}

async function lostAmong(db: Db, acknowledged: readonly Acknowledged[]): Promise<Acknowledged[]> {
  const there = new Map<string, ReadonlySet<string>>()
  const lost: Acknowledged[] = []
  for (const deed of acknowledged) {
    const key = `${deed.table}.${deed.column}`
    const values = there.get(key) ?? (await valuesOf(db, deed))
    there.set(key, values)
    if (!values.has(deed.value)) lost.push(deed)
  }
  return lost
}

/** Rows whose file is gone or cut off. */
async function filesCutOff(db: Db, dataDir: string): Promise<string[]> {
  const rows = await db
    .selectFrom('evidence')
    .select(['id', 'storedName', 'bytes'])
    .where('storedName', 'is not', null)
    .execute()
  return rows.flatMap(({ id, storedName, bytes }) => {
    const size = statSync(pathOf(dataDir, String(storedName)), { throwIfNoEntry: false })?.size
    return size === bytes ? [] : [`file of evidence ${id}`]
  })
}

/** Looks for what must never be, after a server died. */
export async function breaches(
  databaseUrl: string,
  dataDir: string,
  acknowledged: readonly Acknowledged[],
): Promise<Findings> {
  const file = sqliteFile(databaseUrl)
  const db = await openDatabase(databaseUrl, { asItIs: true })
  try {
    const halfDone = file === undefined ? [] : damageIn(file)
    for (const [name, query] of Object.entries(halves)) {
      const { rows } = await sql.raw<{ readonly n: number }>(query).execute(db)
      const count = Number(rows[0]?.n)
      if (count > 0) halfDone.push(`${count} ${name}`)
    }
    halfDone.push(...(await filesCutOff(db, dataDir)))
    const key = await findAuditKey(dataDir)
    if (key) bindAuditKey(db, key)
    const {
      audit: { entries, brokenAt },
      tampering,
    } = await verifyVouched(db)
    halfDone.push(...tampering.map(tamperingLine))
    return { lost: await lostAmong(db, acknowledged), halfDone, chain: brokenAt === null ? entries : null }
  } finally {
    await db.destroy()
  }
}

/** The same as `npm run verify` finds, beyond the log: publications and evidence, one line each. */
export async function faultsIn(databaseUrl: string, dataDir: string): Promise<readonly string[]> {
  const db = await openDatabase(databaseUrl, { asItIs: true })
  try {
    const [publications, evidence] = [await checkPublications(db), await checkEvidence(db, dataDir)]
    return [...publications.faults, ...evidence.faults]
  } finally {
    await db.destroy()
  }
}
