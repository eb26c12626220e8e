import { Hono } from 'hono'
import { z } from 'zod'
import { open } from '../access/allow.ts'
import type { AppEnv } from './context.ts'
import { describe } from './describe.ts'

export const health = new Hono<AppEnv>().get(
  '/',
  open(),
  describe('系统 · System', '是否正常', 'Whether the server answers', {
    200: z.object({ status: z.literal('ok') }),
  }),
  async (c) => {
    await c.var.deps.db.selectFrom('settings').select('key').limit(1).execute()
    return c.json({ status: 'ok' as const }, 200)
  },
)
