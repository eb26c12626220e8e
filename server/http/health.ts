import { Hono } from 'hono'
import { z } from 'zod'
import { isCorruption } from '../../db/outage.ts'
import { open } from '../access/allow.ts'
import type { AppEnv } from './context.ts'
import { describe } from './describe.ts'

export const health = new Hono<AppEnv>().get(
  '/',
  open(),
  describe(
    '系统 · System',
    '是否正常；数据库受损时 503',
    'Whether the server answers; 503 when its database is damaged',
    {
      200: z.object({ status: z.literal('ok') }),
      503: z.object({ status: z.literal('damaged') }),
    },
  ),
  async (c) => {
    const { db, isDamaged } = c.var.deps
    const isRead = await db
      .selectFrom('settings')
      .select('key')
      .limit(1)
      .execute()
      .then(
        () => true,
        (error: unknown) => {
          if (!isCorruption(error)) throw error
          return false
        },
      )
    return isRead && !isDamaged()
      ? c.json({ status: 'ok' as const }, 200)
      : c.json({ status: 'damaged' as const }, 503)
  },
)
