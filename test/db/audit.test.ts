import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { appendAudit, verifyAudit } from '../../db/audit.ts'
import type { Db } from '../../db/source.ts'
import { isSqlite } from '../../db/dialect.ts'
import { eachDatabase } from '../fixtures/databases.ts'

eachDatabase('the audit log', (open) => {
  const append = (db: Db, index: number) =>
    db.transaction().execute((trx) =>
      appendAudit(trx, {
        at: `2018-01-05T08:00:0${index}.000Z`,
        accountId: null,
        action: 'finding.record',
        subject: `f${index}`,
        detail: { number: `2017-00${index}`, kind: '专项督查' },
      }),
    )

  /** What somebody with the database's own tools could do. */
  const tamper = async (db: Db, statement: string): Promise<void> => {
    const off = isSqlite(db)
      ? ['drop trigger audit_entries_append_only_update', 'drop trigger audit_entries_append_only_delete']
      : ['alter table audit_entries disable trigger all']
    for (const step of [...off, statement]) await sql.raw(step).execute(db)
  }

  test('is unbroken as written, also by many at once', async () => {
    const db = await open()
    expect(await verifyAudit(db)).toMatchObject({ entries: 0, brokenAt: null })
    await Promise.all([1, 2, 3, 4, 5].map((index) => append(db, index)))
    expect(await verifyAudit(db)).toMatchObject({ entries: 5, brokenAt: null })
  })

  test('leaves no gap when a transaction rolls back', async () => {
    const db = await open()
    await append(db, 1)
    const failing = db.transaction().execute(async (trx) => {
      await appendAudit(trx, {
        at: '2018-01-05T08:00:00Z',
        accountId: null,
        action: 'x',
        subject: '',
        detail: null,
      })
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    await append(db, 2)
    expect(await verifyAudit(db)).toMatchObject({ entries: 2, brokenAt: null })
  })

  test.each([
    ['an altered detail', `update audit_entries set detail = '{}' where seq = 2`, 2],
    ['another actor', `update audit_entries set action = 'finding.reverse' where seq = 3`, 3],
    ['a removed entry', 'delete from audit_entries where seq = 2', 2],
    ['a removed beginning', 'delete from audit_entries where seq = 1', 1],
    ['a moved entry', 'update audit_entries set seq = 9 where seq = 3', 3],
    ['a removed end', 'delete from audit_entries where seq = 4', 4],
  ])('shows %s', async (_what, statement, brokenAt) => {
    const db = await open()
    for (const index of [1, 2, 3, 4]) await append(db, index)
    await tamper(db, statement)
    expect((await verifyAudit(db)).brokenAt).toBe(brokenAt)
  })
})
