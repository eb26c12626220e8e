import { expect, test } from 'vitest'
import { verifyAudit } from '../../db/audit.ts'
import type { Db } from '../../db/source.ts'
import { createSecurityEvents, type SecurityEvent } from '../../server/access/security-events.ts'
import { openLog } from '../../server/log.ts'
import { appOn, password, withAccounts, withYear } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

const from = '203.0.113.7'

const told = async (db: Db, action: string) =>
  (await db.selectFrom('auditEntries').selectAll().where('action', '=', action).orderBy('seq').execute()).map(
    ({ accountId, subject, detail, at }) => ({
      accountId,
      subject,
      detail: JSON.parse(detail) as unknown,
      at,
    }),
  )

eachDatabase('the audit log tells', (open) => {
  test('who tried to sign in with what name, and who was kept out', async () => {
    const test = appOn(await open())
    await withAccounts(test)
    const signIn = (username: string, given: string) =>
      test.anyone('/api/auth/sign-in', { body: { username, password: given }, from })
    for (let time = 0; time < 6; time++) await signIn('office', 'wrong')
    await signIn('hunter2 is my password', 'x')
    expect(await told(test.db, 'session.failed')).toMatchObject([
      { accountId: null, subject: 'account-office', detail: { code: 'sign-in-failed', username: 'office' } },
      { accountId: null, subject: '', detail: { username: 'hu…' } },
    ])
    expect(await told(test.db, 'session.locked')).toMatchObject([
      { subject: 'account-office', detail: { code: 'locked', username: 'office' } },
    ])
    expect((await signIn('leader', password)).status).toBe(200)
    expect(await told(test.db, 'session.sign-in')).toMatchObject([{ accountId: 'account-leader' }])
  })

  test('what somebody was refused, and which files somebody took along', async () => {
    const test = appOn(await open())
    const id = await withYear(test)
    const editor = await test.as('editor')
    expect((await editor('/api/accounts', { from })).status).toBe(403)
    expect(await told(test.db, 'access.refused')).toMatchObject([
      { accountId: 'account-editor', subject: '/api/accounts', detail: { code: 'forbidden', method: 'GET' } },
    ])
    const office = await test.as('office')
    expect((await office(`/api/assessments/${id}/export.xlsx`, { from })).status).toBe(200)
    expect(await told(test.db, 'file.download')).toMatchObject([
      {
        accountId: 'account-office',
        subject: `/api/assessments/${id}/export.xlsx`,
        detail: { file: expect.stringMatching(/\.xlsx$/) },
      },
    ])
  })
})

eachDatabase('an address as long as anybody likes', (open) => {
  test('is cut between characters, so that nobody breaks the chain by asking for it', async () => {
    const test = appOn(await open())
    await withAccounts(test)
    const editor = await test.as('editor')
    for (const before of ['', 'x'])
      expect(
        (await editor(`/api/accounts/${before}${'𠮷'.repeat(300)}/reset`, { method: 'POST' })).status,
      ).toBe(403)
    expect((await verifyAudit(test.db)).brokenAt).toBeNull()
  })
})

eachDatabase('however many there are', (open) => {
  const refusal = (over: Partial<SecurityEvent>): SecurityEvent => ({
    action: 'access.refused',
    accountId: null,
    address: from,
    subject: '/api/accounts',
    detail: { code: 'forbidden' },
    outcome: 'refused',
    ...over,
  })
  const eventsOn = (db: Db) => {
    const clock = { now: new Date('2018-02-10T02:00:00Z') }
    return { clock, ...createSecurityEvents({ db, log: openLog('silent'), clock: () => clock.now }) }
  }

  test('equal refusals are told once, and within the hour how many more there were', async () => {
    const db = await open()
    const { note, clock } = eventsOn(db)
    for (let time = 0; time < 1000; time++) await note(refusal({}))
    expect(await told(db, 'access.refused')).toHaveLength(1)
    clock.now = new Date('2018-02-10T03:00:00Z')
    await note(refusal({}))
    expect((await told(db, 'access.refused')).map(({ detail }) => detail)).toEqual([
      { code: 'forbidden' },
      {
        code: 'forbidden',
        times: 1000,
        since: '2018-02-10T02:00:00.000Z',
        until: '2018-02-10T02:00:00.000Z',
      },
      { code: 'forbidden' },
    ])
  })

  test('a flood from one place or from everywhere leaves a bounded number of entries, and its size', async () => {
    const db = await open()
    const { note, flush } = eventsOn(db)
    for (let time = 0; time < 300; time++) await note(refusal({ subject: `/api/${time}` }))
    expect(await told(db, 'access.refused')).toHaveLength(30)
    for (let time = 0; time < 1500; time++)
      await note(refusal({ address: `10.0.${Math.floor(time / 250)}.${time % 250}` }))
    await flush()
    const entries = await told(db, 'access.refused')
    expect(entries.length).toBeLessThan(610)
    const total = entries.reduce(
      (sum, { detail }) => sum + ((detail as { readonly times?: number }).times ?? 1),
      0,
    )
    expect(total).toBe(1800)
  })
})
