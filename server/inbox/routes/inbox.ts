import { Hono } from 'hono'
import { z } from 'zod'
import { loadCalendar } from '../../../db/holidays.ts'
import { allow } from '../../access/allow.ts'
import { isOver, visibleAssessments } from '../../access/visibility.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { publicationToApprove } from '../inbox-publications.ts'
import { byUrgency, inboxIn, inboxTypes } from '../inbox-view.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, pageOf, paging } from '../../http/wire.ts'

const item = z
  .object({
    type: z.enum(inboxTypes),
    assessmentId: z.string(),
    /** Empty for a self-assessment and a publication. */
    findingId: z.string(),
    window: z.string().nullable(),
    number: z.string(),
    what: z.string(),
    unitId: z.string(),
    unit: z.string(),
    on: z.string(),
    daysLeft: z.int(),
    worth: z.string(),
    rank: z.object({ from: z.int().nullable(), to: z.int().nullable() }).nullable(),
  })
  .meta({ id: 'InboxItem' })

export const inbox = new Hono<AppEnv>().get(
  '/',
  allow('inbox.read'),
  describe('待办 · Inbox', '我的待办（由台账推出，办了就没有了）', 'What waits for me; done by doing it', {
    200: pageOf(item).extend({ count: z.int() }),
  }),
  validated('query', paging),
  async (c) => {
    const { deps, account, scope, assessed, language } = c.var
    const today = dayInChina(deps.clock())
    const reached = await visibleAssessments(deps.db, account, scope)
    const calendar = await loadCalendar(deps.db)
    const found = await Promise.all(
      reached.map(async (visible) => {
        const publications = await publicationToApprove(deps.db, visible, account, today, calendar, language)
        if (isOver(visible.assessment)) return publications
        const on = await assessed.on(visible.assessment.id, today)
        return [...publications, ...(await inboxIn(deps.db, on, visible, account, scope))]
      }),
    )
    const page = pageFrom(found.flat().sort(byUrgency), c.req.valid('query'))
    return c.json({ ...page, count: page.total }, 200)
  },
)
