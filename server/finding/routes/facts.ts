import { Hono } from 'hono'
import { actIn } from '../../act.ts'
import { allow } from '../../access/allow.ts'
import { visibleTo } from '../../access/visibility.ts'
import { tagged, withCurrent } from '../../http/if-match.ts'
import { todayBy } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { findingDetail } from '../detail.ts'
import { stepBody, takeStep } from '../step.ts'
import { findingDetailSchema } from '../wire.ts'
import { validated } from '../../http/validated.ts'

export const findingFacts = new Hono<AppEnv>().post(
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
