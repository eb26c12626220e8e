import { createSecretKey } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { auditKeyFrom } from '../../db/audit-key.ts'
import { beginKeyedChain, verifyAudit } from '../../db/audit.ts'
import { bindAuditKey } from '../../db/dialect.ts'
import { verifyVouched } from '../../db/vouched-check.ts'
import { openDatabase } from '../../db/database.ts'
import { type Db } from '../../db/source.ts'
import { hashPassword } from '../../server/access/password.ts'
import { addMissingAdministrators } from '../../server/account/administrators.ts'
import { unlockAccount } from '../../server/account/slips.ts'
import { cookieName } from '../../server/access/session-token.ts'
import {
  appOn,
  cheapCost,
  password,
  withAccounts,
  withYear,
  type Answer,
  type Caller,
  type TestApp,
} from '../fixtures/app.ts'
import { eachDatabase, postgresAddress, temporaryFolder } from '../fixtures/databases.ts'
import { notedBy, statementsOf } from '../fixtures/old-release.ts'
import { emptyDatabase } from '../fixtures/postgres.ts'

type Json = Record<string, unknown>
const items = (answer: Answer): readonly Json[] => answer.json.items ?? []
const slipsOf = (answer: Answer) =>
  (answer.json.slips ?? []) as { readonly username: string; readonly password: string }[]

