import { Hono } from 'hono'
import { z } from 'zod'
import { open, signedIn } from '../../access/allow.ts'
import { dropSessionCookie, sendSessionCookie } from '../../access/session.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { newPassword } from '../../http/wire.ts'
import { accountSchema, sessionSchema, sessionView } from '../session-view.ts'
import { changePassword, signIn, signOut } from '../sign-in.ts'

const tag = '登录 · Session'

const credentials = z.object({
  username: z.string().trim().min(1).max(64).normalize('NFKC').toLowerCase(),
  password: z.string().min(1).max(256),
})

export const auth = new Hono<AppEnv>()
  .post(
    '/sign-in',
    open(),
    describe(tag, '登录', 'Sign in', { 200: z.object({ account: accountSchema }) }),
    validated('json', credentials),
    async (c) => {
      const { username, password } = c.req.valid('json')
      const { account, token } = await signIn(c.var, username, password)
      sendSessionCookie(c, token)
      const view = await sessionView(c.var.deps, account)
      return c.json({ account: view.account }, 200)
    },
  )
  .post('/sign-out', signedIn(), describe(tag, '退出', 'Sign out', { 204: null }), async (c) => {
    await signOut(c.var)
    dropSessionCookie(c)
    return c.body(null, 204)
  })
  .get(
    '/session',
    signedIn(),
    describe(tag, '当前会话', 'Who is signed in', { 200: sessionSchema }),
    async (c) => c.json(await sessionView(c.var.deps, c.var.account), 200),
  )
  .post(
    '/password',
    signedIn(),
    describe(tag, '修改密码', 'Change the password', { 200: sessionSchema }),
    validated('json', z.object({ current: z.string().min(1).max(256), next: newPassword })),
    async (c) => {
      await changePassword(c.var, c.req.valid('json'))
      return c.json(await sessionView(c.var.deps, { ...c.var.account, mustChangePassword: false }), 200)
    },
  )
