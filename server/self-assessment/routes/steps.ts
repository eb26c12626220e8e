import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { text } from '../../http/wire.ts'
import { askSignOff, declineSignOff } from '../ask-sign-off.ts'
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
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      const form = await handIn(c.var, address, c.req.valid('json'), c.req.header('if-match'))
      return tagged(c, form, 201)
    },
  )
  .post(
    '/:id/self-assessments/:unitId/sign-off',
    allow('self.fill'),
    describe(tag, '已填报，请单位负责人审定', 'Filled in: ask the head of the unit to look at it', {
      201: formSchema,
    }),
    validated('json', placeBody.extend({ incomplete: z.boolean().default(false) })),
    async (c) => {
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      const form = await askSignOff(c.var, address, c.req.valid('json'), c.req.header('if-match'))
      return tagged(c, form, 201)
    },
  )
  .post(
    '/:id/self-assessments/:unitId/sign-off/decline',
    allow('self.submit'),
    describe(tag, '审定时退回修改', 'Send it back to who filled it in, before it is handed in', {
      201: formSchema,
    }),
    validated('json', placeBody.extend({ reason: text(2000) })),
    async (c) => {
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      const form = await declineSignOff(c.var, address, c.req.valid('json'), c.req.header('if-match'))
      return tagged(c, form, 201)
    },
  )
  .post(
    '/:id/self-assessments/:unitId/withdrawal',
    allow('self.submit'),
    describe(tag, '撤回自评（核查开始前）', 'Take it back, until verification starts', { 201: formSchema }),
    validated('json', placeBody),
    async (c) => {
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      const form = await withdraw(c.var, address, c.req.valid('json'), c.req.header('if-match'))
      return tagged(c, form, 201)
    },
  )
  .post(
    '/:id/self-assessments/:unitId/return',
    allow('self.return'),
    describe(tag, '退回自评并说明原因', 'Return it with a comment', { 201: formSchema }),
    validated('json', placeBody.extend({ reason: text(2000) })),
    async (c) => {
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      const form = await sendBack(c.var, address, c.req.valid('json'), c.req.header('if-match'))
      return tagged(c, form, 201)
    },
  )
