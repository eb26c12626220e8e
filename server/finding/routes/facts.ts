import { Hono } from 'hono'
import { z } from 'zod'
import { actIn } from '../../act.ts'
import { allow } from '../../access/allow.ts'
import { visibleTo } from '../../access/visibility.ts'
import { tagged, withCurrent } from '../../http/if-match.ts'
import { todayBy } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { findingDetail } from '../detail.ts'
import { reverseBatch, reversalsBody } from '../reverse-batch.ts'
import { stepBody, takeStep } from '../step.ts'
import { findingDetailSchema } from '../wire.ts'
import { validated } from '../../http/validated.ts'

export const findingFacts = new Hono<AppEnv>()
  .post(
    '/:id/findings/reversals',
    allow('finding.reverse'),
    describe(
      '台账 · Ledger',
      '撤销刚才的批量登记：逐条冲销，任何一条已有后续办理就都不冲销',
      'Undo a batch: a reversing entry for each finding, or for none once anything has happened to one of them',
      { 201: z.object({ reversed: z.int() }) },
    ),
    validated('json', reversalsBody),
    async (c) => {
      const order = c.req.valid('json')
      const { scope } = c.var
      const result = await actIn(c.var, c.req.param('id'), 'finding.reversed', (doing) =>
        reverseBatch({ ...doing, scope }, order),
      )
      return c.json(result, 201)
    },
  )
  .post(
    '/:id/findings/:findingId/facts',
    allow('finding.progress'),
    describe(
      '台账 · Ledger',
      '办理一步：延期、整改、核查、申诉、裁定、冲销（If-Match 为问题的版本）',
      'Take the next step of a case; If-Match is the finding’s version, and a stale one gets 412 with the present state in “current”',
      { 201: findingDetailSchema },
    ),
    validated('json', stepBody),
    async (c) => {
      const step = c.req.valid('json')
      const [assessmentId, findingId] = [c.req.param('id'), c.req.param('findingId')]
      const show = async () =>
        findingDetail(c.var, await visibleTo(c.var, assessmentId), findingId, todayBy(c.var.deps))
      const take = () =>
        actIn(c.var, assessmentId, `finding.${step.type}`, (doing) =>
          takeStep({ ...doing, scope: c.var.scope }, findingId, step, c.req.header('if-match')),
        )
      await withCurrent(take, show)
      const detail = await show()
      return tagged(c, detail, 201)
    },
  )
