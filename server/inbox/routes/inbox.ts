import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, pageOf, paging } from '../../http/wire.ts'
import { todayBy } from '../../today.ts'
import { waitingFor } from '../inbox.ts'
import { inboxItemSchema } from '../item.ts'
import { remindersFor, unitReminderSchema } from '../remind.ts'

export const inbox = new Hono<AppEnv>().get(
  '/',
  allow('inbox.read'),
  describe('待办 · Inbox', '我的待办（由台账推出，办了就没有了）', 'What waits for me; done by doing it', {
    200: pageOf(inboxItemSchema).extend({
      count: z.int(),
      /** 催办 by an office, until what it is about is done. */
      reminders: z.array(unitReminderSchema),
    }),
  }),
  validated('query', paging),
  async (c) => {
    const { deps, assessed, account, language } = c.var
    const items = await waitingFor({ db: deps.db, assessed, today: todayBy(deps), language }, account)
    const page = pageFrom(items, c.req.valid('query'))
    const reminders = await remindersFor(deps.db, account, items)
    return c.json({ ...page, count: page.total, reminders }, 200)
  },
)
