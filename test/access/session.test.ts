import { describe, expect, it } from 'vitest'
import { cookieName, expiryAt, isRenewalDue, newToken, tokenHash } from '../../server/access/session-token.ts'
import { appOn, password, withAccounts, type Answer, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

const MINUTE = 60_000
const signIn = (test: TestApp, username: string, given: string) =>
  test.anyone('/api/auth/sign-in', { body: { username, password: given } })
const tokenOf = ({ headers }: Answer): string =>
  new RegExp(`${cookieName}=([^;]+)`).exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
const later = (test: TestApp, milliseconds: number): void => {
  test.clock.now = new Date(test.clock.now.getTime() + milliseconds)
}

eachDatabase('signing in', (open) => {
  const start = async () => {
    const test = appOn(await open())
    await withAccounts(test)
    return test
  }

  it('gives a cookie that scripts cannot read and other sites cannot send', async () => {
    const test = await start()
    const answer = await signIn(test, ' Office ', password)
    expect([answer.status, answer.json.account]).toMatchObject([200, { username: 'office', role: 'office' }])
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
    const session = await test.withToken(tokenOf(answer))('/api/auth/session')
    expect(session.json).toMatchObject({ account: { unit: { name: '云州市' } }, city: '云州市' })
    expect(session.json.permissions).toContain('standings.read')
  })

  it('stores only the hash of the token', async () => {
    const test = await start()
    const token = tokenOf(await signIn(test, 'office', password))
    const stored = await test.db.selectFrom('sessions').select('tokenHash').execute()
    expect(stored).toEqual([{ tokenHash: tokenHash(token) }])
  })

  it('refuses a wrong password, an unknown name and a disabled account alike', async () => {
    const test = await start()
    await test.db
      .updateTable('accounts')
      .set({ disabledAt: '2018-01-01T00:00:00.000Z' })
      .where('username', '=', 'head')
      .execute()
    const wrong = await signIn(test, 'office', 'wrong')
    const unknown = await signIn(test, 'nobody', 'wrong')
    const disabled = await signIn(test, 'head', password)
    expect([wrong.status, wrong.json.code]).toEqual([401, 'sign-in-failed'])
    expect([unknown.text, disabled.text]).toEqual([wrong.text, wrong.text])
  })

  it('ends with signing out', async () => {
    const test = await start()
    const caller = test.withToken(tokenOf(await signIn(test, 'office', password)))
    expect((await caller('/api/auth/sign-out', { method: 'POST' })).status).toBe(204)
    expect((await caller('/api/auth/session')).status).toBe(401)
  })

  it('lasts while it is used, at most twelve hours', async () => {
    const test = await start()
    const caller = test.withToken(tokenOf(await signIn(test, 'office', password)))
    for (let turn = 0; turn < 24; turn++) {
      later(test, 29 * MINUTE)
      expect((await caller('/api/auth/session')).status).toBe(200)
    }
    later(test, 23 * MINUTE)
    expect((await caller('/api/auth/session')).status).toBe(200)
    later(test, MINUTE)
    expect((await caller('/api/auth/session')).status).toBe(401)
  })

  it('ends after half an hour without a request', async () => {
    const test = await start()
    const caller = test.withToken(tokenOf(await signIn(test, 'office', password)))
    later(test, 29 * MINUTE)
    expect((await caller('/api/auth/session')).status).toBe(200)
    later(test, 30 * MINUTE)
    expect((await caller('/api/auth/session')).status).toBe(401)
  })

  it('with a password set by someone else lets in only to change it', async () => {
    const test = await start()
    const answer = await signIn(test, 'newcomer', password)
    expect(answer.json.account).toMatchObject({ mustChangePassword: true })
    const caller = test.withToken(tokenOf(answer))
    expect((await caller('/api/assessments')).json.code).toBe('password-change-required')
    expect((await caller('/api/auth/session')).status).toBe(200)

    const change = (current: string, next: string) =>
      caller('/api/auth/password', { body: { current, next } })
    expect((await change('not it', 'Another one')).json.code).toBe('wrong-password')
    expect((await change(password, password)).json.code).toBe('same-password')
    expect((await change(password, 'short')).json.code).toBe('invalid-request')
    expect((await change(password, 'Another one')).json).toMatchObject({
      account: { mustChangePassword: false },
    })
    expect((await caller('/api/assessments')).status).toBe(200)
    expect((await signIn(test, 'newcomer', 'Another one')).status).toBe(200)
  })

  it('changing the password ends the account’s other sessions', async () => {
    const test = await start()
    const here = test.withToken(tokenOf(await signIn(test, 'office', password)))
    const elsewhere = test.withToken(tokenOf(await signIn(test, 'office', password)))
    await here('/api/auth/password', { body: { current: password, next: 'Another one' } })
    expect((await here('/api/auth/session')).status).toBe(200)
    expect((await elsewhere('/api/auth/session')).status).toBe(401)
  })
})

describe('session times', () => {
  const created = new Date('2018-01-01T00:00:00Z')
  const after = (minutes: number) => new Date(created.getTime() + minutes * MINUTE)

  it('are half an hour from now, cut off at twelve hours', () => {
    expect(expiryAt(created, after(1))).toEqual(after(31))
    expect(expiryAt(created, after(700))).toEqual(after(720))
  })

  it('are stored once a minute', () => {
    expect(isRenewalDue(created, new Date(created.getTime() + 59_000))).toBe(false)
    expect(isRenewalDue(created, after(1))).toBe(true)
  })

  it('tokens are 256 random bits', () => {
    expect(Buffer.from(newToken(), 'base64url')).toHaveLength(32)
    expect(newToken()).not.toBe(newToken())
  })
})
