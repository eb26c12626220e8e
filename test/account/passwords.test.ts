import { describe, expect, it } from 'vitest'
import { faultsOfPassword, type PasswordProfile } from '../../server/access/password-rules.ts'
import { appOn, password, withAccounts, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

const DAY = 86_400_000
const owner = ['zhang.san', '张三', '市水务局', '云州市']

describe('a new password', () => {
  const faults = (given: string, profile: PasswordProfile = 'mlps') => faultsOfPassword(given, profile, owner)

  it.each([
    ['12345678', ['too-plain', 'common']],
    ['password', ['too-plain', 'common']],
    ['Password123!', ['common']],
    ['P@ssw0rd', ['common']],
    ['Admin@123', ['common']],
    ['Abcd@1234', ['common']],
    ['Aa123456!', ['common']],
    ['Aaaa1111', ['common']],
    ['Zhang.San1', ['own-words']],
    ['Zhangsan#7', ['own-words']],
    ['Shuiwuju#7', []],
    ['Shishuiwuju#7', ['own-words']],
    ['Yunzhoushi2!', ['own-words']],
    ['云州市Aa#12', ['own-words']],
    ['Q7#xw2', ['too-short']],
    ['q7xw2kfmvb', ['too-plain']],
    ['Q7xw2kfmvb', []],
    ['水清岸绿 hao 7', []],
  ])('%s, by 等保', async (given, expected) => {
    expect(await faults(given)).toEqual(expected)
  })

  it.each([
    ['q7xw2kfmvb', ['too-short']],
    ['green river banks', []],
    ['123456789012', ['common']],
    ['passwordpassword', ['common']],
    ['zhangsan and others', ['own-words']],
  ])('%s, by ASVS', async (given, expected) => {
    expect(await faults(given, 'asvs')).toEqual(expected)
  })
})

eachDatabase('passwords', (open) => {
  const start = async () => {
    const test = appOn(await open())
    await withAccounts(test)
    const setAt = test.clock.now.toISOString()
    await test.db.updateTable('accounts').set({ passwordSetAt: setAt }).execute()
    return test
  }
  const change = async (caller: Caller, current: string, next: string) =>
    (await caller('/api/auth/password', { body: { current, next } })).json
  const signIn = (test: TestApp, username: string, given: string) =>
    test.anyone('/api/auth/sign-in', { body: { username, password: given } })
  const later = (test: TestApp, days: number) => {
    test.clock.now = new Date(test.clock.now.getTime() + days * DAY)
  }

  it('that the rules refuse are refused with the reason, in the language asked for', async () => {
    const head = await (await start()).as('head')
    const refused = await head('/api/auth/password', {
      body: { current: password, next: 'password' },
      headers: { 'accept-language': 'en' },
    })
    expect([refused.status, refused.json]).toMatchObject([
      422,
      {
        code: 'password-unfit',
        errors: [
          { path: 'next', code: 'too-plain' },
          { path: 'next', code: 'common' },
        ],
      },
    ])
    expect(refused.text).not.toMatch(/\p{Script=Han}/u)
  })

  it('of the last three do not come back', async () => {
    const test = await start()
    const head = await test.as('head')
    const [second, third, fourth] = ['Second river 2', 'Third river 3', 'Fourth river 4'] as const
    expect((await change(head, password, second)).code).toBeUndefined()
    later(test, 0.001)
    expect((await change(head, second, third)).code).toBeUndefined()
    later(test, 0.001)
    expect(await change(head, third, second)).toMatchObject({
      code: 'password-unfit',
      errors: [{ code: 'used-before' }],
    })
    expect((await change(head, third, third)).code).toBe('same-password')
    expect((await change(head, third, fourth)).code).toBeUndefined()
    later(test, 0.001)
    expect((await change(head, fourth, second)).code).toBe('password-unfit')
  })

  it('are told to be old for 15 days, and after 180 let in only to change them', async () => {
    const test = await start()
    later(test, 164)
    const early = await test.as('head')
    expect((await early('/api/auth/session')).json.passwordDaysLeft).toBeNull()
    later(test, 1)
    const soon = await test.as('head')
    expect((await soon('/api/auth/session')).json.passwordDaysLeft).toBe(15)
    later(test, 14.5)
    expect((await signIn(test, 'head', password)).json.account).toMatchObject({ mustChangePassword: false })
    later(test, 0.5)
    expect((await signIn(test, 'head', password)).json.account).toMatchObject({ mustChangePassword: true })
    const late = await test.as('head')
    expect((await late('/api/assessments')).json.code).toBe('password-change-required')
    expect((await change(late, password, 'Second river 2')).code).toBeUndefined()
    expect((await late('/api/auth/session')).json.passwordDaysLeft).toBeNull()
    expect((await signIn(test, 'head', 'Second river 2')).json.account).toMatchObject({
      mustChangePassword: false,
    })
  })

  it('follow the profile that the security administrator chose', async () => {
    const test = await start()
    const security = await test.as('security')
    const read = await security('/api/sign-in-settings')
    expect(read.json).toEqual({ passwordProfile: 'mlps', secondFactorRoles: [] })
    const put = (etag: string) =>
      security('/api/sign-in-settings', {
        method: 'PUT',
        body: { passwordProfile: 'asvs', secondFactorRoles: [] },
        headers: { 'if-match': etag },
      })
    expect((await put('"old"')).status).toBe(412)
    expect((await put(read.headers.get('etag') ?? '')).status).toBe(200)
    const head = await test.as('head')
    expect((await head('/api/auth/session')).json.passwordProfile).toBe('asvs')
    expect(await change(head, password, 'Q7xw2kfmvb')).toMatchObject({ errors: [{ code: 'too-short' }] })
    expect((await change(head, password, 'green river banks')).code).toBeUndefined()
    later(test, 400)
    expect((await signIn(test, 'head', 'green river banks')).json.account).toMatchObject({
      mustChangePassword: false,
    })
  })

  it('reset end the calendar’s secret address', async () => {
    const test = await start()
    const head = await test.as('head')
    const path = String((await head('/api/calendar/token', { method: 'POST' })).json.path)
    expect((await test.anyone(path)).status).toBe(200)
    const security = await test.as('security')
    expect((await security('/api/accounts/account-head/reset', { method: 'POST' })).status).toBe(200)
    expect((await test.anyone(path)).status).toBe(404)
  })
})
