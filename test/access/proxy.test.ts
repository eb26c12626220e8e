import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { ConfigError, readConfig } from '../../server/config.ts'
import { appOn, openMemory, password, withAccounts, type TestApp } from '../fixtures/app.ts'

describe('behind a proxy', () => {
  let db: Db
  beforeEach(async () => {
    db = await openMemory()
    await withAccounts(appOn(db))
  })
  afterEach(() => db.destroy())
  const at = (publicUrl: string | null): TestApp =>
    appOn(db, null, undefined, publicUrl === null ? null : new URL(publicUrl))
  const signIn = (test: TestApp, headers: Record<string, string>) =>
    test.anyone('/api/auth/sign-in', {
      body: { username: 'office', password },
      headers: { host: '127.0.0.1:8787', ...headers },
    })
  const origin = 'https://kaohe.example.cn'

  it('writes come from pages of the public address, whatever host the proxy asks for', async () => {
    expect((await signIn(at(origin), { origin })).status).toBe(200)
    expect((await signIn(at(origin), { origin: 'http://127.0.0.1:8787' })).status).toBe(200)
    expect((await signIn(at(origin), { origin: 'https://elsewhere.example.cn' })).json.code).toBe(
      'origin-mismatch',
    )
    expect((await signIn(at(null), { origin })).json.code).toBe('origin-mismatch')
  })

  it('with TLS the cookie is for TLS alone and browsers keep to it; a header that anybody can send says nothing', async () => {
    const secured = await signIn(at(origin), { origin })
    expect(secured.headers.get('set-cookie')).toContain('Secure')
    expect(secured.headers.get('strict-transport-security')).toBe('max-age=31536000')
    const plain = await signIn(at(null), { 'x-forwarded-proto': 'https' })
    expect(plain.headers.get('set-cookie')).not.toContain('Secure')
    expect(plain.headers.get('strict-transport-security')).toBeNull()
    const inside = await signIn(at('http://kaohe.example.cn'), { origin: 'http://kaohe.example.cn' })
    expect([inside.status, inside.headers.get('strict-transport-security')]).toEqual([200, null])
  })

  it('the public address is one, and ends after host and port', () => {
    expect(readConfig({ PUBLIC_URL: origin }).publicUrl?.host).toBe('kaohe.example.cn')
    expect(readConfig({}).publicUrl).toBeNull()
    for (const wrong of ['kaohe.example.cn', `${origin}/kaohe`, 'ftp://kaohe.example.cn', 'https://'])
      expect(() => readConfig({ PUBLIC_URL: wrong }), wrong).toThrow(ConfigError)
  })
})
