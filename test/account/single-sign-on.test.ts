import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../db/source.ts'
import { appOn, openMemory, withAccounts, type Answer, type Caller, type TestApp } from '../fixtures/app.ts'
import { temporaryFolder } from '../fixtures/databases.ts'

describe('signing in elsewhere', () => {
  const folder = temporaryFolder()
  const secret = 'a secret between the two of us'
  /** Who signs in over there, and by which means. */
  const there = { name: 'head', means: ['pwd'] }
  let server: Server
  let issuer: string
  let db: Db
  let test: TestApp
  let security: Caller

  beforeAll(async () => {
    server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'zhengheng',
          client_secret: secret,
          redirect_uris: ['https://kaohe.example.cn/api/single-sign-on/end'],
        },
      ],
      cookies: { keys: ['of no use elsewhere'] },
      claims: { openid: ['sub', 'amr'], profile: ['preferred_username'] },
      conformIdTokenClaims: false,
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
      loadExistingGrant: async ({ oidc }) => {
        const accountId = oidc.session?.accountId
        const clientId = oidc.client?.clientId
        if (accountId === undefined || clientId === undefined) return undefined
        const grant = new oidc.provider.Grant({ accountId, clientId })
        grant.addOIDCScope('openid profile email')
        await grant.save()
        return grant
      },
    })
    const answer = provider.callback()
    server.on('request', (request, response) => {
      if (!request.url?.startsWith('/interaction/')) return answer(request, response)
      const login = { accountId: there.name, amr: there.means, remember: false }
      return provider.interactionFinished(request, response, { login })
    })

    db = await openMemory()
    test = appOn(db, null, folder.path, new URL('https://kaohe.example.cn'))
    await withAccounts(test)
    test.clock.now = new Date()
    security = await test.as('security')
  })
  afterAll(async () => {
    server.close()
    await db.destroy()
  })

  const save = async (change: object): Promise<Answer> => {
    const { headers } = await security('/api/single-sign-on/settings')
    const body = {
      enabled: true,
      name: '市统一身份认证',
      issuer,
      clientId: 'zhengheng',
      claim: 'preferred_username',
      ...change,
    }
    return security('/api/single-sign-on/settings', {
      method: 'PUT',
      body,
      headers: { 'if-match': headers.get('etag') ?? '' },
    })
  }
  const confirm = async (): Promise<Answer> => {
    const system = await test.as('system')
    const { headers } = await system('/api/single-sign-on/waiting')
    return system('/api/single-sign-on/confirmation', {
      method: 'POST',
      headers: { 'if-match': headers.get('etag') ?? '' },
    })
  }
  const cookieOf = ({ headers }: Answer, name: string) =>
    new RegExp(`${name}=([^;]+)`).exec(headers.get('set-cookie') ?? '')?.[1] ?? ''

  /** Follows the other side to where it sends one back. */
  async function wayBack(address: string): Promise<string> {
    const cookies = new Map<string, string>()
    let next = address
    for (let step = 0; step < 8 && next.startsWith(issuer); step++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(next, { redirect: 'manual', headers: { cookie } })
      for (const set of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
        cookies.set(name, value)
      }
      next = new URL(response.headers.get('location') ?? '', next).href
    }
    return next
  }
  async function goThere(): Promise<{ kept: string; back: string }> {
    const begun = await test.anyone('/api/single-sign-on/begin')
    expect(begun.status).toBe(302)
    const back = new URL(await wayBack(begun.headers.get('location') ?? ''))
    expect(back.origin).toBe('https://kaohe.example.cn')
    return { kept: cookieOf(begun, 'zhengheng_single_sign_on'), back: `${back.pathname}${back.search}` }
  }
  const comeBack = ({ kept, back }: { kept: string; back: string }) =>
    test.anyone(back, { headers: { cookie: `zhengheng_single_sign_on=${kept}` }, from: '10.0.0.5' })

  it('is off until it is set up, and never told its secret', async () => {
    expect((await test.anyone('/api/single-sign-on')).json).toEqual({ name: null })
    expect((await test.anyone('/api/single-sign-on/begin')).headers.get('location')).toBe(
      '/sign-in?problem=not-found',
    )
    expect((await save({ issuer: 'http://elsewhere.example.cn' })).status).toBe(400)
    const saved = await save({ secret })
    expect(saved.json).toMatchObject({ enabled: true, hasSecret: true })
    expect(saved.text).not.toContain(secret)
    const stored = await db.selectFrom('settings').selectAll().execute()
    expect(JSON.stringify(stored)).not.toContain(secret)
    expect((await test.anyone('/api/single-sign-on')).json).toEqual({ name: null })
  })

  it('vouches for nobody until a second administrator has confirmed what they read, and never for an administrator', async () => {
    const begin = async () => (await test.anyone('/api/single-sign-on/begin')).headers.get('location') ?? ''
    expect(await begin()).toBe('/sign-in?problem=not-found')
    expect((await security('/api/single-sign-on/confirmation', { method: 'POST' })).status).toBe(403)
    const system = await test.as('system')
    const read = await system('/api/single-sign-on/waiting')
    expect(read.json.waiting).toMatchObject({ issuer, clientId: 'zhengheng' })
    await save({ clientId: 'another' })
    const stale = { method: 'POST', headers: { 'if-match': read.headers.get('etag') ?? '' } }
    expect((await system('/api/single-sign-on/confirmation', stale)).status).toBe(412)
    await save({ secret })
    expect((await confirm()).json).toEqual({ waiting: null })
    expect((await test.anyone('/api/single-sign-on')).json).toEqual({ name: '市统一身份认证' })
    await save({ claim: 'sub' })
    expect(await begin()).toBe('/sign-in?problem=not-found')
    await save({})
    await confirm()

    for (const name of ['system', 'security', 'audit']) {
      there.name = name
      expect((await comeBack(await goThere())).headers.get('location')).toBe(
        '/sign-in?problem=single-sign-on-nobody',
      )
    }
    there.name = 'head'
  })

  it('begins a session of the account of that name', async () => {
    const answer = await comeBack(await goThere())
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/'])
    expect(answer.headers.get('set-cookie')).toMatch(/zhengheng_session=.*HttpOnly.*Secure/)
    const head = test.withToken(cookieOf(answer, 'zhengheng_session'))
    expect((await head('/api/auth/session')).json.account).toMatchObject({ username: 'head' })
    expect((await head('/api/sessions')).json.items).toMatchObject([{ address: '10.0.0.5' }])
    const entry = await db
      .selectFrom('auditEntries')
      .selectAll()
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ action: 'session.sign-in', accountId: 'account-head' })
    expect(JSON.parse(entry.detail)).toMatchObject({ by: 'single-sign-on' })
  })

  it('is refused to whoever did not begin it here, comes back twice or too late, or has no account', async () => {
    const problem = (answer: Answer) => {
      expect(answer.headers.get('set-cookie') ?? '').not.toContain('zhengheng_session')
      return answer.headers.get('location')
    }
    const [first, second] = [await goThere(), await goThere()]
    const failed = '/sign-in?problem=single-sign-on-failed'
    expect(problem(await comeBack({ kept: second.kept, back: first.back }))).toBe(failed)
    expect(problem(await comeBack({ kept: '', back: first.back }))).toBe(failed)
    expect((await comeBack(second)).headers.get('location')).toBe('/')
    expect(problem(await comeBack(second))).toBe(failed)
    const third = await goThere()
    const now = test.clock.now
    test.clock.now = new Date(now.getTime() + 601_000)
    expect(problem(await comeBack(third))).toBe(failed)
    test.clock.now = now
    there.name = 'nobody'
    expect(problem(await comeBack(await goThere()))).toBe('/sign-in?problem=single-sign-on-nobody')
    there.name = 'head'
  })

  it('is enough where a second factor is required only if the other side says that there was one', async () => {
    await db
      .insertInto('settings')
      .values({
        key: 'sign-in.settings',
        value: JSON.stringify({ passwordProfile: 'mlps', secondFactorRoles: ['head'] }),
      })
      .execute()
    expect((await comeBack(await goThere())).headers.get('location')).toBe(
      '/sign-in?problem=second-factor-elsewhere',
    )
    there.means = ['pwd', 'otp']
    const answer = await comeBack(await goThere())
    expect(answer.headers.get('location')).toBe('/')
    const head = test.withToken(cookieOf(answer, 'zhengheng_session'))
    expect((await head('/api/auth/session')).json.mustEnrol).toBe(false)
  })

  it('forgets its secret when it would go to another place', async () => {
    expect((await save({ name: '政务统一身份认证' })).json.hasSecret).toBe(true)
    expect((await save({ issuer: 'https://elsewhere.example.cn' })).json.hasSecret).toBe(false)
  })
})
