import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Secret, TOTP } from 'otpauth'
import { expect, it } from 'vitest'
import { appOn, password, withAccounts, type Caller, type TestApp } from '../fixtures/app.ts'
import { eachDatabase, temporaryFolder } from '../fixtures/databases.ts'

eachDatabase('a second factor', (open) => {
  const folder = temporaryFolder()
  const start = async () => {
    const test = appOn(await open(), null, folder.path)
    await withAccounts(test)
    return test
  }
  const codeAt = (secret: string, test: TestApp, seconds = 0): string =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({
      timestamp: test.clock.now.getTime() + seconds * 1000,
    })
  const later = (test: TestApp, seconds: number) => {
    test.clock.now = new Date(test.clock.now.getTime() + seconds * 1000)
  }
  const signIn = (test: TestApp, username: string, otp?: string, given = password) =>
    test.anyone('/api/auth/sign-in', {
      body: { username, password: given, ...(otp === undefined ? {} : { otp }) },
    })
  const enrol = async (test: TestApp, caller: Caller) => {
    const { json } = await caller('/api/second-factor/enrolment', { body: { password } })
    const secret = String(json.secret)
    const answer = await caller('/api/second-factor', {
      body: { enrolment: json.enrolment, otp: codeAt(secret, test) },
    })
    expect(answer.status).toBe(204)
    later(test, 60)
    return secret
  }

  it('is asked for after the right password alone, and taken once', async () => {
    const test = await start()
    const head = await test.as('head')
    const secret = await enrol(test, head)
    expect((await head('/api/auth/session')).json.secondFactor).toEqual({ enrolled: true, required: false })

    const asked = await signIn(test, 'head')
    expect([asked.status, asked.json.code]).toEqual([401, 'second-factor'])
    expect((await signIn(test, 'head', undefined, 'wrong')).json.code).toBe('sign-in-failed')
    expect((await signIn(test, 'head', codeAt(secret, test), 'wrong')).json.code).toBe('sign-in-failed')
    expect((await signIn(test, 'head', codeAt(secret, test, -120))).json.code).toBe('second-factor-wrong')
    const code = codeAt(secret, test)
    expect((await signIn(test, 'head', ` ${code.slice(0, 3)} ${code.slice(3)}`)).status).toBe(200)
    expect((await signIn(test, 'head', code)).json.code).toBe('second-factor-wrong')
    later(test, 30)
    const both = await Promise.all([1, 2].map(() => signIn(test, 'head', codeAt(secret, test))))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  it('guessed five times is locked, also with right passwords between', async () => {
    const test = await start()
    await enrol(test, await test.as('head'))
    for (let time = 0; time < 5; time++) {
      expect((await signIn(test, 'head', `00000${time}`)).json.code).toBe('second-factor-wrong')
      if (time < 4) expect((await signIn(test, 'head')).json.code).toBe('second-factor')
    }
    expect((await signIn(test, 'head')).json.code).toBe('locked')
  })

  it('is stored sealed by a key outside the database', async () => {
    const test = await start()
    const secret = await enrol(test, await test.as('head'))
    const { secondFactor } = await test.db
      .selectFrom('accounts')
      .select('secondFactor')
      .where('username', '=', 'head')
      .executeTakeFirstOrThrow()
    expect(secondFactor).not.toContain(secret)
    const key = join(folder.path, 'secret.key')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    expect(readFileSync(key, 'utf8').length).toBe(44)
    // Another account's does not open.
    await test.db.updateTable('accounts').set({ secondFactor }).where('username', '=', 'editor').execute()
    expect((await signIn(test, 'editor', codeAt(secret, test))).json.code).toBe('second-factor-wrong')
  })

  it('where a role requires it is set up before anything else', async () => {
    const test = await start()
    const security = await test.as('security')
    const { headers } = await security('/api/sign-in-settings')
    await security('/api/sign-in-settings', {
      method: 'PUT',
      body: { passwordProfile: 'mlps', secondFactorRoles: ['system', 'security', 'audit', 'leader'] },
      headers: { 'if-match': headers.get('etag') ?? '' },
    })
    const answer = await signIn(test, 'leader')
    const token = /=([^;]+)/.exec(answer.headers.get('set-cookie') ?? '')?.[1] ?? ''
    const leader = test.withToken(token)
    expect((await leader('/api/auth/session')).json).toMatchObject({
      mustEnrol: true,
      secondFactor: { enrolled: false, required: true },
    })
    const refused = await leader('/api/assessments')
    expect([refused.status, refused.json.code]).toEqual([403, 'second-factor-missing'])
    await enrol(test, leader)
    expect((await leader('/api/assessments')).status).toBe(200)
    expect((await signIn(test, 'leader')).json.code).toBe('second-factor')
    const removal = await leader('/api/second-factor/removal', { body: { password } })
    expect([removal.status, removal.json.code]).toEqual([409, 'second-factor-required'])
    expect((await signIn(test, 'head')).status).toBe(200)
  })

  it('is given up with one’s password, or taken away by an administrator', async () => {
    const test = await start()
    const head = await test.as('head')
    await enrol(test, head)
    expect((await head('/api/second-factor/enrolment', { body: { password } })).json.code).toBe(
      'second-factor-there',
    )
    expect((await head('/api/second-factor/removal', { body: { password: 'wrong' } })).json.code).toBe(
      'wrong-password',
    )
    expect((await head('/api/second-factor/removal', { body: { password } })).status).toBe(204)
    expect((await signIn(test, 'head')).status).toBe(200)

    await enrol(test, head)
    const security = await test.as('security')
    const away = () => security('/api/accounts/account-head/second-factor', { method: 'DELETE' })
    expect((await security('/api/accounts?q=head')).json.items).toMatchObject([{ secondFactor: true }])
    expect((await away()).status).toBe(204)
    expect((await signIn(test, 'head')).status).toBe(200)
  })
})
