import { Hono } from 'hono'
import { z } from 'zod'
import type { FindingFact } from '#assessment/score/facts'
import { workingDaysBetween } from '#assessment/working-days'
import { findFindings } from '../../../db/findings.ts'
import { allowIn } from '../../access/allow.ts'
import { dayInChina } from '../../today.ts'
import { appealsAmong, appealStates, appealStatistics } from '../appeals-view.ts'
import { assessedFor } from '../../default-day.ts'
import { caseOf, stepsFor } from '../case.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { effectSeenBy } from '../detail.ts'
import { effectSchema, ledgerLineSchema } from '../wire.ts'
import { factsSeen } from '../fact-views.ts'
import { ledgerFor } from '../ledger.ts'
import { caseSight } from '../../access/case-sight.ts'
import { seesScoreOf } from '../../access/sight.ts'
import { validated } from '../../http/validated.ts'
import { day, pageFrom, pageOf, paging } from '../../http/wire.ts'

const tag = '申诉 · Appeals'

const appeal = ledgerLineSchema
  .extend({
    appealedOn: z.string(),
    appealReason: z.string().nullable(),
    state: z.enum(appealStates),
    decidedOn: z.string().nullable(),
    decisionReason: z.string().nullable(),
    /** Working days since the appeal, up to its decision. */
    daysWaiting: z.int(),
    /** Whether the caller may decide it today. */
    mayDecide: z.boolean(),
    /** What revoking would do; null once decided and for those who may not see the unit's score. */
    ifRevoked: effectSchema.nullable(),
  })
  .meta({ id: 'Appeal' })

const counts = { total: z.int(), waiting: z.int(), upheld: z.int(), revoked: z.int(), amended: z.int() }
const counted = z.object({ name: z.string().nullable(), ...counts })
const statistics = z
  .object({ asOf: z.string(), ...counts, byKind: z.array(counted), byAgency: z.array(counted) })
  .meta({ id: 'AppealStatistics' })

export const appeals = new Hono<AppEnv>()
  .get(
    '/:id/appeals',
    allowIn('appeal.read'),
    describe(tag, '申诉', 'Appeals, those waiting first', { 200: pageOf(appeal) }),
    validated(
      'query',
      paging.extend({ state: z.enum([...appealStates, 'decided']).optional(), asOf: day.optional() }),
    ),
    async (c) => {
      const { deps, account, scope, visible } = c.var
      const { state, asOf, ...paging } = c.req.valid('query')
      const on = await assessedFor(c.var, asOf)
      const found = appealsAmong(ledgerFor(on, visible, account, scope), on, visible, c.var).filter(
        (one) => state === undefined || (state === 'decided' ? one.state !== 'waiting' : one.state === state),
      )
      const page = pageFrom(found, paging)
      const ids = page.items.map(({ line }) => line.findingId)
      const stored = new Map((await findFindings(deps.db, ids)).map((row) => [row.id, row]))
      const today = dayInChina(deps.clock())
      const sightOf = caseSight(visible, account, scope)
      const items = page.items.map(({ line, appealedOn, state, decidedOn }) => {
        const row = stored.get(line.findingId)
        const facts = row ? factsSeen(row, on.assessed.asOf, visible, sightOf) : []
        const reasonOf = (type: FindingFact['type']) =>
          facts.findLast((fact) => fact.row.type === type)?.row.reason ?? null
        const waiting = state === 'waiting'
        return {
          ...line,
          appealedOn,
          appealReason: reasonOf('appealed'),
          state,
          decidedOn,
          decisionReason: waiting ? null : reasonOf('decided'),
          daysWaiting: workingDaysBetween(on.calendar, appealedOn, decidedOn ?? on.assessed.asOf),
          mayDecide:
            row !== undefined &&
            stepsFor(caseOf(row, visible, on.calendar, today), account, visible).includes('decided'),
          ifRevoked:
            waiting && seesScoreOf(account, line.chargedUnitId)
              ? effectSeenBy(on, visible, account, line.findingId, [
                  { type: 'decided', on: on.assessed.asOf, outcome: 'revoked' },
                ])
              : null,
        }
      })
      return c.json({ ...page, items }, 200)
    },
  )
  .get(
    '/:id/appeals/statistics',
    allowIn('appeal.count'),
    describe(tag, '申诉统计', 'How appeals went, by kind, agency and outcome', { 200: statistics }),
    validated('query', z.object({ asOf: day.optional() })),
    async (c) => {
      const { account, scope, visible } = c.var
      const on = await assessedFor(c.var, c.req.valid('query').asOf)
      const all = appealsAmong(ledgerFor(on, visible, account, scope), on, visible, c.var)
      return c.json({ asOf: on.assessed.asOf, ...appealStatistics(all) }, 200)
    },
  )
