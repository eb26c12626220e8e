import { Hono } from 'hono'
import { z } from 'zod'
import { listSuspicions, monitorKindsIn } from '../../db/suspicions.ts'
import { allow, allowIn } from '../access/allow.ts'
import { monitorReach, reportMonitor } from '../access/monitor-sight.ts'
import { findingBody } from '../finding/recording.ts'
import type { AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { validated } from '../http/validated.ts'
import { day, id, pageFrom, pageOf, paging, text } from '../http/wire.ts'
import { todayBy } from '../today.ts'
import { assignMonitor } from './assign.ts'
import { confirmSuspicion, dismissSuspicion, postponeSuspicion } from './settle.ts'
import { stateOf, suspicionStates } from './state.ts'
import { suspicionSchema, suspicionViews } from './view.ts'

const tag = '疑点 · Suspicions'

const list = pageOf(suspicionSchema).extend({
  counts: z.record(z.enum(suspicionStates), z.int()),
  /** Under which kind of the ledger each monitor's suspicions belong. */
  kinds: z.record(z.string(), z.string()),
})
const confirmed = z.object({ findingId: z.string(), number: z.string() })

export const suspicions = new Hono<AppEnv>()
  .get(
    '/:id/suspicions',
    allowIn('suspicion.read'),
    describe(tag, '疑点', 'What monitors suspect, latest first', { 200: list }),
    validated('query', paging.extend({ state: z.enum(suspicionStates).optional() })),
    async (c) => {
      const { deps, account, scope, visible } = c.var
      const { state, ...asked } = c.req.valid('query')
      const today = todayBy(deps)
      const reaches = await monitorReach(deps.db, visible, account, scope)
      const all = (await listSuspicions(deps.db, visible.assessment.id))
        .filter(({ monitor }) => reaches(monitor))
        .map((row) => ({ row, state: stateOf(row, today) }))
      const countOf = (one: (typeof suspicionStates)[number]) =>
        all.filter((each) => each.state === one).length
      const page = pageFrom(
        all.filter((each) => state === undefined || each.state === state).map(({ row }) => row),
        asked,
      )
      return c.json(
        {
          ...page,
          items: await suspicionViews(deps.db, visible, page.items, today),
          counts: {
            open: countOf('open'),
            postponed: countOf('postponed'),
            confirmed: countOf('confirmed'),
            dismissed: countOf('dismissed'),
          },
          kinds: Object.fromEntries(await monitorKindsIn(deps.db, visible.assessment.id)),
        },
        200,
      )
    },
  )
  .put(
    '/:id/suspicions/kinds',
    allow('suspicion.assign'),
    describe(
      tag,
      '指定一类疑点归入的扣分类别',
      'Choose the kind of the ledger to which a monitor’s suspicions belong',
      { 204: null },
    ),
    validated(
      'json',
      z.object({ monitor: z.enum([reportMonitor]), kind: z.string().min(1).max(100).nullable() }),
    ),
    async (c) => {
      await assignMonitor(c.var, c.req.param('id'), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
  .post(
    '/:id/suspicions/:suspicionId/confirm',
    allow('suspicion.settle'),
    describe(tag, '确认疑点，登记为问题', 'Confirm a suspicion: record it as a finding', { 201: confirmed }),
    validated('json', findingBody.extend({ unitId: id, withFile: z.boolean().default(true) })),
    async (c) => {
      const { id: assessmentId, suspicionId } = c.req.param()
      return c.json(await confirmSuspicion(c.var, assessmentId, suspicionId, c.req.valid('json')), 201)
    },
  )
  .post(
    '/:id/suspicions/:suspicionId/dismiss',
    allow('suspicion.settle'),
    describe(tag, '排除疑点（一次排除，不再提出）', 'Dismiss a suspicion once for all', { 204: null }),
    validated('json', z.object({ reason: text(500) })),
    async (c) => {
      const { id: assessmentId, suspicionId } = c.req.param()
      await dismissSuspicion(c.var, assessmentId, { id: suspicionId, ...c.req.valid('json') })
      return c.body(null, 204)
    },
  )
  .post(
    '/:id/suspicions/:suspicionId/postpone',
    allow('suspicion.settle'),
    describe(tag, '暂缓处理疑点，到期再提出', 'Postpone a suspicion until a day', { 204: null }),
    validated('json', z.object({ until: day, reason: text(500).optional() })),
    async (c) => {
      const { id: assessmentId, suspicionId } = c.req.param()
      const { until, reason = null } = c.req.valid('json')
      await postponeSuspicion(c.var, assessmentId, { id: suspicionId, until, reason })
      return c.body(null, 204)
    },
  )