eachDatabase('the three administrators', (open) => {
  const start = async () => {
    const test = appOn(await open())
    await withAccounts(test)
    const [system, security] = [await test.as('system'), await test.as('security')]
    return { test, system, security }
  }
  const signIn = (test: TestApp, username: string, given: string) =>
    test.anyone('/api/auth/sign-in', { body: { username, password: given } })
  const signedInBy = (test: TestApp, { headers }: Answer): Caller =>
    test.withToken(new RegExp(`${cookieName}=([^;]+)`).exec(headers.get('set-cookie') ?? '')?.[1] ?? '')
  const record = async (caller: Caller, username: string): Promise<Json> =>
    items(await caller(`/api/accounts?q=${username}`)).find((row) => row.username === username) ?? {}
  const patch = async (caller: Caller, username: string, body: object) => {
    const { id, etag } = await record(caller, username)
    return caller(`/api/accounts/${String(id)}`, {
      method: 'PATCH',
      body,
      headers: { 'if-match': String(etag) },
    })
  }
  const add = (system: Caller, username = 'zhang.san', role = 'editor') =>
    system('/api/accounts', { body: { username, name: '张三', role, unitId: 'water' } })
  const grant = async (security: Caller, ...usernames: string[]) => {
    const accounts: object[] = []
    for (const username of usernames) {
      const { id, etag } = await record(security, username)
      accounts.push({ id, etag })
    }
    return security('/api/accounts/grants', { body: { accounts } })
  }
  const reset = (caller: Caller, username: string) =>
    caller(`/api/accounts/account-${username}/reset`, { method: 'POST' })
  const entriesOf = (db: Db, action: string) =>
    db.selectFrom('auditEntries').selectAll().where('action', '=', action).orderBy('seq').execute()

  it('the system administrator makes accounts and never reads a password; they work only once they are granted', async () => {
    const { test, system, security } = await start()
    const added = await add(system)
    expect(added.status).toBe(201)
    expect(added.text).not.toMatch(/"password"|slip/i)
    expect(added.json).toMatchObject({ role: 'editor', grantedAt: null, grantedBy: null })
    expect(added.json.awaitsGrantSince).not.toBeNull()
    expect((await system('/api/accounts?waiting=1')).json.total).toBe(1)

    const early = await test.as('zhang.san')
    expect((await early('/api/auth/session')).status).toBe(401)
    for (const path of ['/api/accounts/grants', `/api/accounts/${String(added.json.id)}/reset`])
      expect((await system(path, { method: 'POST', body: { accounts: [] } })).json.code).toBe('forbidden')
    const before = await security(`/api/accounts/${String(added.json.id)}/reset`, { method: 'POST' })
    expect([before.status, before.json.code]).toEqual([409, 'not-granted'])

    const answer = await grant(security, 'zhang.san')
    const [slip] = slipsOf(answer)
    expect([answer.status, slip]).toMatchObject([
      200,
      { username: 'zhang.san', name: '张三', role: 'editor', unit: '市水务局' },
    ])
    expect(await record(system, 'zhang.san')).toMatchObject({ awaitsGrantSince: null, grantedBy: 'security' })
    const first = await signIn(test, 'zhang.san', slip?.password ?? '')
    expect([first.status, first.json.account]).toMatchObject([200, { mustChangePassword: true }])
    expect((await grant(security, 'zhang.san')).json.code).toBe('granted-already')
  })

  it('a slip is for one time: it forces another password, and is worth nothing after it', async () => {
    const { test, system, security } = await start()
    await add(system)
    const [slip] = slipsOf(await grant(security, 'zhang.san'))
    const caller = signedInBy(test, await signIn(test, 'zhang.san', slip?.password ?? ''))
    expect((await caller('/api/assessments')).json.code).toBe('password-change-required')
    const next = 'Quite another 1'
    expect((await caller('/api/auth/password', { body: { current: slip?.password, next } })).status).toBe(200)
    expect((await caller('/api/assessments')).status).toBe(200)
    expect((await signIn(test, 'zhang.san', slip?.password ?? '')).status).toBe(401)
    expect((await signIn(test, 'zhang.san', next)).status).toBe(200)
  })

  it('a slip in two hands makes one password', async () => {
    const { test, system, security } = await start()
    await add(system)
    const [slip] = slipsOf(await grant(security, 'zhang.san'))
    const current = slip?.password ?? ''
    const callers = [
      signedInBy(test, await signIn(test, 'zhang.san', current)),
      signedInBy(test, await signIn(test, 'zhang.san', current)),
    ]
    const passwords = ['Quite another 1', 'Something else 2']
    const changed = await Promise.all(
      callers.map((caller, at) => caller('/api/auth/password', { body: { current, next: passwords[at] } })),
    )
    const statuses = changed.map(({ status }) => status)
    expect(statuses.toSorted()[0]).toBe(200)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    const chosen = passwords[statuses.indexOf(200)] ?? ''
    expect((await signIn(test, 'zhang.san', chosen)).status).toBe(200)
    const { brokenAt } = await verifyAudit(test.db)
    expect(brokenAt).toBeNull()
  })

  it('what is granted is what was read, all of it or nothing', async () => {
    const { system, security } = await start()
    await add(system)
    await add(system, 'li.si')
    const { id, etag } = await record(security, 'zhang.san')
    await patch(system, 'zhang.san', { role: 'head' })
    const other = await record(security, 'li.si')
    const accounts = [
      { id: other.id, etag: other.etag },
      { id, etag },
    ]
    const stale = await security('/api/accounts/grants', { body: { accounts } })
    expect([stale.status, stale.json.code]).toEqual([412, 'stale'])
    expect((await system('/api/accounts?waiting=1')).json.total).toBe(2)
    expect(slipsOf(await grant(security, 'zhang.san', 'li.si'))).toHaveLength(2)
  })

  it('another role or unit stops an account until it is granted anew; another name does not', async () => {
    const { test, system, security } = await start()
    const head = await test.as('head')
    await patch(system, 'head', { name: '李局长' })
    expect((await head('/api/auth/session')).status).toBe(200)
    for (const change of [{ role: 'office' }, { unitId: 'inspectors' }]) {
      const moved = await patch(system, 'head', change)
      expect(moved.json).toMatchObject({ grantedAt: null, ...('role' in change ? change : {}) })
      expect((await head('/api/auth/session')).status).toBe(401)
      expect((await signIn(test, 'head', password)).json.code).toBe('sign-in-failed')
      const [slip] = slipsOf(await grant(security, 'head'))
      expect((await signIn(test, 'head', slip?.password ?? '')).status).toBe(200)
    }
    expect((await patch(system, 'system', { unitId: null, role: 'office' })).json.code).toBe('unit-required')
  })

  it('the owner is told at the next sign-in what was done to the account, until it was read, and the log tells the others', async () => {
    const { test, system, security } = await start()
    await add(system)
    await grant(security, 'zhang.san')
    const { id } = await record(security, 'zhang.san')
    test.clock.now = new Date('2018-02-10T03:00:00Z')
    const again = await (await test.as('security'))(`/api/accounts/${String(id)}/reset`, { method: 'POST' })
    const caller = signedInBy(test, await signIn(test, 'zhang.san', String(again.json.password)))
    const news = async () => (await caller('/api/auth/session')).json.news as Json[]
    expect(await news()).toEqual([
      { deed: 'account.reset', at: '2018-02-10T03:00:00.000Z', by: 'security' },
      { deed: 'account.grant', at: '2018-02-10T02:00:00.000Z', by: 'security' },
    ])
    const until = '2018-02-10T03:00:00.000Z'
    expect((await caller('/api/auth/told', { body: { until } })).status).toBe(204)
    expect(await news()).toEqual([])

    const audit = await test.as('audit')
    for (const action of ['account.grant', 'account.reset', 'account.told'])
      expect((await audit(`/api/audit?action=${action}`)).json.items).toHaveLength(1)
    expect(await entriesOf(test.db, 'account.grant')).toMatchObject([
      { accountId: 'account-security', subject: id },
    ])
    expect((await verifyAudit(test.db)).brokenAt).toBeNull()
  })

  it('the console’s way in and a second factor taken away are told as well, what one did oneself is not', async () => {
    const { test, security } = await start()
    const deps = { db: test.db, clock: () => test.clock.now, passwordCost: cheapCost }
    await security('/api/accounts/account-head/second-factor', { method: 'DELETE' })
    const slip = await unlockAccount(deps, 'head')
    const head = signedInBy(test, await signIn(test, 'head', slip?.password ?? ''))
    const { news } = (await head('/api/auth/session')).json
    expect(news).toMatchObject([
      { deed: 'account.unlock', by: null },
      { deed: 'second-factor.remove', by: 'security' },
    ])
  })

  it('nobody grants, resets, moves or disables themselves', async () => {
    const { test, system, security } = await start()
    for (const path of ['reset', 'second-factor']) {
      const method = path === 'reset' ? 'POST' : 'DELETE'
      const own = await security(`/api/accounts/account-security/${path}`, { method })
      expect([own.status, own.json.code]).toEqual([409, 'own-account'])
    }
    for (const change of [{ role: 'audit' }, { disabled: true }])
      expect((await patch(system, 'system', change)).json.code).toBe('own-account')
    // Sent away by the system administrator, one does not grant oneself the way back.
    await add(system, 'second', 'security')
    await grant(security, 'second')
    await patch(system, 'security', { role: 'audit' })
    expect((await security('/api/auth/session')).status).toBe(401)
    const { id, etag } = await record(system, 'security')
    await test.db
      .updateTable('accounts')
      .set({ mustChangePassword: 0 })
      .where('username', '=', 'second')
      .execute()
    const second = await test.as('second')
    const foreign = await second('/api/accounts/grants', { body: { accounts: [{ id, etag }] } })
    expect(slipsOf(foreign)).toHaveLength(1)
  })

  it.each(['security', 'audit'])('the last %s administrator who can sign in stays', async (username) => {
    const { test, system, security } = await start()
    for (const change of [{ disabled: true }, { role: 'editor', unitId: 'water' }]) {
      const last = await patch(system, username, change)
      expect([last.status, last.json.code]).toEqual([409, 'last-administrator'])
    }
    // Another one counts once it can sign in.
    await add(system, 'second', username)
    expect((await patch(system, username, { disabled: true })).json.code).toBe('last-administrator')
    await grant(security, 'second')
    expect((await patch(system, username, { disabled: true })).status).toBe(200)
    expect((await patch(system, 'second', { disabled: true })).json.code).toBe('last-administrator')
    const still = await test.as('second')
    expect((await still('/api/auth/session')).status).toBe(200)
  })

  it('an account granted past the program is named by the verification', async () => {
    const db = await open()
    bindAuditKey(db, auditKeyFrom(createSecretKey(Buffer.from('k'.repeat(32)))))
    const test = appOn(db)
    await withAccounts(test)
    await db.transaction().execute((trx) => beginKeyedChain(trx, test.clock.now.toISOString()))
    const { json } = await add(await test.as('system'))
    expect((await verifyVouched(db)).tampering).toEqual([])
    await db
      .updateTable('accounts')
      .set({ awaitsGrantSince: null })
      .where('id', '=', String(json.id))
      .execute()
    expect((await verifyVouched(db)).tampering).toMatchObject([
      { table: 'accounts', key: json.id, change: 'altered' },
    ])
  })

  it('two system administrators who disable each other at once do not end without any', async () => {
    const { test, system, security } = await start()
    await add(system, 'second', 'system')
    await grant(security, 'second')
    await test.db.updateTable('accounts').set({ mustChangePassword: 0 }).execute()
    const second = await test.as('second')
    const answers = await Promise.all([
      patch(system, 'second', { disabled: true }),
      patch(second, 'system', { disabled: true }),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('none of them can see or touch a score, and each does alone what is theirs', async () => {
    const test = appOn(await open())
    const year = await withYear(test)
    for (const username of ['system', 'security', 'audit']) {
      const caller = await test.as(username)
      for (const path of [
        '',
        '/standings',
        '/findings',
        '/units/water/scorecard',
        '/export.xlsx',
        '/overview',
      ])
        expect([path, (await caller(`/api/assessments/${year}${path}`)).status]).toEqual([path, 403])
      expect((await caller('/api/audit')).status).toBe(username === 'audit' ? 200 : 403)
      expect((await add(caller, `by.${username}`)).status).toBe(username === 'system' ? 201 : 403)
      expect((await reset(caller, 'office')).status).toBe(username === 'security' ? 200 : 403)
      expect((await caller('/api/accounts')).status).toBe(username === 'audit' ? 403 : 200)
    }
  })

  it('an installation with a system administrator alone gets the other two, whose slips the console prints', async () => {
    const { test } = await start()
    await test.db.deleteFrom('accounts').where('username', 'in', ['security', 'audit']).execute()
    await test.db
      .updateTable('accounts')
      .set({ username: 'security' })
      .where('username', '=', 'stranger')
      .execute()
    const complete = () => addMissingAdministrators(test.db, { passwordCost: cheapCost, now: test.clock.now })
    expect(await complete()).toEqual(['security2', 'audit'])
    expect(await complete()).toEqual([])
    const deps = { db: test.db, clock: () => test.clock.now, passwordCost: cheapCost }
    const slip = await unlockAccount(deps, 'security2')
    const answer = await signIn(test, 'security2', slip?.password ?? '')
    expect([answer.status, answer.json.account]).toMatchObject([
      200,
      { role: 'security', mustChangePassword: true },
    ])
    // What was there before works on, and is granted without anybody’s name.
    expect((await signIn(test, 'office', password)).status).toBe(200)
    expect(await record(await test.as('system'), 'office')).toMatchObject({
      awaitsGrantSince: null,
      grantedAt: null,
    })
    expect((await entriesOf(test.db, 'account.add')).map(({ accountId }) => accountId)).toEqual([null, null])
  })
})

describe('a database from before the three administrators', () => {
  const last = '009-bonuses'
  const folder = temporaryFolder()
  /** It has a city with its office, and a system administrator. */
  const rows = (hash: string) => `
    insert into units values ('city', '云州市', 'city', null, 0);
    insert into accounts (id, username, name, role, unit_id, password_hash, must_change_password, disabled_at, created_at) values
      ('o', 'office', '陈静', 'office', 'city', '${hash}', 0, null, '2017-01-01T00:00:00Z'),
      ('s', 'system', '罗文浩', 'system', null, '${hash}', 0, null, '2017-01-01T00:00:00Z');`
  const oldOf = {
    SQLite: (hash: string): Promise<string> => {
      const file = join(folder.path, 'old.db')
      const database = new Database(file)
      database.exec(statementsOf(last, 'sqlite') + notedBy(last) + rows(hash))
      database.close()
      return Promise.resolve(`file:${file}`)
    },
    PostgreSQL: async (hash: string): Promise<string> => {
      const address = await emptyDatabase(postgresAddress())
      const client = new pg.Client({ connectionString: address })
      await client.connect()
      await client.query(statementsOf(last, 'postgres') + notedBy(last) + rows(hash))
      await client.end()
      return address
    },
  }

  it.each(['SQLite', 'PostgreSQL'] as const)(
    'on %s: its accounts work on, noted as from before, and the missing administrators are made',
    async (kind) => {
      const db = await openDatabase(await oldOf[kind](await hashPassword(password, cheapCost)))
      const test = appOn(db)
      const added = await addMissingAdministrators(db, { passwordCost: cheapCost, now: test.clock.now })
      expect(added).toEqual(['security', 'audit'])
      for (const username of ['office', 'system']) {
        const answer = await test.anyone('/api/auth/sign-in', { body: { username, password } })
        expect(answer.json.account).toMatchObject({ username, mustChangePassword: false })
      }
      const system = await test.as('system')
      const listed = items(await system('/api/accounts')).map(({ username, awaitsGrantSince, grantedAt }) => [
        username,
        awaitsGrantSince,
        grantedAt,
      ])
      const now = test.clock.now.toISOString()
      expect(listed).toEqual([
        ['audit', null, now],
        ['office', null, null],
        ['security', null, now],
        ['system', null, null],
      ])
      expect((await system('/api/auth/session')).json.news).toEqual([])
      await db.destroy()
    },
    60_000,
  )
})
