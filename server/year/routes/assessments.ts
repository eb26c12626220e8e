import { Hono } from 'hono'
import { z } from 'zod'
import { presetKeys, presets } from '#assessment/presets/registry'
import { deleteEmptyAssessment, insertAssessment } from '../../../db/assessments.ts'
import { appendAudit } from '../../../db/audit.ts'
import type { Source } from '../../../db/source.ts'
import { loadCalendar } from '../../../db/holidays.ts'
import { newId } from '../../../db/ids.ts'
import type { StoredScheme } from '../../../db/schemes.ts'
import { insertWindows } from '../../../db/windows.ts'
import { allow } from '../../access/allow.ts'
import type { Scope } from '../../access/permissions.ts'
import type { Account } from '../../access/session.ts'
import { visibleScheme } from '../../access/visible-schemes.ts'
import { visibleAssessment, visibleAssessments } from '../../access/visibility.ts'
import { Problem } from '../../http/problem.ts'
import { assessmentSchema, assessmentView } from '../assessment-view.ts'
import { calendarOf, calendarSchema } from '../calendar-view.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { schemeSchema } from '../../scheme/view.ts'
import { requireSound } from '../../scheme/sound.ts'
import { storeScheme, windowsOf } from '../../scheme/stored.ts'
import { validated } from '../../http/validated.ts'
import { id as idText, pageFrom, pageOf, paging, text } from '../../http/wire.ts'

const tag = '考核 · Assessments'

/** A scheme in reach that can be used. Throws `not-found`, or `scheme-unsound` with the places. */
async function soundScheme(db: Source, account: Account, scope: Scope, id: string): Promise<StoredScheme> {
  const { stored } = await visibleScheme(db, { account, scope }, id)
  requireSound(stored.scheme)
  return stored
}

export const assessments = new Hono<AppEnv>()
  .get(
    '/',
    allow('assessment.read'),
    describe(tag, '可见的考核', 'The assessments that the caller may see', { 200: pageOf(assessmentSchema) }),
    validated('query', paging),
    async (c) => {
      const visible = await visibleAssessments(c.var.deps.db, c.var.account, c.var.scope)
      const page = pageFrom(visible, c.req.valid('query'))
      const items = await Promise.all(page.items.map((one) => assessmentView(c.var, one, c.var.scope)))
      return c.json({ ...page, items }, 200)
    },
  )
  .post(
    '/',
    allow('assessment.create'),
    describe(tag, '按预置办法或已有办法新建考核', 'Start an assessment from a preset or on a scheme', {
      201: assessmentSchema,
    }),
    validated(
      'json',
      z
        .object({
          name: text(100),
          year: z.int().min(2000).max(2100),
          preset: z.enum(presetKeys).optional(),
          schemeId: idText.optional(),
        })
        .refine(({ preset, schemeId }) => (preset === undefined) !== (schemeId === undefined), {
          path: ['schemeId'],
        }),
    ),
    async (c) => {
      const { deps, account, scope } = c.var
      const { name, year, preset, schemeId } = c.req.valid('json')
      const unit = account.unit
      if (!unit) throw new Problem('forbidden')
      const at = deps.clock().toISOString()
      const id = newId()
      await deps.db.transaction().execute(async (trx) => {
        const chosen =
          preset === undefined
            ? await soundScheme(trx, account, scope, schemeId ?? '')
            : { id: await storeScheme(trx, presets[preset], account.id, at), scheme: presets[preset] }
        await insertAssessment(trx, {
          id,
          name,
          year,
          unitId: unit.id,
          schemeId: chosen.id,
          startsOn: `${year}-01-01`,
          endsOn: `${year}-12-31`,
          stage: 'draft',
          version: 1,
          createdBy: account.id,
          createdAt: at,
        })
        await insertWindows(trx, windowsOf(chosen.scheme, id, year))
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'assessment.create',
          subject: id,
          detail: { name, year, ...(preset === undefined ? { schemeId: chosen.id } : { preset }) },
        })
      })
      const visible = await visibleAssessment(deps.db, account, scope, id)
      return c.json(await assessmentView(c.var, visible, scope), 201)
    },
  )
  .get(
    '/:id',
    allow('assessment.read'),
    describe(tag, '一次考核', 'One assessment', {
      200: assessmentSchema.extend({ scheme: schemeSchema, version: z.int(), calendar: calendarSchema }),
    }),
    async (c) => {
      const visible = await visibleAssessment(c.var.deps.db, c.var.account, c.var.scope, c.req.param('id'))
      const version = c.var.scope === 'own-unit' ? 0 : visible.assessment.version
      return c.json(
        {
          ...(await assessmentView(c.var, visible, c.var.scope)),
          scheme: visible.scheme,
          version,
          calendar: calendarOf(await loadCalendar(c.var.deps.db), visible.assessment.year),
        },
        200,
      )
    },
  )
  .delete(
    '/:id',
    allow('assessment.delete'),
    describe(tag, '删除空的草稿', 'Delete an empty draft', { 204: null }),
    async (c) => {
      const { deps, account, scope } = c.var
      await deps.db.transaction().execute(async (trx) => {
        const { assessment } = await visibleAssessment(trx, account, scope, c.req.param('id'))
        if (!(await deleteEmptyAssessment(trx, assessment.id))) throw new Problem('assessment-not-empty')
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'assessment.delete',
          subject: assessment.id,
          detail: { name: assessment.name },
        })
      })
      return c.body(null, 204)
    },
  )
