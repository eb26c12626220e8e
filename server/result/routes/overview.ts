import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import { scopeOf } from '../../access/permissions.ts'
import { isPublished, visibleAssessment } from '../../access/visibility.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { ledgerFor } from '../../finding/ledger.ts'
import { overviewOf, type Overview } from '../overview-view.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

const answer = z.custom<Overview>().meta({ id: 'Overview', type: 'object', description: '总览' })

export const overview = new Hono<AppEnv>().get(
  '/:id/overview',
  allow('overview.read'),
  describe('成绩 · Results', '总览', 'What is due, what waits, what was lost', { 200: answer, 304: null }),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { account, scope } = c.var
    const visible = await visibleAssessment(c.var.deps.db, account, scope, c.req.param('id'))
    const { assessment } = visible
    const on = await dayFor(c.var, visible, c.req.valid('query').asOf)
    const whose = scope === 'own-kinds' ? account.unit?.name : ''
    const decides = scopeOf(account.role, 'finding.decide') !== undefined && !isPublished(assessment)
    const key = viewKey(
      'overview',
      scope,
      whose,
      decides ? 1 : 0,
      assessment.id,
      assessment.version,
      assessment.stage,
      on,
    )
    return answerView(c, key, async () => {
      const result = await c.var.assessed.on(assessment.id, on)
      return overviewOf(result, assessment.year, {
        decides,
        lines: ledgerFor(result, visible, account, scope),
        component: (component) =>
          scope !== 'own-kinds' ||
          (component.method === 'verified-marks' &&
            component.indicators.some(({ responsible }) => responsible === whose)),
      })
    })
  },
)
