import { schemeDiffSchema } from '../diff-wire.ts'
import { Hono } from 'hono'
import { z } from 'zod'
import { assess } from '#assessment/score/assess'
import { diffSchemes } from '#assessment/rule/scheme-diff'
import { fitFacts, standingMoves } from '#assessment/insight/scheme-effect'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { visibleScheme } from '../../access/visible-schemes.ts'
import { dayFor } from '../../default-day.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { schemeBody } from '../body.ts'
import { requireSound } from '../sound.ts'
import { validated } from '../../http/validated.ts'
import { day, id } from '../../http/wire.ts'

const tag = '考核办法 · Schemes'

const pair = <Part extends z.ZodType>(part: Part) => z.tuple([part.nullable(), part.nullable()]).readonly()
const preview = z
  .object({
    asOf: z.string(),
    units: z.int(),
    moves: z.array(
      z.object({
        unitId: z.string(),
        unit: z.string(),
        group: z.string(),
        composite: pair(z.string()),
        rank: pair(z.int()),
        grade: pair(z.string()),
      }),
    ),
    left: z.object({ findings: z.int(), marks: z.int() }),
  })
  .meta({ id: 'SchemePreview' })

export const schemeCompare = new Hono<AppEnv>()
  .get(
    '/:id/diff/:otherId',
    allow('scheme.read'),
    describe(tag, '两份办法的差别（后者为准）', 'What differs in the second scheme from the first', {
      200: schemeDiffSchema,
    }),
    async (c) => {
      const { deps, account, scope } = c.var
      const before = await visibleScheme(deps.db, account, scope, c.req.param('id'))
      const after = await visibleScheme(deps.db, account, scope, c.req.param('otherId'))
      return c.json(diffSchemes(before.stored.scheme, after.stored.scheme), 200)
    },
  )
  .post(
    '/preview',
    allow('scheme.write'),
    describe(tag, '按草案重算一次考核的名次', 'The ranking of an assessment as a draft would have it', {
      200: preview,
    }),
    validated('json', z.object({ scheme: schemeBody, assessmentId: id, asOf: day.optional() })),
    async (c) => {
      const { deps, account, scope } = c.var
      const { scheme, assessmentId, asOf } = c.req.valid('json')
      const visible = await visibleAssessment(deps.db, account, scope, assessmentId)
      requireSound(scheme)
      const on = await dayFor(c.var, visible, asOf)
      const { assessed, facts, calendar } = await c.var.assessed.on(assessmentId, on)
      const fitted = fitFacts(facts, scheme)
      const after = assess(scheme, fitted.facts, on, calendar)
      return c.json(
        {
          asOf: on,
          units: facts.participants.length,
          moves: standingMoves(assessed.standings, after.standings),
          left: fitted.left,
        },
        200,
      )
    },
  )
