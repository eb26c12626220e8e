import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import { visibleTo } from '../../access/visibility.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { text } from '../../http/wire.ts'
import { formFor } from '../form.ts'
import { handIn, sendBack, withdraw } from '../hand-in.ts'
import { placeBody } from '../place.ts'
import { formSchema } from '../wire.ts'

const tag = '自我考核 · Self-assessment'

export const selfAssessmentSteps = new Hono<AppEnv>()
  .post(
    '/:id/self-assessments/:unitId/submission',
    allow('self.submit'),
    describe(
      tag,
      '报送或重新报送自评（If-Match 为自评表的版本）',
      'Hand in, or hand in again after a return; If-Match is the form’s version',
      { 201: formSchema },
    ),
    validated('json', placeBody.extend({ incomplete: z.boolean().default(false) })),
    async (c) => {
      const [assessmentId, unitId] = [c.req.param('id'), c.req.param('unitId')]
      const body = c.req.valid('json')
      await handIn(c.var, { assessmentId, unitId }, body, c.req.header('if-match'))
      const form = await formFor(c.var, await visibleTo(c.var, assessmentId), unitId, body)
      return c.json(form, 201, { etag: form.etag })
    },
  )
  .post(
    '/:id/self-assessments/:unitId/withdrawal',
    allow('self.submit'),
    describe(tag, '撤回自评（核查开始前）', 'Take it back, until verification starts', { 201: formSchema }),
    validated('json', placeBody),
    async (c) => {
      const [assessmentId, unitId] = [c.req.param('id'), c.req.param('unitId')]
      const place = c.req.valid('json')
      await withdraw(c.var, { assessmentId, unitId }, place, c.req.header('if-match'))
      const form = await formFor(c.var, await visibleTo(c.var, assessmentId), unitId, place)
      return c.json(form, 201, { etag: form.etag })
    },
  )
  .post(
    '/:id/self-assessments/:unitId/return',
    allow('self.return'),
    describe(tag, '退回自评并说明原因', 'Return it with a comment', { 201: formSchema }),
    validated('json', placeBody.extend({ reason: text(2000) })),
    async (c) => {
      const [assessmentId, unitId] = [c.req.param('id'), c.req.param('unitId')]
      const body = c.req.valid('json')
      await sendBack(c.var, { assessmentId, unitId }, body, c.req.header('if-match'))
      const form = await formFor(c.var, await visibleTo(c.var, assessmentId), unitId, body)
      return c.json(form, 201, { etag: form.etag })
    },
  )
