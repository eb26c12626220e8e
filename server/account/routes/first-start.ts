import { Hono } from 'hono'
import { z } from 'zod'
import { hasAccounts } from '../../../db/accounts.ts'
import { allow, open } from '../../access/allow.ts'
import { originOf } from '../../access/caller-address.ts'
import { sendSessionCookie } from '../../access/session.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { fillCity, firstStartBody, startFirst } from '../first-start.ts'
import { sessionSchema, sessionView } from '../session-view.ts'

const tag = '启用 · Setup'

export const firstStart = new Hono<AppEnv>()
  .get(
    '/',
    open(),
    describe(tag, '是否需要初始设置', 'Whether setup is needed', { 200: z.object({ needed: z.boolean() }) }),
    async (c) => c.json({ needed: !(await hasAccounts(c.var.deps.db)) }, 200),
  )
  .post(
    '/',
    open(),
    describe(tag, '初始设置：系统管理员和考核办账号', 'First system administrator and office account', {
      201: sessionSchema,
    }),
    validated('json', firstStartBody),
    async (c) => {
      const { account, token } = await startFirst(c.var.deps, c.req.valid('json'), originOf(c))
      sendSessionCookie(c, token)
      return c.json(await sessionView(c.var.deps, account), 201)
    },
  )
  .post(
    '/demo',
    allow('demo.fill'),
    describe(tag, '填入虚构城市', 'Fill in the fictional city', {
      201: z.object({ assessmentId: z.string() }),
    }),
    async (c) => c.json({ assessmentId: await fillCity(c.var) }, 201),
  )
