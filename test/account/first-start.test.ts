import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { newFirstStartCode } from '../../server/access/first-start-code.ts'
import { prepareFirstStart } from '../../server/account/first-start.ts'
import { appOn, cheapCost, openMemory, withAccounts, type TestApp } from '../fixtures/app.ts'

let db: Db
let test: TestApp

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db, newFirstStartCode('the-code'))
})
afterEach(() => db.destroy())

const body = (code: string) => ({
  code,
  city: '云州市',
  system: { username: 'admin', name: '管理员', password: 'A long password' },
  office: { username: 'office', name: '考核办', password: 'Another password' },
})

describe('the first start', () => {
  it('makes the administrator and the office, signs the office in, and happens once', async () => {
    expect((await test.anyone('/api/setup')).json).toEqual({ needed: true })
    const done = await test.anyone('/api/setup', { body: body('the-code') })
    expect([done.status, done.json.account]).toMatchObject([
      201,
      { username: 'office', unit: { name: '云州市' } },
    ])
    const token = /=([^;]+)/.exec(done.headers.get('set-cookie') ?? '')?.[1] ?? ''
    expect((await test.withToken(token)('/api/assessments')).json.total).toBe(0)
    expect((await test.anyone('/api/setup')).json).toEqual({ needed: false })
    expect((await test.anyone('/api/setup', { body: body('the-code') })).json.code).toBe('setup-done')
  })

  it('refuses a wrong code, and any code after five tries in a minute', async () => {
    for (let time = 0; time < 5; time++) {
      expect((await test.anyone('/api/setup', { body: body('wrong') })).json.code).toBe('setup-code-wrong')
    }
    const throttled = await test.anyone('/api/setup', { body: body('the-code') })
    expect([throttled.status, throttled.json.code]).toEqual([429, 'setup-code-throttled'])
    test.clock.now = new Date(test.clock.now.getTime() + 60_000)
    expect((await test.anyone('/api/setup', { body: body('the-code') })).status).toBe(201)
  })

  it('refuses two accounts of one name', async () => {
    const twice = { ...body('the-code'), office: { ...body('').office, username: 'ADMIN' } }
    const { status, json } = await test.anyone('/api/setup', { body: twice })
    expect([status, json.errors]).toMatchObject([400, [{ path: 'office.username' }]])
  })

  it('without any code in the server accepts none', async () => {
    const closed = appOn(db)
    expect((await closed.anyone('/api/setup', { body: body('the-code') })).json.code).toBe('setup-code-wrong')
  })

  it('unattended makes admin with the password given', async () => {
    const start = (adminPassword: string | null) =>
      prepareFirstStart(db, { adminPassword, passwordCost: cheapCost, now: test.clock.now })
    expect(await start('unattended password')).toBeNull()
    const answer = await test.anyone('/api/auth/sign-in', {
      body: { username: 'admin', password: 'unattended password' },
    })
    expect(answer.json.account).toMatchObject({ role: 'system', mustChangePassword: false })
    expect(await start(null)).toBeNull()
  })

  it('offers the fictional city while there is no assessment', async () => {
    await withAccounts(test)
    const office = await test.as('office')
    const filled = await office('/api/setup/demo', { method: 'POST' })
    expect(filled.status).toBe(201)
    const { json } = await office(`/api/assessments/${String(filled.json.assessmentId)}/standings`)
    expect((json.standings as unknown[]).length).toBeGreaterThan(40)
    expect((await office('/api/assessments')).json.total).toBe(3)
    expect((await office('/api/setup/demo', { method: 'POST' })).json.code).toBe('demo-not-empty')
  }, 60_000)
})
