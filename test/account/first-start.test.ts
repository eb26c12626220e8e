import { describe, expect, it } from 'vitest'
import { verifyAudit } from '../../db/audit.ts'
import { newFirstStartCode } from '../../server/access/first-start-code.ts'
import { prepareFirstStart } from '../../server/account/first-start.ts'
import { appOn, cheapCost, openMemory, withAccounts, type Answer, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

const body = (code: string) => ({
  code,
  city: '云州市',
  office: { username: 'office', name: '考核办' },
  leader: { username: 'leader', name: '市领导' },
})
const slipsOf = (answer: Answer) => (answer.json.slips ?? []) as { username: string; password: string }[]
const signIn = (test: TestApp, username: string, given: string) =>
  test.anyone('/api/auth/sign-in', { body: { username, password: given } })
const everybody = [
  { username: 'admin', role: 'system' },
  { username: 'security', role: 'security' },
  { username: 'audit', role: 'audit' },
  { username: 'office', role: 'office' },
  { username: 'leader', role: 'leader' },
]
const administrators = everybody.slice(0, 3)

eachDatabase('the first start', (open) => {
  const start = async () => appOn(await open(), newFirstStartCode('the-code'))

  it('makes the three administrators, the office and the leader, each with a slip of their own, and happens once', async () => {
    const test = await start()
    expect((await test.anyone('/api/setup')).json).toEqual({ needed: true })
    const done = await test.anyone('/api/setup', { body: body('the-code') })
    expect([done.status, slipsOf(done)]).toMatchObject([201, everybody])
    expect(new Set(slipsOf(done).map(({ password }) => password)).size).toBe(5)
    // Nobody is signed in by it: who sets up is not thereby the office.
    expect(done.headers.get('set-cookie')).toBeNull()
    for (const { username, password } of slipsOf(done))
      expect((await signIn(test, username, password)).json.account).toMatchObject({
        username,
        mustChangePassword: true,
      })
    expect((await test.anyone('/api/setup')).json).toEqual({ needed: false })
    expect((await test.anyone('/api/setup', { body: body('the-code') })).json.code).toBe('setup-done')
  })

  it('has the office and the leader granted by the security administrator, as the log says', async () => {
    const test = await start()
    await test.anyone('/api/setup', { body: body('the-code') })
    const rows = await test.db
      .selectFrom('auditEntries')
      .leftJoin('accounts', 'accounts.id', 'auditEntries.accountId')
      .select(['action', 'detail', 'accounts.username as by'])
      .orderBy('seq')
      .execute()
    const told = rows.map(({ action, detail, by }) => [
      action,
      (JSON.parse(detail) as { username?: string }).username ?? '',
      by,
    ])
    expect(told).toEqual([
      ['setup', '', null],
      ...everybody.map(({ username }) => ['account.add', username, null]),
      ['account.grant', 'office', 'security'],
      ['account.grant', 'leader', 'security'],
    ])
    expect((await verifyAudit(test.db)).brokenAt).toBeNull()
  })

  it('refuses a wrong code, and any code after five tries in a minute', async () => {
    const test = await start()
    for (let time = 0; time < 5; time++) {
      expect((await test.anyone('/api/setup', { body: body('wrong') })).json.code).toBe('setup-code-wrong')
    }
    const throttled = await test.anyone('/api/setup', { body: body('the-code') })
    expect([throttled.status, throttled.json.code]).toEqual([429, 'setup-code-throttled'])
    test.clock.now = new Date(test.clock.now.getTime() + 60_000)
    expect((await test.anyone('/api/setup', { body: body('the-code') })).status).toBe(201)
  })

  it('refuses two accounts of one name, and the administrators’ names', async () => {
    const test = await start()
    for (const [names, path] of [
      [{ leader: { username: 'OFFICE', name: '市领导' } }, 'leader.username'],
      [{ office: { username: 'Security', name: '考核办' } }, 'office.username'],
    ] as const) {
      const { status, json } = await test.anyone('/api/setup', { body: { ...body('the-code'), ...names } })
      expect([status, json.errors]).toMatchObject([400, [{ path }]])
    }
  })

  it('without any code in the server accepts none', async () => {
    const closed = appOn(await open())
    expect((await closed.anyone('/api/setup', { body: body('the-code') })).json.code).toBe('setup-code-wrong')
  })

  it('unattended gives all three administrators the password for one sign-in, to be changed then', async () => {
    const test = await start()
    const prepare = (adminPassword: string | null) =>
      prepareFirstStart(test.db, { adminPassword, passwordCost: cheapCost, now: test.clock.now })
    expect(await prepare('Unattended password')).toBeNull()
    for (const { username, role } of administrators) {
      const answer = await signIn(test, username, 'Unattended password')
      expect(answer.json.account).toMatchObject({ username, role, mustChangePassword: true })
    }
    expect(await prepare(null)).toBeNull()
  })
})

describe('an unattended first start', () => {
  it.each([
    ['admin123', 'common'],
    ['all lower case', 'three of'],
    ['Short1', 'too short'],
  ])('does not begin with %s, which the password rules refuse', async (adminPassword, words) => {
    const { db } = appOn(await openMemory())
    const starting = prepareFirstStart(db, { adminPassword, passwordCost: cheapCost, now: new Date() })
    await expect(starting).rejects.toThrow(/^ADMIN_PASSWORD: /)
    await expect(starting).rejects.toThrow(words)
    expect(await db.selectFrom('accounts').select('id').execute()).toEqual([])
    await db.destroy()
  })
})

describe('an empty installation', () => {
  it('offers the fictional city while there is no assessment', async () => {
    const db = await openMemory()
    const test = appOn(db)
    await withAccounts(test)
    const office = await test.as('office')
    const filled = await office('/api/setup/demo', { method: 'POST' })
    expect(filled.status).toBe(201)
    const { json } = await office(`/api/assessments/${String(filled.json.assessmentId)}/standings`)
    expect((json.standings as unknown[]).length).toBeGreaterThan(40)
    expect((await office('/api/assessments')).json.total).toBe(3)
    expect((await office('/api/setup/demo', { method: 'POST' })).json.code).toBe('demo-not-empty')
    await db.destroy()
  }, 60_000)
})
