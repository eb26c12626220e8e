import { Hono } from 'hono'
import { z } from 'zod'
import { diffSchemes } from '#assessment/rule/scheme-diff'
import { allow } from '../../access/allow.ts'
import { visibleTo } from '../../access/visibility.ts'
import { visibleScheme } from '../../access/visible-schemes.ts'
import { assessedFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { validated } from '../../http/validated.ts'
import { day, id } from '../../http/wire.ts'
import { schemeBody } from '../body.ts'
import { schemeDiffSchema } from '../diff-wire.ts'
import { previewOf, previewSchema } from '../preview-view.ts'
import { requireSound } from '../sound.ts'

const tag = '考核办法 · Schemes'

export const schemeCompare = new Hono<AppEnv>()
  .get(
    '/:id/diff/:otherId',
    allow('scheme.read'),
    describe(tag, '两份办法的差别（后者为准）', 'What differs in the second scheme from the first', {
      200: schemeDiffSchema,
    }),
    async (c) => {
      const { db } = c.var.deps
      const before = await visibleScheme(db, c.var, c.req.param('id'))
      const after = await visibleScheme(db, c.var, c.req.param('otherId'))
      return c.json(diffSchemes(before.stored.scheme, after.stored.scheme), 200)
    },
  )
  .post(
    '/preview',
    allow('scheme.write'),
    describe(tag, '按草案重算一次考核的名次', 'The ranking of an assessment as a draft would have it', {
      200: previewSchema,
    }),
    validated('json', z.object({ scheme: schemeBody, assessmentId: id, asOf: day.optional() })),
    async (c) => {
      const { scheme, assessmentId, asOf } = c.req.valid('json')
      const visible = await visibleTo(c.var, assessmentId)
      requireSound(scheme)
      return c.json(previewOf(await assessedFor({ ...c.var, visible }, asOf), scheme), 200)
    },
  )
