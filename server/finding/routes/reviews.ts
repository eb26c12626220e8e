import { Hono } from 'hono'
import { allow, allowIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { todayBy } from '../../today.ts'
import {
  reviewedSchema,
  reviewMany,
  reviewsBody,
  reviewsFor,
  reviewsSchema,
  reviewsView,
} from '../reviews.ts'

const tag = '台账 · Ledger'

export const reviews = new Hono<AppEnv>()
  .get(
    '/:id/reviews',
    allowIn('finding.review'),
    describe(
      tag,
      '待核查的整改：本单位的，以及考核办可代为核查的',
      'Rectifications waiting for a review: one’s own, and for the office those it may review for a provider',
      { 200: reviewsSchema },
    ),
    async (c) => {
      const { deps, account, scope, visible, assessed } = c.var
      const on = await assessed.on(visible.assessment.id, todayBy(deps))
      return c.json(reviewsView(await reviewsFor(deps.db, on, visible, account, scope)), 200)
    },
  )
  .post(
    '/:id/reviews',
    allow('finding.review'),
    describe(
      tag,
      '批量核查整改（逐项记为事实；已有变化的不动）',
      'Review many rectifications alike, each as its own fact; what changed since its etag is left as it is',
      { 200: reviewedSchema },
    ),
    validated('json', reviewsBody),
    async (c) => c.json(await reviewMany(c.var, c.req.param('id'), c.req.valid('json')), 200),
  )
