import { storedName } from '../../db/stored-names.ts'
import { createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql, type Insertable } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { auditKeyFrom } from '../../db/audit-key.ts'
import { beginKeyedChain } from '../../db/audit.ts'
import { migratorOf, openDatabase } from '../../db/database.ts'
import { bindAuditKey } from '../../db/dialect.ts'
import { readFrozenFacts } from '../../db/frozen-facts.ts'
import { refusalOf } from '../../db/refusal.ts'
import type { Db } from '../../db/source.ts'
import type { FindingRow, Tables } from '../../db/tables.ts'
import { verifyVouched } from '../../db/vouched-check.ts'
import { appOn, openMemory, withYear } from '../fixtures/app.ts'
import { postgresAddress, temporaryFolder } from '../fixtures/databases.ts'
import { emptyDatabase } from '../fixtures/postgres.ts'

const key = auditKeyFrom(createSecretKey(Buffer.from('k'.repeat(32))))

/** What the year rests on, in the order in which rows may be added. */
const tables = [
  'units',
  'accounts',
  'schemes',
  'assessments',
  'participants',
  'windows',
  'responsibleUnits',
  'imports',
  'stageChanges',
  'findings',
  'findingFacts',
  'verifiedMarks',
  'externalMarks',
] as const satisfies readonly (keyof Tables)[]

/** A finding as it was recorded when numbers counted within the whole assessment. */
function asBefore({ numberedUnitId: _within, ...row }: Insertable<FindingRow>, index: number) {
  return { ...row, number: `2017-${String(index + 1).padStart(3, '0')}` }
}
/** Rows are counted as they are added. */
const withoutSeq = ({ seq: _seq, ...row }: { readonly seq?: unknown }): object => row

/** What the log vouches for today and that release did not have stands empty until the migrations. */
const later = {
  sign_offs: 'id text',
  office_contacts: 'unit_id text, name text, telephone text',
  holiday_announcements:
    'seq integer, id text, year integer, spans text, reason text, recorded_by text, recorded_at text',
  former_places: 'assessment_id text, unit_id text, parent_id text',
  reports:
    'seq integer, id text, assessment_id text, unit_id text, year integer, version integer, file_name text, sha256 text, body text, observations text, evidence_id text, recorded_by text, recorded_at text',
  suspicions:
    'seq integer, id text, assessment_id text, monitor text, rule text, severity text, unit_id text, record_id text, excerpt text, place integer, message text, params text, source text, key text, on_day text, recorded_by text, recorded_at text',
  suspicion_steps:
    'seq integer, id text, suspicion_id text, type text, until_day text, reason text, finding_id text, on_day text, recorded_by text, recorded_at text',
  monitor_kinds: 'assessment_id text, monitor text, kind text',
}

/** Fills the tables of the release before with the city's year, and closes its log with an entry that vouches for every row. */
async function fillFormer(former: Db): Promise<string> {
  await migratorOf(former).migrateTo('020-keyed-audit')
  for (const [table, columns] of Object.entries(later))
    await sql`create table ${sql.table(table)} (${sql.raw(columns)})`.execute(former)
  const present = await openMemory()
  const year = await withYear(appOn(present))
  const columnsOf = new Map(
    (await former.introspection.getTables()).map(({ name, columns }) => [
      name,
      columns.map((each) => each.name),
    ]),
  )
  for (const table of tables) {
    const columns = new Set(columnsOf.get(storedName(table)))
    const formerly = (row: object) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => columns.has(storedName(name))))
    const rows = (await present.selectFrom(table).selectAll().execute()).map(withoutSeq).map(formerly)
    const inOrder = table === 'units' ? rows.toSorted((a, b) => depthOf(a) - depthOf(b)) : rows
    for (const [index, row] of inOrder.entries())
      await former
        .insertInto(table)
        .values((table === 'findings' ? asBefore(row as Insertable<FindingRow>, index) : row) as never)
        .execute()
  }
  await present.destroy()
  bindAuditKey(former, key)
  await former.transaction().execute((trx) => beginKeyedChain(trx, '2018-02-10T02:00:00Z'))
  return year
}
const depthOf = (row: object): number => ('parentId' in row && row.parentId !== null ? 1 : 0)

const folder = temporaryFolder()
const addresses = {
  SQLite: async () => {
    const file = join(folder.path, 'former.db')
    new Database(file).close()
    return `file:${file}`
  },
  PostgreSQL: () => emptyDatabase(postgresAddress()),
}

describe.each(Object.keys(addresses) as (keyof typeof addresses)[])(
  'a year recorded before numbers counted within units, on %s',
  (kind) => {
    const opened: Db[] = []
    afterAll(() => Promise.all(opened.map((db) => db.destroy())))

    test('is vouched for after the migration as before, and its numbers stay', async () => {
      const address = await addresses[kind]()
      const former = await openDatabase(address, { asItIs: true })
      const year = await fillFormer(former)
      const before = await verifyVouched(former)
      const frozen = (await readFrozenFacts(former, year)).rows
      const numbersOf = async (db: Db) =>
        (await db.selectFrom('findings').select(['seq', 'number']).orderBy('seq').execute()).map(
          ({ seq, number }) => [seq, number],
        )
      const numbers = await numbersOf(former)
      expect(numbers.map(([, number]) => number)).toEqual(['2017-001', '2017-002', '2017-003', '2017-004'])
      for (const table of Object.keys(later)) await sql`drop table ${sql.table(table)}`.execute(former)
      await former.destroy()

      const db = await openDatabase(address)
      opened.push(db)
      bindAuditKey(db, key)
      expect(before).toMatchObject({ tampering: [], audit: { brokenAt: null, isSigned: true } })
      expect(await verifyVouched(db)).toEqual(before)
      expect((await readFrozenFacts(db, year)).rows).toEqual(frozen)
      expect(await numbersOf(db)).toEqual(numbers)

      // Rows still hold together, can only be added, and go on being numbered.
      const change = db.updateTable('findings').set({ what: '别的' }).execute()
      expect(await change.then(() => null, refusalOf)).toBe('immutable')
      const remove = sql`delete from findings`.execute(db)
      expect(await remove.then(() => null, refusalOf)).toBe('immutable')
      const app = appOn(db)
      const recorded = await (
        await app.as('agency')
      )(`/api/assessments/${year}/findings`, {
        body: { kind: '专项督查', unitId: 'water', what: '新', notifiedOn: '2018-02-05', reason: '补登' },
      })
      expect(recorded.json).toMatchObject({ number: '2017-1', fullNumber: '市水务局 2017-1' })
      const last = await db.selectFrom('findings').select('seq').orderBy('seq', 'desc').executeTakeFirst()
      expect(last?.seq).toBe(Math.max(...numbers.map(([seq]) => Number(seq))) + 1)
      expect(await verifyVouched(db)).toMatchObject({ tampering: [] })
    })
  },
)
