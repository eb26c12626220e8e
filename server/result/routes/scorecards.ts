import { Hono } from 'hono'
import { z } from 'zod'
import { outlookOf, type Outlook } from '#assessment/insight/outlook'
import type { Scorecard } from '#assessment/score/scorecard'
import { allow } from '../../access/allow.ts'
import { visibleAssessment, visibleAssessments, type Visible } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv, SignedInEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { publishedCard, publishedFor } from '../published.ts'
import { ownView, peersOf, type Peers } from '../scorecard-view.ts'
import { resultsSight } from '../../access/sight.ts'
import { timelineOf, type TimelineEntry } from '../timeline.ts'
import { validated } from '../../http/validated.ts'
import { answerView, viewKey } from '../../http/view-cache.ts'
import { day } from '../../http/wire.ts'

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
  const { deps, account, scope } = variables
  const earlier = (await visibleAssessments(deps.db, account, scope)).find(
    ({ assessment, participants }) =>
      assessment.unitId === current.assessment.unitId &&
      assessment.year < current.assessment.year &&
      participants.some((row) => row.unitId === unitId),
  )
  if (!earlier) return null
  const card = await cardFor(variables, earlier, unitId, await dayFor(variables, earlier, undefined))
  if (!card) return null
  const { composite, grade, rank } = card
  return { year: earlier.assessment.year, composite, grade, rank }
}

/** A unit's scorecard as the caller may see it: today's, or to the unit itself the one published, on the day of its publication. */
async function cardFor(
  variables: Variables,
  visible: Visible,
  unitId: string,
  asOf: string,
): Promise<Scorecard | null> {
  const frozen = await publishedFor(variables, visible)
  if (frozen?.asOf === asOf) return publishedCard(variables.account, visible, frozen, unitId)
  const { assessed } = await variables.assessed.on(visible.assessment.id, asOf)
  const card = assessed.scorecards.find((one) => one.unitId === unitId) ?? null
  return card && resultsSight(variables.account, visible) !== 'live' ? ownView(card) : card
}

/** How the unit stands among its group: today's, or to the unit itself what the whole table published says. */
async function peersFor(
  variables: Variables,
  visible: Visible,
  card: Scorecard,
): Promise<readonly Peers[] | null> {
  const sight = resultsSight(variables.account, visible)
  if (sight === 'live')
    return peersOf((await variables.assessed.on(visible.assessment.id, card.asOf)).assessed, card)
  const frozen = sight === 'full-table' ? await publishedFor(variables, visible) : null
  return frozen?.asOf === card.asOf ? peersOf(frozen, card) : null
}

async function scorecardOf(
  variables: Variables,
  visible: Visible,
  unitId: string,
  asOf: string,
  previous: Previous | null,
): Promise<ScorecardAnswer> {
  const { scheme, facts, calendar } = await variables.assessed.on(visible.assessment.id, asOf)
  const card = await cardFor(variables, visible, unitId, asOf)
  if (!card) throw new Problem('not-found')
  const providers = new Map(
    scheme.components.flatMap((component) =>
      component.method === 'deductions'
        ? component.kinds.map(({ key, provider }) => [key, provider] as const)
        : [],
    ),
  )
  return {
    scorecard: card,
    previous,
    nextGrade: outlookOf(scheme, facts, asOf, calendar, unitId),
    peers: await peersFor(variables, visible, card),
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
    const { asOf } = c.req.valid('query')
    const published = scope === 'own-unit' ? visible.publication?.asOf : undefined
    const on = asOf ?? published ?? (await dayFor(c.var, visible, undefined))
    const previous = await previousOf(c.var, visible, unitId)
    const about = [
      assessment.id,
      assessment.version,
      visible.publication?.id,
      unitId,
      on,
      JSON.stringify(previous),
    ]
    return answerView(c, viewKey('scorecard', scope, ...about), () =>
      scorecardOf(c.var, visible, unitId, on, previous),
    )
  },
)
