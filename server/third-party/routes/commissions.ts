import { Hono } from 'hono'
import { allow, allowIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { commissionSchema, externalParts, externalPartsSchema } from '../commission-view.ts'
import { changeCommission, commissionBody, newCommissionBody, registerCommission } from '../commission.ts'

const tag = '第三方评估 · Third party'

export const commissions = new Hono<AppEnv>()
  .get(
    '/:id/commissions',
    allowIn('commission.read'),
    describe(tag, '外部评分的部分和各自的委托', 'Components with external marks, and who evaluates them', {
      200: externalPartsSchema,
    }),
    async (c) => c.json(await externalParts(c.var.deps.db, c.var.visible), 200),
  )
  .post(
    '/:id/commissions',
    allow('commission.write'),
    describe(tag, '登记委托', 'Register who evaluates a component', { 201: commissionSchema }),
    validated('json', newCommissionBody),
    async (c) => tagged(c, await registerCommission(c.var, c.req.param('id'), c.req.valid('json')), 201),
  )
  .put(
    '/:id/commissions/:commissionId',
    allow('commission.write'),
    describe(tag, '修改委托（须带 If-Match）', 'Change a commission (needs If-Match)', {
      200: commissionSchema,
    }),
    validated('json', commissionBody),
    async (c) => {
      const [assessmentId, commissionId] = [c.req.param('id'), c.req.param('commissionId')]
      const ifMatch = c.req.header('if-match')
      const body = c.req.valid('json')
      const commission = await changeCommission(c.var, assessmentId, commissionId, body, ifMatch)
      return tagged(c, commission, 200)
    },
  )
