import { Hono } from 'hono'
import { z } from 'zod'
import { allow, allowIn } from '../../access/allow.ts'
import { visibleTo, type Visible } from '../../access/visibility.ts'
import type { Actor } from '../../act.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged, withCurrent } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { id, paging, text } from '../../http/wire.ts'
import { todayBy } from '../../today.ts'
import { placeQuery, type PlaceQuery } from '../place.ts'
import { queueOn, queueSchema } from '../queue-view.ts'
import { statisticsOn, statisticsSchema } from '../statistics-view.ts'
import { verificationDesk } from '../verification-desk.ts'
import { itemSchema, itemsSchema, itemsView, itemView } from '../verification-items.ts'
import { acceptBody, acceptClaims, acceptedSchema, markBody, verifyLeaf } from '../verify.ts'

const tag = '核查自评 · Verification'

/** `1` = also what other responsible units verify, for the office that would verify for them. */
const others = z.enum(['0', '1']).optional()

const deskOf = ({ deps, account }: Actor, visible: Visible, asked: PlaceQuery) =>
  verificationDesk(deps.db, visible, account, asked, todayBy(deps))

export const verification = new Hono<AppEnv>()
  .get(
    '/:id/verification',
    allowIn('mark.verify'),
    describe(tag, '待我核查：按指标和按单位', 'What waits for me, by indicator and by unit', {
      200: queueSchema,
    }),
    validated('query', placeQuery.extend({ others })),
    async (c) => {
      const { others, ...asked } = c.req.valid('query')
      const desk = await deskOf(c.var, c.var.visible, asked)
      return c.json(await queueOn(c.var.deps.db, desk, { others: others === '1' }), 200)
    },
  )
  .get(
    '/:id/verification/marks',
    allowIn('mark.verify'),
    describe(
      tag,
      '待核查的自评：一项指标的各单位，或一个单位的各项指标',
      'Answers to verify: of one indicator across units, or of one unit',
      { 200: itemsSchema },
    ),
    validated(
      'query',
      paging.extend({
        ...placeQuery.shape,
        leaf: text(200).optional(),
        unitId: id.optional(),
        /** Leave out units that have not handed in. */
        handedIn: z.enum(['0', '1']).optional(),
        others,
      }),
    ),
    async (c) => {
      const { component, window, leaf, unitId, handedIn, others, ...page } = c.req.valid('query')
      const desk = await deskOf(c.var, c.var.visible, { component, window })
      const which = { leaf, unitId, handedInOnly: handedIn === '1', others: others === '1' }
      return c.json(await itemsView(c.var.deps.db, desk, which, page), 200)
    },
  )
  .put(
    '/:id/verification/mark',
    allow('mark.verify'),
    describe(
      tag,
      '核查一项（If-Match 为该项的版本）',
      'Verify one leaf; a stale If-Match gets 412 with the present mark in “current”',
      { 200: itemSchema },
    ),
    validated('json', markBody),
    async (c) => {
      const assessmentId = c.req.param('id')
      const body = c.req.valid('json')
      const show = async () => {
        const desk = await deskOf(c.var, await visibleTo(c.var, assessmentId), body)
        return itemView(c.var.deps.db, desk, body)
      }
      await withCurrent(() => verifyLeaf(c.var, assessmentId, body, c.req.header('if-match')), show)
      const item = await show()
      return tagged(c, item, 200)
    },
  )
  .post(
    '/:id/verification/acceptance',
    allow('mark.verify'),
    describe(
      tag,
      '按自评分通过所列各项（每项带版本；已变动的不动）',
      'Accept what was claimed for the listed leaves; what changed meanwhile is left as it is',
      { 200: acceptedSchema },
    ),
    validated('json', acceptBody),
    async (c) => c.json(await acceptClaims(c.var, c.req.param('id'), c.req.valid('json')), 200),
  )
  .get(
    '/:id/verification/statistics',
    allowIn('mark.read'),
    describe(
      tag,
      '自评分与核查分之差：按单位、按领域、按核查单位',
      'Claimed minus verified, by unit, area and verifier; a responsible unit sees its own areas',
      { 200: statisticsSchema },
    ),
    validated('query', placeQuery),
    async (c) => {
      const desk = await deskOf(c.var, c.var.visible, c.req.valid('query'))
      return c.json(await statisticsOn(c.var.deps.db, desk, c.var), 200)
    },
  )
