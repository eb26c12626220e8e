import { Hono } from 'hono'
import { z } from 'zod'
import { signedIn } from '../../access/allow.ts'
import { originOf } from '../../access/caller-address.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { oneTimeCode } from '../../http/wire.ts'
import { beginEnrolment, enrol, removeOwnFactor } from '../second-factor.ts'

const tag = '登录 · Session'
const ownPassword = z.object({ password: z.string().min(1).max(256) })

export const secondFactor = new Hono<AppEnv>()
  .post(
    '/enrolment',
    signedIn(),
    describe(tag, '开始启用动态验证码', 'A new secret for my authenticator app', {
      200: z.object({ secret: z.string(), address: z.string(), enrolment: z.string() }),
    }),
    validated('json', ownPassword),
    async (c) => c.json(await beginEnrolment(c.var, originOf(c), c.req.valid('json').password), 200),
  )
  .post(
    '/',
    signedIn(),
    describe(tag, '启用动态验证码', 'Sign in with a code from now on', { 204: null }),
    validated('json', z.object({ enrolment: z.string().min(1).max(1000), otp: oneTimeCode })),
    async (c) => {
      await enrol(c.var, c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .post(
    '/removal',
    signedIn(),
    describe(tag, '停用动态验证码', 'Sign in without a code again', { 204: null }),
    validated('json', ownPassword),
    async (c) => {
      await removeOwnFactor(c.var, originOf(c), c.req.valid('json').password)
      return c.body(null, 204)
    },
  )
