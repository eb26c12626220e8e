import { createSecretKey } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { auditKeyFrom } from '../../db/audit-key.ts'
import { bindActing, bindAuditKey, isSqlite } from '../../db/dialect.ts'
import { actingText, foreignObjects } from '../../db/schema-check.ts'
import type { Db } from '../../db/source.ts'
import { checkLog } from '../../server/cli/verify-log.ts'
import { appOn, withYear } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

/** A trigger that writes something else than people recorded. */
async function falsify(db: Db): Promise<void> {
  if (isSqlite(db)) {
    await sql`create trigger milder after insert on finding_facts
      begin update units set name = 'x' where id = 'water'; end`.execute(db)
    return
  }
  await sql`create function milder() returns trigger language plpgsql as
    $$ begin new.reason := 'x'; return new; end $$`.execute(db)
  await sql`create trigger milder before insert on finding_facts for each row execute function milder()`.execute(
    db,
  )
}
const mend = (db: Db) =>
  isSqlite(db) ? sql`drop trigger milder`.execute(db) : sql`drop trigger milder on finding_facts`.execute(db)

eachDatabase('the structure of the database', (open) => {
  test('is the one that the program makes, whatever was recorded', async () => {
    const db = await open()
    await withYear(appOn(db))
    expect(await foreignObjects(db)).toEqual([])
    const { lines } = await checkLog(db, null)
    expect(lines).toContain('structure: tables, indexes and triggers are those of the program')
  })

  test('tells of a trigger that somebody added, and of one that was taken away', async () => {
    const db = await open()
    await falsify(db)
    const guard = isSqlite(db)
      ? sql`drop trigger finding_facts_append_only_update`
      : sql`alter table finding_facts disable trigger finding_facts_append_only_update`
    await guard.execute(db)
    expect(await foreignObjects(db)).toEqual([
      {
        object: 'trigger finding_facts_append_only_update on finding_facts',
        change: isSqlite(db) ? 'missing' : 'altered',
      },
      { object: 'trigger milder on finding_facts', change: 'added' },
    ])
    const { faults } = await checkLog(db, null)
    expect(faults).toContain('trigger milder on finding_facts is not the program’s')
  })

  test('leaves nothing of the comparison behind', async () => {
    const db = await open()
    const before = await actingText(db)
    await foreignObjects(db)
    expect(await actingText(db)).toBe(before)
    if (isSqlite(db)) return
    const { rows } = await sql`select 1 from pg_namespace where nspname like 'zhengheng%'`.execute(db)
    expect(rows).toEqual([])
  })

  test('what is of none of our tables is nobody’s business', async () => {
    const db = await open()
    await sql`create table notes_of_the_administrator (text text)`.execute(db)
    await sql`create index notes_by_text on notes_of_the_administrator (text)`.execute(db)
    expect(await foreignObjects(db)).toEqual([])
  })

  test('an index of somebody’s own is told and in nobody’s way', async () => {
    const db = await open()
    const before = await actingText(db)
    await sql`create index findings_by_source on findings (source)`.execute(db)
    await sql`analyze`.execute(db)
    expect(await actingText(db)).toBe(before)
    expect(await foreignObjects(db)).toEqual([
      { object: 'index findings_by_source on findings', change: 'added' },
    ])
    const { lines, faults } = await checkLog(db, null)
    expect(faults).toEqual([])
    expect(lines.join()).toContain('findings_by_source')
  })

  test('changed while the program runs, lets nobody write until it is as it was', async () => {
    const db = await open()
    bindAuditKey(db, auditKeyFrom(createSecretKey(Buffer.from('k'.repeat(32)))))
    bindActing(db, await actingText(db))
    const app = appOn(db)
    const year = await withYear(app)
    app.clock.now = new Date('2018-02-05T02:00:00Z')
    const agency = await app.as('agency')
    const record = () =>
      agency(`/api/assessments/${year}/findings`, {
        body: { kind: '专项督查', unitId: 'water', what: '目录缺失', notifiedOn: '2018-02-05' },
      })
    await falsify(db)
    const refused = await record()
    expect([refused.status, refused.json.code]).toEqual([503, 'database-altered'])
    expect(String(refused.json.detail)).toContain('没有保存')
    await mend(db)
    expect((await record()).status).toBe(201)
  })
})
