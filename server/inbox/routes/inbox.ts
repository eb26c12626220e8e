import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, pageOf, paging } from '../../http/wire.ts'
import { inboxFor } from '../inbox.ts'
import { inboxItemSchema } from '../inbox-view.ts'

export const inbox = new Hono<AppEnv>().get(
  '/',
  allow('inbox.read'),
  describe('待办 · Inbox', '我的待办（由台账推出，办了就没有了）', 'What waits for me; done by doing it', {
    200: pageOf(inboxItemSchema).extend({ count: z.int() }),
  }),
  validated('query', paging),
  async (c) => {
    const page = pageFrom(await inboxFor(c.var), c.req.valid('query'))
    return c.json({ ...page, count: page.total }, 200)
  },
)
