import { afterEach, describe, expect, it, vi } from 'vitest'
import { addressGroup } from '../../server/access/address-group.ts'
import { appOn, password, withAccounts, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

const MINUTE = 60_000
const attempt = (test: TestApp, username: string, given: string, from = '10.0.0.1', headers = {}) =>
  test.anyone('/api/auth/sign-in', { body: { username, password: given }, from, headers })

afterEach(() => vi.useRealTimers())

eachDatabase('failed sign-ins', (open) => {
  const start = async (publicUrl?: string) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const test = appOn(await open(), null, undefined, publicUrl === undefined ? null : new URL(publicUrl))
    await withAccounts(test)
    return test
  }
  const fail = async (test: TestApp, username: string, times: number, from?: string) => {
    for (let time = 0; time < times; time++)
      expect((await attempt(test, username, 'wrong', from)).json.code).toBe('sign-in-failed')
  }
  const pass = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds)

  it('lock a name, known or not, at their address alone until 15 minutes have passed', async () => {
    const test = await start()
    for (const name of ['office', 'nobody']) {
      await fail(test, name, 5)
      const locked = await attempt(test, name, password)
      expect([locked.status, locked.json.code, locked.headers.get('retry-after')]).toEqual([
        429,
        'locked',
        '900',
      ])
    }
    pass(14 * MINUTE)
    expect((await attempt(test, 'office', password)).headers.get('retry-after')).toBe('60')
    pass(MINUTE)
    expect((await attempt(test, 'office', password)).status).toBe(200)
  })

  it('by somebody else do not keep the owner out', async () => {
    const test = await start()
    for (let address = 1; address <= 30; address++) await fail(test, 'system', 5, `10.9.0.${address}`)
    expect((await attempt(test, 'system', password, '10.0.0.1')).status).toBe(200)
    expect((await attempt(test, 'system', password, '10.9.0.1')).status).toBe(429)
  })

  it('under many names stop their address after a hundred, and no other', async () => {
    const test = await start()
    for (let name = 0; name < 100; name++) await fail(test, `name-${name}`, 1)
    const stopped = await attempt(test, 'office', password)
    expect([stopped.status, stopped.json.code, stopped.headers.get('retry-after')]).toEqual([
      429,
      'too-many-sign-ins',
      '900',
    ])
    expect((await attempt(test, 'office', password, '10.0.0.2')).status).toBe(200)
    pass(15 * MINUTE)
    expect((await attempt(test, 'office', password)).status).toBe(200)
  })

  it('side by side count, too', async () => {
    const test = await start()
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(test, 'office', 'wrong')))
    expect(answers.filter(({ status }) => status === 401).length).toBe(5)
    expect(answers.filter(({ status }) => status === 429).length).toBe(7)
  })

  it('are forgotten once one succeeds, and right ones never count, however many at once', async () => {
    const test = await start()
    for (let round = 0; round < 3; round++) {
      await fail(test, 'office', 4)
      expect((await attempt(test, 'office', password)).status).toBe(200)
    }
    const eight = await Promise.all(Array.from({ length: 8 }, () => attempt(test, 'office', password)))
    expect(eight.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    const crowd = await Promise.all(Array.from({ length: 120 }, () => attempt(test, 'leader', password)))
    expect(new Set(crowd.map(({ status }) => status))).toEqual(new Set([200]))
    await fail(test, 'office', 4)
  })

  it('of a password that was reset say nothing about the new one', async () => {
    const test = await start()
    await fail(test, 'office', 5)
    const security = await test.as('security')
    const { json } = await security('/api/accounts/account-office/reset', { method: 'POST' })
    expect((await attempt(test, 'office', String(json.password))).status).toBe(200)
  })

  it('come from the address that the proxy names, when there is one, and from no other that is claimed', async () => {
    const behind = await start('https://kaohe.example.cn')
    const claim = (test: TestApp, from: string, forwarded: string) =>
      attempt(test, 'office', 'wrong', from, { 'x-forwarded-for': forwarded })
    for (let time = 0; time < 5; time++) await claim(behind, '127.0.0.1', `1.2.3.${time}, 10.0.0.9`)
    expect((await claim(behind, '::1', '10.0.0.9')).status).toBe(429)
    expect((await claim(behind, '127.0.0.1', '10.0.0.8')).status).toBe(401)
    // Who is not the proxy is whoever they are.
    for (let time = 0; time < 4; time++) await claim(behind, '10.0.0.7', `1.2.3.${time}`)
    expect((await claim(behind, '::ffff:10.0.0.7', '1.2.3.9')).status).toBe(401)
    expect((await claim(behind, '10.0.0.7', '1.2.3.10')).status).toBe(429)

    const direct = await start()
    for (let time = 0; time < 5; time++) await claim(direct, '127.0.0.1', `1.2.3.${time}`)
    expect((await claim(direct, '127.0.0.1', '1.2.3.9')).status).toBe(429)
  })
})

describe('an address', () => {
  it('is counted by itself, or with its network where one has billions', () => {
    expect(addressGroup('10.0.0.1')).toBe('10.0.0.1')
    expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64')
    expect(addressGroup('2001:db8::6')).toBe('2001:db8:0:0::/64')
    expect(addressGroup('::1')).toBe('0:0:0:0::/64')
    expect(addressGroup('')).toBe('')
  })
})
