import { Hono } from 'hono'
import { z } from 'zod'
import { allowIn } from '../../access/allow.ts'
import { Problem } from '../../http/problem.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { interimQuery, kindAsked } from '../result-kind.ts'
import { previousResult, scorecardAnswer, scorecardView } from '../scorecard-view.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

export const scorecards = new Hono<AppEnv>().get(
  '/:id/units/:unitId/scorecard',
  allowIn('scorecard.read'),
  describe('成绩 · Results', '一个单位的成绩单', 'One unit’s score with every step of the arithmetic', {
    200: scorecardAnswer,
    304: null,
  }),
  validated('query', z.object({ asOf: day.optional(), ...interimQuery })),
  async (c) => {
    const { account, scope, visible } = c.var
    const unitId = c.req.param('unitId')
    if (scope === 'own-unit' && account.unit?.id !== unitId) throw new Problem('not-found')
    const { asOf: asked, interim } = c.req.valid('query')
    const kind = kindAsked(interim)
    const { assessment } = visible
    const publication = kind === 'interim' ? visible.interim : visible.publication
    const published = scope === 'own-unit' ? publication?.asOf : undefined
    const asOf = await dayFor(c.var, visible, asked ?? published)
    const previous = await previousResult(c.var, visible, unitId)
    const about = [assessment.id, kind, assessment.version, publication?.id, unitId, asOf]
    return answerView(c, viewKey('scorecard', scope, ...about, previous?.key), () =>
      scorecardView(c.var, visible, unitId, asOf, previous, kind),
    )
  },
)
