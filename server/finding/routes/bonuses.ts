import { Hono } from 'hono'
import { z } from 'zod'
import { listBonusMarks, insertBonusMarks } from '../../../db/bonuses.ts'
import { namesOf } from '../../../db/accounts.ts'
import { newId } from '../../../db/ids.ts'
import { actIn, done } from '../../act.ts'
import { allow, allowIn } from '../../access/allow.ts'
import { requireActivity, type Activity } from '../../access/stage-rules.ts'
import { type Visible } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { day, id, pageFrom, pageOf, paging, text } from '../../http/wire.ts'

const tag = '加分 · Bonus points'

const bonus = z
  .object({
    id: z.string(),
    unitId: z.string(),
    /** In hundredths. */
    points: z.int(),
    what: z.string(),
    on: z.string(),
    by: z.string().nullable(),
    /** That and why it was taken back; null while it counts. */
    reversed: z.object({ on: z.string(), reason: z.string(), by: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'Bonus' })

/** Throws `no-bonus-rule`, and what the stage forbids. */
function requireBonuses({ scheme, assessment }: Visible, activity: Activity): void {
  if (!scheme.bonus) throw new Problem('no-bonus-rule')
  requireActivity(assessment, activity)
}

export const bonuses = new Hono<AppEnv>()
  .get(
    '/:id/bonuses',
    allowIn('bonus.read'),
    describe(tag, '加分登记', 'Bonus points, newest first', { 200: pageOf(bonus) }),
    validated('query', paging.extend({ unit: id.optional() })),
    async (c) => {
      const { deps, account, scope, visible } = c.var
      const { unit, ...page } = c.req.valid('query')
      const rows = await listBonusMarks(deps.db, visible.assessment.id)
      const people = await namesOf(
        deps.db,
        rows.map(({ recordedBy }) => recordedBy),
      )
      const nameOf = (accountId: string | null) =>
        accountId === null ? null : (people.get(accountId)?.name ?? null)
      const back = new Map(
        rows.flatMap((row) => (row.reverses === null ? [] : [[row.reverses, row] as const])),
      )
      const items = rows
        .filter(({ reverses }) => reverses === null)
        .filter(({ unitId }) => scope !== 'own-unit' || unitId === account.unit?.id)
        .filter(({ unitId }) => unit === undefined || unitId === unit)
        .map((row) => {
          const taken = back.get(row.id)
          return {
            id: row.id,
            unitId: row.unitId,
            points: row.points,
            what: row.what,
            on: row.onDay,
            by: nameOf(row.recordedBy),
            reversed: taken ? { on: taken.onDay, reason: taken.what, by: nameOf(taken.recordedBy) } : null,
          }
        })
        .reverse()
      return c.json(pageFrom(items, page), 200)
    },
  )
  .post(
    '/:id/bonuses',
    allow('bonus.record'),
    describe(tag, '登记加分', 'Record bonus points of a unit', { 201: z.object({ id: z.string() }) }),
    validated(
      'json',
      z.object({ unitId: id, points: z.int().min(1).max(10_000), what: text(500), on: day.optional() }),
    ),
    async (c) => {
      const { unitId, points, what, on } = c.req.valid('json')
      const bonusId = newId()
      await actIn(c.var, c.req.param('id'), 'bonus.record', async ({ trx, by, at, today, visible }) => {
        requireBonuses(visible, 'award')
        if (!visible.participants.some((row) => row.unitId === unitId)) throw new Problem('unknown-unit')
        if (on !== undefined && on > today) throw new Problem('fact-in-future')
        const assessmentId = visible.assessment.id
        const mark = { id: bonusId, assessmentId, unitId, points, what, onDay: on ?? today, reverses: null }
        await insertBonusMarks(trx, [{ ...mark, importId: null, recordedBy: by.id, recordedAt: at }])
        return done(undefined, {
          subject: bonusId,
          detail: { assessment: assessmentId, unitId, points, what },
        })
      })
      return c.json({ id: bonusId }, 201)
    },
  )
  .post(
    '/:id/bonuses/:bonusId/reverse',
    allow('bonus.record'),
    describe(tag, '冲销加分', 'Take bonus points back, with the reason', {
      201: z.object({ id: z.string() }),
    }),
    validated('json', z.object({ reason: text(500) })),
    async (c) => {
      const { reason } = c.req.valid('json')
      const reversal = newId()
      await actIn(c.var, c.req.param('id'), 'bonus.reverse', async ({ trx, by, at, today, visible }) => {
        requireBonuses(visible, 'correct')
        const rows = await listBonusMarks(trx, visible.assessment.id)
        const given = rows.find(({ id, reverses }) => id === c.req.param('bonusId') && reverses === null)
        if (!given) throw new Problem('not-found')
        if (rows.some(({ reverses }) => reverses === given.id)) throw new Problem('bonus-reversed')
        const { assessmentId, unitId, points } = given
        const mark = { id: reversal, assessmentId, unitId, points: -points, what: reason, onDay: today }
        const recorded = { importId: null, recordedBy: by.id, recordedAt: at }
        await insertBonusMarks(trx, [{ ...mark, reverses: given.id, ...recorded }])
        return done(undefined, { subject: given.id, detail: { assessment: assessmentId, reason } })
      })
      return c.json({ id: reversal }, 201)
    },
  )
