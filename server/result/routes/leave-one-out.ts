import { Hono } from 'hono'
import { z } from 'zod'
import { leaveOneOut as effectsOf, type LeaveOneOut } from '#assessment/insight/leave-one-out'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { seesRanks } from '../../access/sight.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

/** Each effect scores the unit once more. */
const mostEffects = 300

interface Effects {
  readonly asOf: string
  /** Null while the unit is pending. */
  readonly effects: LeaveOneOut | null
}
const answer = z.custom<Effects>().meta({
  id: 'LeaveOneOut',
  type: 'object',
  description: '去掉每一个问题、申诉或指标后的综合成绩、等次和名次',
})

/** Where the unit would stand tells of others' scores: only a full table makes those public. */
const withoutRanks = ({ now, effects, omitted }: LeaveOneOut): LeaveOneOut => ({
  now: { ...now, rank: null },
  effects: effects.map((effect) => ({ ...effect, rank: null, placesGained: null })),
  omitted,
})

export const leaveOneOut = new Hono<AppEnv>().get(
  '/:id/units/:unitId/leave-one-out',
  allow('scorecard.read'),
  describe(
    '成绩 · Results',
    '每一项对名次的影响；单位在发布后可见',
    'What each finding, appeal and indicator does to rank; for units once published',
    { 200: answer, 304: null },
  ),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { account, scope } = c.var
    const visible = await visibleAssessment(c.var.deps.db, account, scope, c.req.param('id'))
    const unitId = c.req.param('unitId')
    const own = scope === 'own-unit'
    if (own && account.unit?.id !== unitId) throw new Problem('not-found')
    if (own && visible.publication === null) throw new Problem('not-published')
    const { id, version } = visible.assessment
    const asOf = await dayFor(c.var, visible, c.req.valid('query').asOf)
    const ranks = seesRanks(account, visible)
    const key = viewKey('leave-one-out', String(ranks), id, version, unitId, asOf)
    return answerView(c, key, async (): Promise<Effects> => {
      const { scheme, facts, assessed, calendar } = await c.var.assessed.on(id, asOf)
      if (!assessed.scorecards.some((card) => card.unitId === unitId)) throw new Problem('not-found')
      const effects = effectsOf(scheme, facts, assessed, calendar, unitId, mostEffects)
      return { asOf, effects: effects && !ranks ? withoutRanks(effects) : effects }
    })
  },
)
