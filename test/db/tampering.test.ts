import { createHash, createSecretKey } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { canonicalJson } from '#assessment/canonical-json'
import { auditKeyFrom } from '../../db/audit-key.ts'
import { beginKeyedChain } from '../../db/audit.ts'
import { bindAuditKey, isSqlite } from '../../db/dialect.ts'
import type { Db } from '../../db/source.ts'
import { asStored } from '../../db/stored-names.ts'
import { verifyVouched } from '../../db/vouched-check.ts'
import { vouchedTables } from '../../db/vouched.ts'
import { appOn, withYear } from '../fixtures/app.ts'
import { behindItsBack } from '../fixtures/behind-its-back.ts'
import { eachDatabase } from '../fixtures/databases.ts'
import { publish } from '../fixtures/published.ts'

const keyOf = (letter: string) => auditKeyFrom(createSecretKey(Buffer.from(letter.repeat(32))))

/** The city's year as people made it with the program, published and then published once more, its log signed. */
async function signedYear(db: Db): Promise<string> {
  bindAuditKey(db, keyOf('k'))
  const assessmentId = await withYear(appOn(db))
  await publish(db, assessmentId, { asOf: '2018-02-10' })
  return assessmentId
}

eachDatabase('verification of a year that is under way', (open) => {
  test('agrees with everything that people did with the program', async () => {
    const db = await open()
    await signedYear(db)
    const { audit, tampering, rows } = await verifyVouched(db)
    expect(tampering).toEqual([])
    expect(audit).toMatchObject({ brokenAt: null, unproven: 0, isSigned: true })
    expect(rows).toBeGreaterThan(20)
  })

  test.each([
    [
      'a mark changed',
      [`update verified_marks set marks = '99' where seq = (select min(seq) from verified_marks)`],
      { table: 'verified_marks', change: 'altered' },
    ],
    [
      'a finding moved to another unit',
      [
        `update findings set unit_id = (select id from units where name = '市水务局') where number = (select max(number) from findings)`,
      ],
      { table: 'findings', change: 'altered' },
    ],
    [
      'a finding deleted',
      [
        `delete from finding_facts where finding_id = (select id from findings order by seq limit 1)`,
        `delete from findings where seq = (select min(seq) from findings)`,
      ],
      { table: 'findings', change: 'missing' },
    ],
    [
      'a reversal inserted',
      [
        `insert into finding_facts (id, finding_id, type, on_day, recorded_at)
          select 'forged', id, 'reversed', '2018-01-02', '2018-01-02T02:00:00Z' from findings order by seq limit 1`,
      ],
      { table: 'finding_facts', key: 'forged', change: 'added', entry: null },
    ],
    [
      'both publications deleted',
      ['delete from publication_steps', 'delete from publications'],
      { table: 'publications', change: 'missing' },
    ],
    [
      'a weight changed in the scheme',
      [`update schemes set body = replace(body, '"weight":30', '"weight":60')`],
      { table: 'schemes', change: 'altered' },
    ],
    [
      'a closing day moved',
      [`update windows set closed_on = '2018-01-01'`],
      { table: 'windows', change: 'altered', about: '2017 年度考核' },
    ],
    [
      'a unit that leaves the ranking',
      [`delete from participants where unit_id = (select id from units where name = '市林业局')`],
      { table: 'participants', change: 'altered' },
    ],
    [
      'somebody made an office',
      [`update accounts set role = 'office' where username = 'editor'`],
      { table: 'accounts', change: 'altered', about: 'editor' },
    ],
    [
      'a password put in another’s place',
      [
        `update accounts set password_hash = password_hash || 'x'
        where username = 'office'`,
      ],
      { table: 'account_details', change: 'altered', about: 'office' },
    ],
    [
      'an account moved to another address',
      [`update accounts set email = 'thief@example.org' where username = 'head'`],
      { table: 'account_details', change: 'altered', about: 'head' },
    ],
    [
      'another identity provider',
      [`insert into settings (key, value) values ('single-sign-on.settings', '{}')`],
      { table: 'settings', key: 'single-sign-on.settings', change: 'added' },
    ],
  ] as const)('names the row of %s', async (_what, statements, row) => {
    const db = await open()
    await signedYear(db)
    await behindItsBack(db, ...statements)
    const { tampering } = await verifyVouched(db)
    expect(tampering).toContainEqual(expect.objectContaining(row))
  })

  test('sees an entry that was taken out, though the chain was computed anew', async () => {
    const db = await open()
    await signedYear(db)
    await behindItsBack(
      db,
      `delete from audit_entries where action = 'publication.approved'`,
      `delete from audit_entries where seq = 3`,
    )
    const entries = await db.selectFrom('auditEntries').selectAll().orderBy('seq').execute()
    let previousHash = '0'.repeat(64)
    await behindItsBack(db, 'delete from audit_entries')
    for (const [index, { hash: _hash, ...entry }] of entries.entries()) {
      const row = { ...entry, seq: index + 1, previousHash, keyName: null }
      const {
        unitId: _u,
        address: _a,
        outcome: _o,
        facts: _f,
        keyName: _k,
        accountId,
        previousHash: p,
        ...rest
      } = row
      const content = canonicalJson({ ...rest, account_id: accountId, previous_hash: p })
      const hash = createHash('sha256').update(content).digest('hex')
      await db
        .insertInto('auditEntries')
        .values({ ...row, hash })
        .execute()
      previousHash = hash
    }
    await db.updateTable('settings').set({ value: previousHash }).where('key', '=', 'audit.last').execute()
    expect((await verifyVouched(db)).audit.brokenAt).not.toBeNull()
  })

  test('sees that the end of the log was cut off, with what it told of', async () => {
    const db = await open()
    await signedYear(db)
    const cut = await db.selectFrom('auditEntries').selectAll().orderBy('seq', 'desc').limit(2).execute()
    await behindItsBack(
      db,
      'delete from publication_steps',
      `delete from audit_entries where seq = ${cut[0]?.seq}`,
      `update settings set value = '${cut[1]?.hash}' where key = 'audit.last'`,
    )
    expect((await verifyVouched(db)).audit.brokenAt).toBe(cut[0]?.seq)
  })

  test('checks digests only without the key', async () => {
    const db = await open()
    await signedYear(db)
    bindAuditKey(db, keyOf('x'))
    expect((await verifyVouched(db)).audit).toMatchObject({ isSigned: true, brokenAt: expect.any(Number) })
  })

  test('a log that was not signed is closed by the first entry that is, with all there was until then', async () => {
    const db = await open()
    await withYear(appOn(db))
    const before = await verifyVouched(db)
    expect(before).toMatchObject({ audit: { brokenAt: null, isSigned: false }, tampering: [], rows: 0 })
    bindAuditKey(db, keyOf('k'))
    for (let start = 0; start < 2; start++)
      await db.transaction().execute((trx) => beginKeyedChain(trx, '2018-02-10T02:00:00Z'))
    const { audit, tampering } = await verifyVouched(db)
    expect([audit.entries, audit.brokenAt, tampering]).toEqual([before.audit.entries + 1, null, []])
    const opening = await db
      .selectFrom('auditEntries')
      .selectAll()
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(opening.detail)).toMatchObject({
      closes: { entries: before.audit.entries, lastHash: before.audit.lastHash, key: null },
    })
    await behindItsBack(db, `update findings set what = 'x' where seq = (select min(seq) from findings)`)
    expect((await verifyVouched(db)).tampering).toMatchObject([{ table: 'findings', change: 'altered' }])
  })

  test('a log that vouched for less comes to vouch for the rest once, as it is then', async () => {
    const db = await open()
    const key = keyOf('k')
    await withYear(appOn(db))
    bindAuditKey(db, key)
    const begin = () => db.transaction().execute((trx) => beginKeyedChain(trx, '2018-02-10T02:00:00Z'))
    await begin()
    // As a release before would have opened it.
    const { hash: _hash, ...opening } = await db
      .selectFrom('auditEntries')
      .selectAll()
      .where('action', '=', 'audit.key')
      .executeTakeFirstOrThrow()
    const {
      account_details: _details,
      commissions: _c,
      settings: _s,
      ...facts
    } = JSON.parse(opening.facts ?? '{}')
    const { vouches, ...detail } = JSON.parse(opening.detail)
    const row = { ...opening, facts: canonicalJson(facts), detail: canonicalJson(detail) }
    const hash = key.sign(canonicalJson(asStored(row)))
    await behindItsBack(
      db,
      `update audit_entries set facts = '${row.facts}', detail = '${row.detail}', hash = '${hash}' where seq = ${row.seq}`,
      `update settings set value = '${key.sign(`last ${hash}`)}' where key = 'audit.last'`,
    )
    expect((await verifyVouched(db)).tampering[0]).toMatchObject({
      table: 'account_details',
      change: 'added',
    })
    await begin()
    await begin()
    const { audit, tampering } = await verifyVouched(db)
    expect([audit.brokenAt, tampering, audit.entries]).toEqual([null, [], row.seq + 1])
    const last = await db
      .selectFrom('auditEntries')
      .selectAll()
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect([last.action, JSON.parse(last.detail)]).toEqual(['audit.widen', { vouches }])
  })

  test('vouches for every table to which rows can only be added', async () => {
    const db = await open()
    const tables = isSqlite(db)
      ? await sql<{ readonly name: string }>`
          select tbl_name as name from sqlite_master where type = 'trigger' and name like '%_append_only_delete'`.execute(
          db,
        )
      : await sql<{ readonly name: string }>`
          select tgrelid::regclass::text as name from pg_trigger where tgname like '%_append_only_delete'`.execute(
          db,
        )
    const names = tables.rows.map(({ name }) => name).filter((name) => name !== 'audit_entries')
    expect(names.length).toBeGreaterThan(10)
    // Evidence is vouched for with the fact or claim that it is attached to.
    expect(names.filter((name) => !(name in vouchedTables))).toEqual(['evidence'])
  })
})
