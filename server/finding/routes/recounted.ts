import { Hono } from 'hono'
import { z } from 'zod'
import { allow, allowIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { todayBy } from '../../today.ts'
import { moveRecounted, moveRecountedBody, recountedSchema, recountedView } from '../recounted.ts'

const tag = '台账 · Ledger'

export const recounted = new Hono<AppEnv>()
  .get(
    '/:id/recounted-deadlines',
    allowIn('finding.extend'),
    describe(
      tag,
      '放假安排公布后应当改动的整改期限',
      'Deadlines that count otherwise since holidays were announced',
      { 200: recountedSchema },
    ),
    async (c) => {
      const { deps, visible, assessed } = c.var
      const today = todayBy(deps)
      const { facts, calendar } = await assessed.on(visible.assessment.id, today)
      return c.json(await recountedView(deps.db, c.var, { facts, calendar, today }), 200)
    },
  )
  .post(
    '/:id/recounted-deadlines',
    allow('finding.extend'),
    describe(tag, '按新的放假安排顺延整改期限', 'Put deadlines off to the days that they have now', {
      201: z.object({ moved: z.int() }),
    }),
    validated('json', moveRecountedBody),
    async (c) => c.json({ moved: await moveRecounted(c.var, c.req.param('id'), c.req.valid('json')) }, 201),
  )
