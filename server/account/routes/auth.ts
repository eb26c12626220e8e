import { Hono } from 'hono'
import { z } from 'zod'
import { open, signedIn } from '../../access/allow.ts'
import { originOf } from '../../access/caller-address.ts'
import { dropSessionCookie, sendSessionCookie } from '../../access/session.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { asView, newPassword, oneTimeCode } from '../../http/wire.ts'
import { tellOwner } from '../account-news.ts'
import { accountSchema, sessionSchema, sessionView } from '../session-view.ts'
import { changePassword } from '../own-password.ts'
import { signIn, signOut } from '../sign-in.ts'

const tag = '登录 · Session'

const credentials = z.object({
  username: z.string().trim().min(1).max(64).normalize('NFKC').toLowerCase(),
  password: z.string().min(1).max(256),
  /** 动态验证码, where the account has one. */
  otp: oneTimeCode.optional(),
})

export const auth = new Hono<AppEnv>()
  .post(
    '/sign-in',
    open(),
    describe(tag, '登录', 'Sign in', { 200: z.object({ account: accountSchema }) }),
    validated('json', credentials),
    async (c) => {
      const given = c.req.valid('json')
      c.set('claimedName', given.username)
      const { account, token } = await signIn(c.var, originOf(c), given)
      sendSessionCookie(c, token)
      return c.json({ account: asView(accountSchema, account) }, 200)
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
    async (c) => c.json(await sessionView(c.var.deps, c.var.account, c.var.session), 200),
  )
  .post(
    '/told',
    signedIn(),
    describe(tag, '已阅知账号变动', 'What was done to the account has been read', { 204: null }),
    validated('json', z.object({ until: z.iso.datetime().max(40) })),
    async (c) => {
      await tellOwner(c.var, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .post(
    '/password',
    signedIn(),
    describe(tag, '修改密码', 'Change the password', { 200: sessionSchema }),
    validated('json', z.object({ current: z.string().min(1).max(256), next: newPassword })),
    async (c) => {
      await changePassword(c.var, originOf(c), c.req.valid('json'))
      const account = { ...c.var.account, mustChangePassword: false }
      return c.json(await sessionView(c.var.deps, account, c.var.session), 200)
    },
  )
