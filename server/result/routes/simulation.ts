import { Hono } from 'hono'
import { z } from 'zod'
import type { Facts } from '#assessment/score/facts'
import type { RobustnessInput } from '#assessment/insight/robustness'
import { robustnessInput } from '#assessment/insight/robustness-input'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

interface Rankings {
  readonly asOf: string
  readonly rankings: readonly RobustnessInput[]
}
interface KnownFacts {
  readonly asOf: string
  readonly facts: Facts
}
const rankings = z.custom<Rankings>().meta({
  id: 'RobustnessInput',
  type: 'object',
  description: '稳健区间计算的输入：各排名单位各部分的得分、权重、等次和舍入规则',
})
const known = z.custom<KnownFacts>().meta({
  id: 'Facts',
  type: 'object',
  description: '计算成绩所依据的全部记录',
})
const query = z.object({ asOf: day.optional() })

/** What the browser needs to simulate; nothing is simulated on the server and nothing comes back. */
export const simulation = new Hono<AppEnv>()
  .get(
    '/:id/robustness-input',
    allow('simulation.read'),
    describe('成绩 · Results', '名次稳健区间的输入', 'What the rank intervals are drawn from', {
      200: rankings,
      304: null,
    }),
    validated('query', query),
    async (c) => {
      const visible = await visibleAssessment(c.var.deps.db, c.var.account, c.var.scope, c.req.param('id'))
      const { id, version } = visible.assessment
      const asOf = await dayFor(c.var, visible, c.req.valid('query').asOf)
      return answerView(c, viewKey('robustness', id, version, asOf), async (): Promise<Rankings> => {
        const { assessed, scheme } = await c.var.assessed.on(id, asOf)
        return { asOf, rankings: robustnessInput(assessed, scheme) }
      })
    },
  )
  .get(
    '/:id/facts',
    allow('simulation.read'),
    describe('成绩 · Results', '计算成绩的全部记录', 'Every fact the scores are computed from', {
      200: known,
      304: null,
    }),
    validated('query', query),
    async (c) => {
      const visible = await visibleAssessment(c.var.deps.db, c.var.account, c.var.scope, c.req.param('id'))
      const { id, version } = visible.assessment
      const asOf = await dayFor(c.var, visible, c.req.valid('query').asOf)
      return answerView(c, viewKey('facts', id, version, asOf), async (): Promise<KnownFacts> => ({
        asOf,
        facts: (await c.var.assessed.load(id)).facts,
      }))
    },
  )
