import { Hono } from 'hono'
import { z } from 'zod'
import { allowIn } from '../../access/allow.ts'
import { isOver, visibleAssessments } from '../../access/visibility.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { insightAnswer, insightOf } from '../insight-view.ts'
import { ledgerFor } from '../../finding/ledger.ts'
import { interimQuery, kindAsked } from '../result-kind.ts'
import { previousRanks } from '../previous-ranks.ts'
import { trendAnswer, trendOf, type YearAssessed } from '../trend-view.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

const tag = '领导驾驶舱 · Leaders’ view'

/** Years of a trend, the latest ones. */
const YEARS = 8
/** Units compared at once. */
const UNITS = 6

const unitIds = z
  .string()
  .max(600)
  .transform((text) => [...new Set(text.split(',').filter(Boolean))])
  .refine((ids) => ids.length <= UNITS)

export const insight = new Hono<AppEnv>()
  .get(
    '/:id/insight',
    allowIn('insight.read'),
    describe(
      tag,
      '领导驾驶舱',
      'Rankings, averages, indicators, problem spots and rectification in one view',
      {
        200: insightAnswer,
        304: null,
      },
    ),
    validated('query', z.object({ asOf: day.optional(), ...interimQuery })),
    async (c) => {
      const { account, scope, visible } = c.var
      const { assessment } = visible
      const query = c.req.valid('query')
      const [on, kind] = [await dayFor(c.var, visible, query.asOf), kindAsked(query.interim)]
      const previous = await previousRanks(c.var, visible)
      const about = [assessment.id, kind, assessment.version, assessment.stage, on, previous?.key]
      return answerView(c, viewKey('insight', scope, ...about), async () => {
        const result = await c.var.assessed.on(assessment.id, on, kind)
        const lines = ledgerFor(result, visible, account, scope)
        return insightOf(result, lines, isOver(assessment), previous)
      })
    },
  )
  .get(
    '/:id/trend',
    allowIn('insight.read'),
    describe(tag, '若干单位历年成绩', 'Results of up to six units over the years, and what may be compared', {
      200: trendAnswer,
      304: null,
    }),
    validated('query', z.object({ units: unitIds })),
    async (c) => {
      const { deps, account, scope, visible: current } = c.var
      const { units } = c.req.valid('query')
      const ofOffice = (await visibleAssessments(deps.db, account, scope))
        .filter(({ assessment }) => assessment.unitId === current.assessment.unitId)
        .slice(0, YEARS)
        .toReversed()
      const days = await Promise.all(ofOffice.map((visible) => dayFor(c.var, visible, undefined)))
      const versions = ofOffice.map(({ assessment: { id, version, stage } }) => [id, version, stage])
      return answerView(c, viewKey('trend', scope, JSON.stringify([versions, days, units])), async () => {
        const years: YearAssessed[] = []
        for (const [index, visible] of ofOffice.entries())
          years.push({ visible, on: await c.var.assessed.on(visible.assessment.id, days[index] ?? '') })
        return trendOf(years, units)
      })
    },
  )
