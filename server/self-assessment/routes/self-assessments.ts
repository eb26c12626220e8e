import { Hono } from 'hono'
import { selfStates } from '#assessment/score/self-assessment'
import { z } from 'zod'
import { allow, allowIn } from '../../access/allow.ts'
import { evidenceSchema } from '../../evidence/evidence-view.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, paging } from '../../http/wire.ts'
import { todayBy } from '../../today.ts'
import { dropEvidence, entryBody, leafEvidenceBody, meanEvidence, saveEntry } from '../fill-in.ts'
import { formFor, windowsView } from '../form.ts'
import { placeQuery, windowAt } from '../place.ts'
import { progressCounts, progressIn, progressSchema } from '../progress-view.ts'
import { entrySchema, formSchema } from '../wire.ts'

const tag = '自我考核 · Self-assessment'

export const selfAssessments = new Hono<AppEnv>()
  .get(
    '/:id/self-assessments',
    allowIn('self.read'),
    describe(tag, '各单位自评进度', 'How far each unit is in a window', { 200: progressSchema }),
    validated('query', paging.extend({ ...placeQuery.shape, state: z.enum(selfStates).optional() })),
    async (c) => {
      const { deps, visible } = c.var
      const { component, window, state, ...page } = c.req.valid('query')
      const today = todayBy(deps)
      const at = await windowAt(deps.db, visible, { component, window }, today)
      const units = await progressIn(deps.db, at, c.var, today)
      const matching = units.filter((unit) => state === undefined || unit.state === state)
      return c.json({ ...pageFrom(matching, page), ...windowsView(at), ...progressCounts(units) }, 200)
    },
  )
  .get(
    '/:id/self-assessments/:unitId',
    allowIn('self.read'),
    describe(tag, '一个单位的自评表', 'The form of one unit in a window', { 200: formSchema }),
    validated('query', placeQuery),
    async (c) =>
      tagged(c, await formFor(c.var, c.var.visible, c.req.param('unitId'), c.req.valid('query')), 200),
  )
  .put(
    '/:id/self-assessments/:unitId/draft',
    allow('self.fill'),
    describe(
      tag,
      '保存一项的自评（If-Match 为该项的版本）',
      'Save one leaf as it is filled in; a stale If-Match gets 412 with the present value in “current”',
      { 200: entrySchema },
    ),
    validated('json', entryBody),
    async (c) => {
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      const entry = await saveEntry(c.var, address, c.req.valid('json'), c.req.header('if-match'))
      return tagged(c, entry, 200)
    },
  )
  .put(
    '/:id/self-assessments/:unitId/evidence',
    allow('self.fill'),
    describe(tag, '把已上传的材料归入一项指标', 'Mean uploaded evidence for a leaf', { 200: evidenceSchema }),
    validated('json', leafEvidenceBody),
    async (c) => {
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      return c.json(await meanEvidence(c.var, address, c.req.valid('json')), 200)
    },
  )
  .delete(
    '/:id/self-assessments/:unitId/evidence/:evidenceId',
    allow('self.fill'),
    describe(tag, '从自评中移去材料', 'Take evidence out of the form', { 204: null }),
    async (c) => {
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      await dropEvidence(c.var, address, c.req.param('evidenceId'))
      return c.body(null, 204)
    },
  )
