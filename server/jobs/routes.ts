import { Hono } from 'hono'
import { z } from 'zod'
import { signedIn } from '../access/allow.ts'
import type { AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'

export const queue = new Hono<AppEnv>().get(
  '/',
  signedIn(),
  describe(
    '系统 · System',
    '本人排队等待的任务，每项前面还有几个',
    'The caller’s own heavy work that waits for its turn, and how many go before each',
    { 200: z.object({ waiting: z.array(z.object({ before: z.int() })) }) },
  ),
  (c) => {
    const places = c.var.deps.jobs.placesOf(c.var.account.id)
    return c.json({ waiting: places.map((before) => ({ before })) }, 200)
  },
)
