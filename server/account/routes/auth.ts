import { accountSchema, sessionSchema, sessionView } from '../session-view.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import { findAccountByUsername, updateAccount } from '../../../db/accounts.ts'
import { appendAudit } from '../../../db/audit.ts'
import { deleteExpiredSessions, deleteSession, deleteSessionsOf } from '../../../db/sessions.ts'
import {
  clearSignInFailures,
  deleteSignInFailuresBefore,
  insertSignInFailure,
  listSignInFailures,
} from '../../../db/sign-in-failures.ts'
import { type AccountRow } from '../../../db/tables.ts'
import { findUnit } from '../../../db/units.ts'
import { open, signedIn } from '../../access/allow.ts'
import { checkNothing, hashPassword, passwordMatches } from '../../access/password.ts'
import { createSession, dropSessionCookie, sendSessionCookie } from '../../access/session.ts'
import { lockedFor, lockWindow } from '../../access/sign-in-lock.ts'
import type { Deps } from '../../deps.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { newPassword } from '../../http/wire.ts'

const credentials = z.object({
  username: z.string().trim().min(1).max(64).normalize('NFKC').toLowerCase(),
  password: z.string().min(1).max(256),
})

/** Counts an attempt as failed until it succeeds, so that attempts side by side cannot outrun the lock. Throws `locked`. */
async function countAttempt({ db, clock }: Deps, name: string): Promise<void> {
  const now = clock()
  const since = new Date(now.getTime() - lockWindow).toISOString()
  const minutes = await db.transaction().execute(async (trx) => {
    await deleteSignInFailuresBefore(trx, since)
    const locked = lockedFor(await listSignInFailures(trx, name, since), now)
    if (locked === 0) await insertSignInFailure(trx, name, now.toISOString())
    return locked
  })
  if (minutes > 0)
    throw new Problem('locked', { params: { minutes }, headers: { 'retry-after': String(minutes * 60) } })
}

async function checkedAccount(deps: Deps, name: string, password: string): Promise<AccountRow | null> {
  await countAttempt(deps, name)
  const account = await findAccountByUsername(deps.db, name)
  const matches = account
    ? await passwordMatches(account.passwordHash, password)
    : await checkNothing(password, deps.passwordCost)
  return account && matches && account.disabledAt === null ? account : null
}

export const auth = new Hono<AppEnv>()
  .post(
    '/sign-in',
    open(),
    describe('登录 · Session', '登录', 'Sign in', { 200: z.object({ account: accountSchema }) }),
    validated('json', credentials),
    async (c) => {
      const { deps } = c.var
      const { username: name, password } = c.req.valid('json')
      const account = await checkedAccount(deps, name, password)
      if (!account) {
        deps.log.warn({ requestId: c.var.requestId }, 'sign-in failed')
        throw new Problem('sign-in-failed')
      }
      const now = deps.clock()
      const token = await deps.db.transaction().execute(async (trx) => {
        await clearSignInFailures(trx, name)
        await deleteExpiredSessions(trx, now.toISOString())
        await appendAudit(trx, {
          at: now.toISOString(),
          accountId: account.id,
          action: 'session.sign-in',
          subject: account.id,
          detail: {},
        })
        return createSession(trx, account.id, now)
      })
      sendSessionCookie(c, token)
      const unit = account.unitId === null ? undefined : await findUnit(deps.db, account.unitId)
      const view = await sessionView(deps, {
        id: account.id,
        username: account.username,
        name: account.name,
        role: account.role,
        unit: unit ? { id: unit.id, name: unit.name } : null,
        mustChangePassword: account.mustChangePassword === 1,
      })
      return c.json({ account: view.account }, 200)
    },
  )
  .post('/sign-out', signedIn(), describe('登录 · Session', '退出', 'Sign out', { 204: null }), async (c) => {
    const { db, clock } = c.var.deps
    await db.transaction().execute(async (trx) => {
      await deleteSession(trx, c.var.tokenHash)
      await appendAudit(trx, {
        at: clock().toISOString(),
        accountId: c.var.account.id,
        action: 'session.sign-out',
        subject: c.var.account.id,
        detail: {},
      })
    })
    dropSessionCookie(c)
    return c.body(null, 204)
  })
  .get(
    '/session',
    signedIn(),
    describe('登录 · Session', '当前会话', 'Who is signed in', { 200: sessionSchema }),
    async (c) => c.json(await sessionView(c.var.deps, c.var.account), 200),
  )
  .post(
    '/password',
    signedIn(),
    describe('登录 · Session', '修改密码', 'Change the password', { 200: sessionSchema }),
    validated('json', z.object({ current: z.string().min(1).max(256), next: newPassword })),
    async (c) => {
      const { deps, account } = c.var
      const { current, next } = c.req.valid('json')
      if (!(await checkedAccount(deps, account.username, current))) throw new Problem('wrong-password')
      if (current === next) throw new Problem('same-password')
      const passwordHash = await hashPassword(next, deps.passwordCost)
      await deps.db.transaction().execute(async (trx) => {
        await updateAccount(trx, account.id, { passwordHash, mustChangePassword: 0 })
        await clearSignInFailures(trx, account.username)
        await deleteSessionsOf(trx, account.id, c.var.tokenHash)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'account.password',
          subject: account.id,
          detail: {},
        })
      })
      return c.json(await sessionView(deps, { ...account, mustChangePassword: false }), 200)
    },
  )
