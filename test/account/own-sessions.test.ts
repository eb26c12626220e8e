import { expect, it } from 'vitest'
import { appOn, password, withAccounts, type Answer, type TestApp } from '../fixtures/app.ts'
import { eachDatabase } from '../fixtures/databases.ts'

eachDatabase('my sessions', (open) => {
  const start = async () => {
    const test = appOn(await open())
    await withAccounts(test)
    return test
  }
  const tokenOf = ({ headers }: Answer): string => /=([^;]+)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
  const signIn = async (test: TestApp, username: string, from: string, client: string) => {
    const call = { body: { username, password }, from, headers: { 'user-agent': client } }
    return test.withToken(tokenOf(await test.anyone('/api/auth/sign-in', call)))
  }

  it('are listed with address and program, never with what lets in', async () => {
    const test = await start()
    await signIn(test, 'head', '10.0.0.1', 'Firefox')
    await signIn(test, 'editor', '10.0.0.3', 'Safari')
    test.clock.now = new Date(test.clock.now.getTime() + 60_000)
    const here = await signIn(test, 'head', '10.0.0.2', 'Chrome')
    const { json, text } = await here('/api/sessions')
    expect(json.items).toMatchObject([
      { current: true, address: '10.0.0.2', client: 'Chrome', createdAt: '2018-02-10T02:01:00.000Z' },
      { current: false, address: '10.0.0.1', client: 'Firefox', createdAt: '2018-02-10T02:00:00.000Z' },
    ])
    const hashes = await test.db.selectFrom('sessions').select('tokenHash').execute()
    for (const { tokenHash } of hashes) expect(text).not.toContain(tokenHash)
  })

  it('are twenty at most: another one ends the one used longest ago', async () => {
    const test = await start()
    const other = await signIn(test, 'editor', '10.0.0.3', 'Safari')
    const first = await signIn(test, 'head', '10.0.0.1', 'Firefox')
    for (let count = 2; count <= 20; count++) {
      test.clock.now = new Date(test.clock.now.getTime() + 1000)
      await signIn(test, 'head', `10.0.1.${count}`, 'Chrome')
    }
    expect((await first('/api/sessions')).json.items).toHaveLength(20)
    test.clock.now = new Date(test.clock.now.getTime() + 1000)
    const last = await signIn(test, 'head', '10.0.0.2', 'Edge')
    expect((await first('/api/auth/session')).status).toBe(401)
    expect((await last('/api/sessions')).json.items).toHaveLength(20)
    expect((await other('/api/auth/session')).status).toBe(200)
  })

  it('are ended one by one or all but this; nobody ends another’s', async () => {
    const test = await start()
    const elsewhere = await signIn(test, 'head', '10.0.0.1', 'Firefox')
    const third = await signIn(test, 'head', '10.0.0.9', 'Edge')
    const here = await signIn(test, 'head', '10.0.0.2', 'Chrome')
    const stranger = await signIn(test, 'editor', '10.0.0.3', 'Safari')
    const idOf = async (address: string): Promise<string> => {
      const items = (await here('/api/sessions')).json.items ?? []
      return String(items.find((item) => item.address === address)?.id)
    }
    const end = (path: string, caller = here) => caller(`/api/sessions${path}`, { method: 'DELETE' })
    const id = await idOf('10.0.0.1')
    expect((await end(`/${id}`, stranger)).status).toBe(404)
    expect((await elsewhere('/api/auth/session')).status).toBe(200)
    expect((await end(`/${id}`)).status).toBe(204)
    expect((await elsewhere('/api/auth/session')).status).toBe(401)
    expect((await end(`/${id}`)).status).toBe(404)
    expect((await end('')).status).toBe(204)
    expect((await third('/api/auth/session')).status).toBe(401)
    expect([(await here('/api/auth/session')).status, (await stranger('/api/auth/session')).status]).toEqual([
      200, 200,
    ])
  })
})
