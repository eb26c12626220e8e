import { Hono } from 'hono'
import { z } from 'zod'
import { unitsWithWorking } from '../../../db/accounts.ts'
import { allowIn } from '../../access/allow.ts'
import { providingUnit, reviewIsOwn } from '../../access/case-rights.ts'
import { areasReached } from '../../access/verifier-rights.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { ledgerFor } from '../../finding/ledger.ts'
import { overviewAnswer, overviewOf } from '../overview-view.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

export const overview = new Hono<AppEnv>().get(
  '/:id/overview',
  allowIn('overview.read'),
  describe('成绩 · Results', '总览', 'What is due, what waits, what was lost', {
    200: overviewAnswer,
    304: null,
  }),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { account, scope, visible } = c.var
    const { assessment } = visible
    const on = await dayFor(c.var, visible, c.req.valid('query').asOf)
    const whose = `${account.role} ${scope === 'own-kinds' ? account.unit?.id : ''}`
    const working = await unitsWithWorking(c.var.deps.db, 'agency')
    const key = viewKey(
      'overview',
      scope,
      whose,
      [...working].sort().join(' '),
      assessment.id,
      assessment.version,
      assessment.stage,
      on,
    )
    const reached = areasReached(visible, account, scope)
    return answerView(c, key, async () => {
      const result = await c.var.assessed.on(assessment.id, on)
      return overviewOf(result, assessment.year, {
        lines: ledgerFor(result, visible, account, scope),
        form: (component, unitId) => reached(component, unitId) !== null,
        external: scope !== 'own-kinds',
        otherReviewer: (line) =>
          reviewIsOwn(account, visible, line, working) ? null : providingUnit(visible, line.kind),
      })
    })
  },
)
