import { isLoss } from '#assessment/rule/scheme'
import { Hono } from 'hono'
import { z } from 'zod'
import { appealUntil, caseSteps } from '#assessment/score/finding-course'
import { statusMeaning } from '#assessment/score/scorecard'
import { decimal, format, sum } from '#assessment/rational'
import { workingDaysBetween } from '#assessment/working-days'
import { findFindings } from '../../../db/findings.ts'
import { allowIn } from '../../access/allow.ts'
import { dayInChina } from '../../today.ts'
import { assessedFor } from '../../default-day.ts'
import { grouped } from '../../grouped.ts'
import { caseOf, stepsFor, turnOf, turns } from '../case.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { factViews } from '../fact-views.ts'
import { findingEtag } from '../detail.ts'
import { findingFactSchema, ledgerLineSchema } from '../wire.ts'
import { ledgerFor } from '../ledger.ts'
import { validated } from '../../http/validated.ts'
import { day, reference } from '../../http/wire.ts'

const item = ledgerLineSchema.extend({
  etag: z.string(),
  daysLeft: z.int().nullable(),
  appealUntil: z.string().nullable(),
  legal: z.array(z.enum(caseSteps)),
  turn: z.enum(turns).nullable(),
  facts: z.array(findingFactSchema),
})
/** Points in hundredths; worth in points of the composite, as the lines show it. */
const sums = { lost: z.int(), atRisk: z.int(), lostWorth: z.string(), atRiskWorth: z.string() }
const answer = z
  .object({
    asOf: z.string(),
    unit: reference,
    ...sums,
    places: z.array(z.object({ unit: reference, ...sums, items: z.array(item) })),
  })
  .meta({ id: 'MyDeductions' })

interface Costs {
  readonly points: number
  readonly atRisk: number
  readonly worth: string
}

const sumsOf = (lines: readonly Costs[]) => {
  const worth = (some: readonly Costs[]) => format(sum(some.map((line) => decimal(line.worth))))
  return {
    lost: lines.reduce((total, { points }) => total + points, 0),
    atRisk: lines.reduce((total, { atRisk }) => total + atRisk, 0),
    lostWorth: worth(lines.filter(({ points }) => points > 0)),
    atRiskWorth: worth(lines.filter(({ points, atRisk }) => points === 0 && atRisk > 0)),
  }
}

export const deductionsMine = new Hono<AppEnv>().get(
  '/:id/deductions/mine',
  allowIn('deduction.read'),
  describe(
    '台账 · Ledger',
    '我的扣分：本单位每个未销号和已扣分的问题，按发生单位分组',
    'My deductions: every open and lost point of the caller’s unit, by the place where it occurred',
    { 200: answer },
  ),
  validated('query', z.object({ asOf: day.optional() })),
  async (c) => {
    const { deps, account, scope, visible } = c.var
    const on = await assessedFor(c.var, c.req.valid('query').asOf)
    const { asOf } = on.assessed
    const lines = ledgerFor(on, visible, account, scope).filter(
      (line) =>
        isLoss(line) &&
        statusMeaning[line.status].counts &&
        (line.points > 0 || line.atRisk > 0 || line.status === 'lost'),
    )
    const ids = lines.map(({ findingId }) => findingId)
    const stored = new Map((await findFindings(deps.db, ids)).map((row) => [row.id, row]))
    const views = await factViews(deps.db, [...stored.values()], asOf, visible, c.var)
    const today = dayInChina(deps.clock())
    const items = lines.flatMap((line) => {
      const row = stored.get(line.findingId)
      if (!row) return []
      const now = caseOf(row, visible, on.calendar, today)
      return [
        {
          ...line,
          etag: findingEtag(row.facts),
          daysLeft: line.deadline === null ? null : workingDaysBetween(on.calendar, asOf, line.deadline),
          appealUntil: appealUntil(now.finding, on.calendar, on.scheme.appealWithin),
          legal: stepsFor(now, account, visible),
          turn: turnOf(now),
          facts: views.get(row.id) ?? [],
        },
      ]
    })
    return c.json(
      {
        asOf,
        unit: { id: account.unit?.id ?? '', name: account.unit?.name ?? '' },
        ...sumsOf(items),
        places: [...grouped(items, ({ unitId }) => unitId).values()].map((items) => ({
          unit: { id: items[0]?.unitId ?? '', name: items[0]?.unit ?? '' },
          ...sumsOf(items),
          items,
        })),
      },
      200,
    )
  },
)
