import { Hono } from 'hono'
import { z } from 'zod'
import { outlookOf, type Outlook } from '#assessment/outlook'
import type { Scorecard } from '#assessment/scorecard'
import { allow } from '../access/allow.ts'
import { isPublished, visibleAssessment, visibleAssessments, type Visible } from '../access/visibility.ts'
import { Problem } from '../problem.ts'
import { dayFor } from './assessment-view.ts'
import type { AppEnv, SignedInEnv } from './context.ts'
import { describe } from './describe.ts'
import { ownView, peersOf, type Peers } from './scorecard-view.ts'
import { timelineOf, type TimelineEntry } from './timeline.ts'
import { validated } from './validated.ts'
import { answerView, viewKey } from './view-cache.ts'
import { day } from './wire.ts'

interface Previous {
  readonly year: number
  readonly composite: string | null
  readonly grade: string | null
  readonly rank: number | null
}

interface ScorecardAnswer {
  readonly scorecard: Scorecard
  readonly previous: Previous | null
  readonly nextGrade: Outlook | null
  readonly peers: readonly Peers[] | null
  readonly timeline: readonly TimelineEntry[]
}
const answer = z
  .custom<ScorecardAnswer>()
  .meta({ id: 'ScorecardAnswer', type: 'object', description: '成绩单及其全部计算步骤' })

type Variables = SignedInEnv['Variables'] & { readonly scope: Parameters<typeof visibleAssessments>[2] }

/** The unit's result in the latest earlier year of the same assessing unit. */
async function previousOf(variables: Variables, current: Visible, unitId: string): Promise<Previous | null> {
  const { deps, account, scope, assessed } = variables
  const earlier = (await visibleAssessments(deps.db, account, scope)).find(
    ({ assessment, participants }) =>
      assessment.unit_id === current.assessment.unit_id &&
      assessment.year < current.assessment.year &&
      participants.some((row) => row.unit_id === unitId),
  )
  if (!earlier) return null
  const result = await assessed.on(earlier.assessment.id, await dayFor(variables, earlier, undefined))
  const card = result.assessed.scorecards.find((one) => one.unitId === unitId)
  if (!card) return null
  const { composite, grade, rank } = seesOthers(variables, earlier) ? card : ownView(card)
  return { year: earlier.assessment.year, composite, grade, rank }
}

const seesOthers = ({ scope }: Variables, { assessment }: Visible): boolean =>
  scope !== 'own-unit' || isPublished(assessment)

async function scorecardOf(
  variables: Variables,
  visible: Visible,
  unitId: string,
  asOf: string,
  previous: Previous | null,
): Promise<ScorecardAnswer> {
  const { scheme, facts, calendar, assessed } = await variables.assessed.on(visible.assessment.id, asOf)
  const card = assessed.scorecards.find((one) => one.unitId === unitId)
  if (!card) throw new Problem('not-found')
  const providers = new Map(
    scheme.components.flatMap((component) =>
      component.method === 'deductions'
        ? component.kinds.map(({ key, provider }) => [key, provider] as const)
        : [],
    ),
  )
  return {
    scorecard: seesOthers(variables, visible) ? card : ownView(card),
    previous,
    nextGrade: outlookOf(scheme, facts, asOf, calendar, unitId),
    peers: variables.scope === 'own-unit' ? null : peersOf(assessed, card),
    timeline: timelineOf(facts, card, providers),
  }
}

export const scorecards = new Hono<AppEnv>().get(
  '/:id/units/:unitId/scorecard',
  allow('scorecard.read'),
  describe('成绩 · Results', '一个单位的成绩单', 'One unit’s score with every step of the arithmetic', {
    200: answer,
    304: null,
  }),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { account, scope } = c.var
    const visible = await visibleAssessment(c.var.deps.db, account, scope, c.req.param('id'))
    const unitId = c.req.param('unitId')
    if (scope === 'own-unit' && account.unit?.id !== unitId) throw new Problem('not-found')
    const { assessment } = visible
    const on = await dayFor(c.var, visible, c.req.valid('query').asOf)
    const previous = await previousOf(c.var, visible, unitId)
    const about = [assessment.id, assessment.version, assessment.stage, unitId, on, JSON.stringify(previous)]
    return answerView(c, viewKey('scorecard', scope, ...about), () =>
      scorecardOf(c.var, visible, unitId, on, previous),
    )
  },
)
