import { Hono } from 'hono'
import { z } from 'zod'
import { hasAccounts } from '../../../db/accounts.ts'
import { allow, open } from '../../access/allow.ts'
import { originOf } from '../../access/caller-address.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { fillCity, firstStartBody, startFirst } from '../first-start.ts'
import { slipSchema } from '../slips.ts'

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
    describe(tag, '初始设置：三员、考核办和领导账号', 'The three administrators, the office and the leader', {
      201: z.object({ slips: z.array(slipSchema) }),
    }),
    validated('json', firstStartBody),
    async (c) => c.json({ slips: await startFirst(c.var.deps, c.req.valid('json'), originOf(c)) }, 201),
  )
  .post(
    '/demo',
    allow('demo.fill'),
    describe(tag, '填入虚构城市', 'Fill in the fictional city', {
      201: z.object({ assessmentId: z.string() }),
    }),
    async (c) => c.json({ assessmentId: await fillCity(c.var) }, 201),
  )
