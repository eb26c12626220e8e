import { describe, expect, it } from 'vitest'
import {
  cookieName,
  expiryAt,
  newToken,
  renewedExpiry,
  tokenHash,
} from '../../server/access/session-token.ts'
import { appOn, password, withAccounts, type Answer, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

const HOUR = 3_600_000
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

  it('locks a name, known or not, after five failures until 15 minutes have passed', async () => {
    const test = await start()
    for (const name of ['office', 'nobody']) {
      for (let time = 0; time < 5; time++) expect((await signIn(test, name, 'wrong')).status).toBe(401)
      const locked = await signIn(test, name, password)
      expect([locked.status, locked.json.code, locked.headers.get('retry-after')]).toEqual([
        429,
        'locked',
        '900',
      ])
    }
    later(test, 14 * 60_000)
    expect((await signIn(test, 'office', password)).headers.get('retry-after')).toBe('60')
    later(test, 60_000)
    expect((await signIn(test, 'office', password)).status).toBe(200)
  })

  it('counts failures side by side, too', async () => {
    const test = await start()
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(test, 'office', 'wrong')))
    expect(answers.filter(({ status }) => status === 401).length).toBe(5)
  })

  it('forgets failures once it succeeds', async () => {
    const test = await start()
    for (let round = 0; round < 3; round++) {
      for (let time = 0; time < 4; time++) await signIn(test, 'office', 'wrong')
      expect((await signIn(test, 'office', password)).status).toBe(200)
    }
  })

  it('ends with signing out', async () => {
    const test = await start()
    const caller = test.withToken(tokenOf(await signIn(test, 'office', password)))
    expect((await caller('/api/auth/sign-out', { method: 'POST' })).status).toBe(204)
    expect((await caller('/api/auth/session')).status).toBe(401)
  })

  it('lasts while it is used, at most seven days', async () => {
    const test = await start()
    const caller = test.withToken(tokenOf(await signIn(test, 'office', password)))
    for (let half = 0; half < 13; half++) {
      later(test, 11 * HOUR)
      expect((await caller('/api/auth/session')).status).toBe(200)
    }
    later(test, 11 * HOUR)
    expect((await caller('/api/auth/session')).status).toBe(200)
    later(test, 5 * HOUR)
    expect((await caller('/api/auth/session')).status).toBe(200)
    later(test, 10 * HOUR)
    expect((await caller('/api/auth/session')).status).toBe(401)
  })

  it('ends after twelve hours without a request', async () => {
    const test = await start()
    const caller = test.withToken(tokenOf(await signIn(test, 'office', password)))
    later(test, 12 * HOUR)
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
    expect((await change('not it', 'another one')).json.code).toBe('wrong-password')
    expect((await change(password, password)).json.code).toBe('same-password')
    expect((await change(password, 'short')).json.code).toBe('invalid-request')
    expect((await change(password, 'another one')).json).toMatchObject({
      account: { mustChangePassword: false },
    })
    expect((await caller('/api/assessments')).status).toBe(200)
    expect((await signIn(test, 'newcomer', 'another one')).status).toBe(200)
  })

  it('changing the password ends the account’s other sessions', async () => {
    const test = await start()
    const here = test.withToken(tokenOf(await signIn(test, 'office', password)))
    const elsewhere = test.withToken(tokenOf(await signIn(test, 'office', password)))
    await here('/api/auth/password', { body: { current: password, next: 'another one' } })
    expect((await here('/api/auth/session')).status).toBe(200)
    expect((await elsewhere('/api/auth/session')).status).toBe(401)
  })
})

describe('session times', () => {
  const created = new Date('2018-01-01T00:00:00Z')
  const after = (hours: number) => new Date(created.getTime() + hours * HOUR)

  it('are twelve hours from now, cut off at seven days', () => {
    expect(expiryAt(created, after(1))).toEqual(after(13))
    expect(expiryAt(created, after(160))).toEqual(after(168))
  })

  it('are prolonged only when five minutes are won', () => {
    expect(renewedExpiry(created, after(12), new Date(created.getTime() + 60_000))).toBeNull()
    expect(renewedExpiry(created, after(12), after(1))).toEqual(after(13))
    expect(renewedExpiry(created, after(168), after(167))).toBeNull()
  })

  it('tokens are 256 random bits', () => {
    expect(Buffer.from(newToken(), 'base64url')).toHaveLength(32)
    expect(newToken()).not.toBe(newToken())
  })
})
