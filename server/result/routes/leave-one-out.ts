import { Hono } from 'hono'
import { z } from 'zod'
import { allowIn } from '../../access/allow.ts'
import { Problem } from '../../http/problem.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { leaveOneOutAnswer, leaveOneOutView } from '../leave-one-out-view.ts'
import { seesRanks } from '../../access/sight.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

export const leaveOneOut = new Hono<AppEnv>().get(
  '/:id/units/:unitId/leave-one-out',
  allowIn('scorecard.read'),
  describe(
    '成绩 · Results',
    '每一项对名次的影响；单位在发布后可见',
    'What each finding, appeal and indicator does to rank; for units once published',
    { 200: leaveOneOutAnswer, 304: null },
  ),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { account, scope, visible } = c.var
    const unitId = c.req.param('unitId')
    if (scope === 'own-unit' && account.unit?.id !== unitId) throw new Problem('not-found')
    if (scope === 'own-unit' && visible.publication === null) throw new Problem('not-published')
    const { id, version } = visible.assessment
    const asOf = await dayFor(c.var, visible, c.req.valid('query').asOf)
    const ranks = seesRanks(account, visible)
    const key = viewKey('leave-one-out', String(ranks), id, version, unitId, asOf)
    return answerView(c, key, async () => leaveOneOutView(await c.var.assessed.on(id, asOf), unitId, ranks))
  },
)
