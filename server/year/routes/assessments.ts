import { Hono } from 'hono'
import { z } from 'zod'
import { loadCalendar } from '../../../db/holidays.ts'
import { allow, allowIn } from '../../access/allow.ts'
import { scopeOf } from '../../access/permissions.ts'
import { recordableKinds } from '../../access/case-rights.ts'
import { visibleAssessments, visibleTo } from '../../access/visibility.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, pageOf, paging } from '../../http/wire.ts'
import { schemeSchema } from '../../scheme/view.ts'
import { assessmentSchema, assessmentView } from '../assessment-view.ts'
import { beginYear, newYear, removeYear } from '../begin-year.ts'
import { calendarOf, calendarSchema } from '../calendar-view.ts'

const tag = '考核 · Assessments'

export const assessments = new Hono<AppEnv>()
  .get(
    '/',
    allow('assessment.read'),
    describe(tag, '可见的考核', 'The assessments that the caller may see', { 200: pageOf(assessmentSchema) }),
    validated('query', paging),
    async (c) => {
      const { deps, account, scope } = c.var
      const page = pageFrom(await visibleAssessments(deps.db, account, scope), c.req.valid('query'))
      const items = await Promise.all(page.items.map((visible) => assessmentView(c.var, visible, scope)))
      return c.json({ ...page, items }, 200)
    },
  )
  .post(
    '/',
    allow('assessment.create'),
    describe(tag, '按预置办法或已有办法新建考核', 'Start an assessment from a preset or on a scheme', {
      201: assessmentSchema,
    }),
    validated('json', newYear),
    async (c) => {
      const begun = await visibleTo(c.var, await beginYear(c.var, c.req.valid('json')))
      return c.json(await assessmentView(c.var, begun, c.var.scope), 201)
    },
  )
  .get(
    '/:id',
    allowIn('assessment.read'),
    describe(tag, '一次考核', 'One assessment', {
      200: assessmentSchema.extend({
        scheme: schemeSchema,
        version: z.int(),
        calendar: calendarSchema,
        /** Keys of the kinds under which the caller may record. */
        provides: z.array(z.string()),
      }),
    }),
    async (c) => {
      const { deps, account, scope, visible } = c.var
      const { assessment, scheme } = visible
      return c.json(
        {
          ...(await assessmentView(c.var, visible, scope)),
          scheme,
          version: scope === 'own-unit' ? 0 : assessment.version,
          provides:
            scopeOf(account.role, 'finding.record') === undefined
              ? []
              : recordableKinds(visible, account).map(({ key }) => key),
          calendar: calendarOf(await loadCalendar(deps.db), assessment.year),
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
      await removeYear(c.var, c.req.param('id'))
      return c.body(null, 204)
    },
  )
