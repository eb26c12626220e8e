import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { verifyAudit } from '../../db/audit.ts'
import { appOn, openMemory, password, withAccounts, type Caller, type TestApp } from '../fixtures/app.ts'

let db: Db
let test: TestApp
let system: Caller
let security: Caller

beforeEach(async () => {
  db = await openMemory()
  test = appOn(db)
  await withAccounts(test)
  system = await test.as('system')
  security = await test.as('security')
})
afterEach(() => db.destroy())

const signIn = (username: string, given: string) =>
  test.anyone('/api/auth/sign-in', { body: { username, password: given } })
const patch = (path: string, body: object, etag?: string) =>
  system(path, { method: 'PATCH', body, headers: etag === undefined ? {} : { 'if-match': etag } })

describe('accounts', () => {
  const create = (body: object) => system('/api/accounts', { body })

  it('get a password that is shown once, when they are granted, and must be changed', async () => {
    const { status, json } = await create({
      username: ' Zhang.San ',
      name: '张三',
      role: 'editor',
      unitId: 'water',
    })
    expect([status, json]).toMatchObject([201, { username: 'zhang.san', mustChangePassword: true }])
    const accounts = [{ id: json.id, etag: json.etag }]
    const granted = await security('/api/accounts/grants', { body: { accounts } })
    const [slip] = granted.json.slips as { password: string }[]
    const answer = await signIn('zhang.san', slip?.password ?? '')
    expect(answer.json.account).toMatchObject({ mustChangePassword: true })
    const list = await system('/api/accounts?q=zhang')
    expect(list.text).not.toMatch(/argon2|passwordHash/)
    expect(list.json.total).toBe(1)
  })

  it('need a unit where their role has one, and a name of their own', async () => {
    expect((await create({ username: 'a1', name: 'A', role: 'office' })).json.code).toBe('unit-required')
    expect((await create({ username: 'a1', name: 'A', role: 'office', unitId: 'x' })).json.code).toBe(
      'unknown-unit',
    )
    expect((await create({ username: 'OFFICE', name: 'A', role: 'audit' })).json.code).toBe('username-taken')
    const { json } = await create({ username: 'a b', name: '', role: 'boss' })
    expect(json.errors).toMatchObject([{ path: 'username' }, { path: 'name' }, { path: 'role' }])
  })

  it('reset get a new password, lose their sessions and their lock', async () => {
    const office = await test.as('office')
    for (let time = 0; time < 6; time++) await signIn('office', 'wrong')
    const { status, json } = await security('/api/accounts/account-office/reset', { method: 'POST' })
    expect(status).toBe(200)
    expect((await office('/api/auth/session')).status).toBe(401)
    expect((await signIn('office', password)).status).toBe(401)
    expect((await signIn('office', String(json.password))).status).toBe(200)
    expect((await security('/api/accounts/nobody/reset', { method: 'POST' })).status).toBe(404)
  })

  it('disabled lose their sessions; nobody disables themselves', async () => {
    const office = await test.as('office')
    const { json } = await system('/api/accounts?q=office')
    const etag = String(json.items?.[0]?.etag)
    const disabled = await patch('/api/accounts/account-office', { disabled: true }, etag)
    expect(disabled.json.disabledAt).toBe('2018-02-10T02:00:00.000Z')
    expect((await office('/api/auth/session')).status).toBe(401)
    // Brought back by one administrator alone, it waits for the other.
    const back = await patch('/api/accounts/account-office', { disabled: false }, String(disabled.json.etag))
    expect(back.json).toMatchObject({ disabledAt: null, awaitsGrantSince: '2018-02-10T02:00:00.000Z' })
    expect((await signIn('office', password)).status).toBe(401)
    const own = (await system('/api/accounts?q=system')).json.items?.[0]
    expect(
      (await patch('/api/accounts/account-system', { disabled: true }, String(own?.etag))).json.code,
    ).toBe('own-account')
  })
})

describe('replacing something', () => {
  it('needs the version that was read', async () => {
    const read = (await system('/api/units?q=市水务局')).json.items?.[0]
    expect((await patch('/api/units/water', { name: '市水利局' })).status).toBe(428)
    const changed = await patch('/api/units/water', { name: '市水利局' }, String(read?.etag))
    expect([changed.status, changed.json.name]).toEqual([200, '市水利局'])
    expect(changed.headers.get('etag')).toBe(changed.json.etag)
    const stale = await patch('/api/units/water', { name: '水务局' }, String(read?.etag))
    expect([stale.status, stale.json.code]).toEqual([412, 'stale'])
    expect((await patch('/api/units/none', { name: 'x' }, '*')).status).toBe(404)
  })
})

describe('units', () => {
  it('are added below others, once under each name', async () => {
    const added = await system('/api/units', { body: { name: '办公室', kind: 'section', parentId: 'water' } })
    expect(added.json).toMatchObject({ name: '办公室', parentId: 'water', position: 4 })
    const again = await system('/api/units', { body: { name: '办公室', kind: 'section' } })
    expect(again.json.code).toBe('unit-name-taken')
    const orphan = await system('/api/units', { body: { name: '其他', kind: 'section', parentId: 'x' } })
    expect(orphan.json.code).toBe('unknown-unit')
  })

  it('never end up below themselves', async () => {
    const office = await test.as('office')
    const move = (parentId: string) =>
      office('/api/units/city', { method: 'PATCH', body: { parentId }, headers: { 'if-match': '*' } })
    expect((await move('water')).json.code).toBe('unit-cycle')
    expect((await move('city')).json.code).toBe('unit-cycle')
    expect((await move('x')).json.code).toBe('unknown-unit')
    expect((await patch('/api/units/city', { name: '远州市' }, '*')).json.code).toBe('unit-name-taken')
  })

  it('come in pages', async () => {
    const { json } = await system('/api/units?page=2&size=3')
    expect([json.total, json.page, json.size, json.items?.length]).toEqual([4, 2, 3, 1])
    expect((await system('/api/units?size=0')).status).toBe(400)
  })
})

it('what administrators do is in the audit log, whose chain holds', async () => {
  await system('/api/units', { body: { name: '办公室', kind: 'section' } })
  await security('/api/accounts/account-office/reset', { method: 'POST' })
  const entries = await db.selectFrom('auditEntries').select(['action', 'accountId', 'detail']).execute()
  expect(entries.map(({ action, accountId }) => [action, accountId])).toEqual([
    ['unit.add', 'account-system'],
    ['account.reset', 'account-security'],
  ])
  expect(JSON.stringify(entries)).not.toMatch(/password/)
  expect(await verifyAudit(db)).toMatchObject({ entries: 2, brokenAt: null })
})
