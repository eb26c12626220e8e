import { Hono } from 'hono'
import { z } from 'zod'
import { robustnessInput } from '#assessment/insight/robustness-input'
import { allowIn } from '../../access/allow.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { interimQuery, kindAsked } from '../result-kind.ts'
import { factsAnswer, robustnessAnswer } from '../simulation-view.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

const query = z.object({ asOf: day.optional(), ...interimQuery })

/** What the browser needs to simulate; nothing is simulated on the server and nothing comes back. */
export const simulation = new Hono<AppEnv>()
  .get(
    '/:id/robustness-input',
    allowIn('simulation.read'),
    describe('成绩 · Results', '名次稳健区间的输入', 'What the rank intervals are drawn from', {
      200: robustnessAnswer,
      304: null,
    }),
    validated('query', query),
    async (c) => {
      const { id, version } = c.var.visible.assessment
      const query = c.req.valid('query')
      const [asOf, kind] = [await dayFor(c.var, c.var.visible, query.asOf), kindAsked(query.interim)]
      return answerView(c, viewKey('robustness', kind, id, version, asOf), async () => {
        const { assessed, scheme } = await c.var.assessed.on(id, asOf, kind)
        return { asOf, rankings: robustnessInput(assessed, scheme) }
      })
    },
  )
  .get(
    '/:id/facts',
    allowIn('simulation.read'),
    describe('成绩 · Results', '计算成绩的全部记录', 'Every fact the scores are computed from', {
      200: factsAnswer,
      304: null,
    }),
    validated('query', query),
    async (c) => {
      const { id, version } = c.var.visible.assessment
      const asOf = await dayFor(c.var, c.var.visible, c.req.valid('query').asOf)
      return answerView(c, viewKey('facts', id, version, asOf), async () => ({
        asOf,
        facts: (await c.var.assessed.load(id)).facts,
      }))
    },
  )
