import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyAudit } from '../../db/audit.ts'
import { type Db } from '../../db/source.ts'
import { openSigned } from '../../server/audit-key.ts'
import { appOn, password, withAccounts, type TestApp } from '../fixtures/app.ts'
import { temporaryFolder } from '../fixtures/databases.ts'

const root = join(import.meta.dirname, '..', '..')

describe('npm run unlock', () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'zhengheng.db')
  let db: Db
  let test: TestApp
  beforeAll(async () => {
    db = await openSigned({ databaseUrl: `file:${file}`, dataDir: folder.path }, new Date())
    test = appOn(db, null, folder.path)
    await withAccounts(test)
  }, 60_000)
  afterAll(() => db.destroy())

  const unlock = (...names: string[]) =>
    new Promise<{ readonly status: number; readonly out: string; readonly err: string }>((resolve) => {
      const env = { ...process.env, DATABASE_URL: `file:${file}`, DATA_DIR: folder.path }
      const args = ['--import', 'tsx', 'server/cli/unlock.ts', ...names]
      execFile(process.execPath, args, { cwd: root, env }, (error, out, err) =>
        resolve({ status: error ? Number(error.code) : 0, out, err }),
      )
    })
  const signIn = (given: string) =>
    test.anyone('/api/auth/sign-in', { body: { username: 'system', password: given }, from: '10.0.0.1' })

  it('lets a locked-out administrator in at once, by a password for one time, and the log says so', async () => {
    const before = await test.as('system')
    for (let time = 0; time < 5; time++) await signIn('wrong')
    expect((await signIn(password)).json.code).toBe('locked')
    const { status, out, err } = await unlock(' System')
    expect([status, err]).toEqual([0, ''])
    const given = /一次性密码\s+(\S+)/.exec(out)?.[1] ?? ''
    const answer = await signIn(given)
    expect([answer.status, answer.json.account]).toMatchObject([200, { mustChangePassword: true }])
    expect((await before('/api/auth/session')).status).toBe(401)
    const entries = await db
      .selectFrom('auditEntries')
      .selectAll()
      .where('action', '=', 'account.unlock')
      .execute()
    expect(entries).toMatchObject([{ accountId: null, subject: 'account-system' }])
    expect(entries[0]?.detail).not.toContain(given)
    expect((await verifyAudit(db)).brokenAt).toBeNull()
  }, 60_000)

  it('says when there is no such account, and how it is used', async () => {
    expect(await unlock('nobody')).toEqual({
      status: 1,
      out: '',
      err: 'unlock: there is no account nobody\n',
    })
    expect((await unlock()).status).toBe(2)
    expect((await unlock('a', 'b')).status).toBe(2)
    expect(
      await db.selectFrom('auditEntries').select('seq').where('action', '=', 'account.unlock').execute(),
    ).toHaveLength(1)
  }, 60_000)
})
