import { Hono } from 'hono'
import { z } from 'zod'
import { presetKeys, presets } from '#assessment/presets/registry'
import type { Scheme } from '#assessment/scheme'
import { findScheme, listSchemes } from '../../db/schemes.ts'
import { allow } from '../access/allow.ts'
import { Problem } from '../problem.ts'
import type { AppEnv } from './context.ts'
import { describe } from './describe.ts'
import { validated } from './validated.ts'
import { pageFrom, pageOf, paging } from './wire.ts'

const schemeItem = z.object({ id: z.string(), name: z.string(), version: z.int() })
const presetItem = z.object({ key: z.enum(presetKeys), name: z.string(), source: z.string() })
/** A scheme is long and checked by the engine; its shape in the document is that it is an object with parts. */
export const schemeSchema = z.custom<Scheme>().meta({ id: 'Scheme', type: 'object', description: '考核办法' })

export const schemes = new Hono<AppEnv>()
  .get(
    '/',
    allow('scheme.read'),
    describe('考核办法 · Schemes', '考核办法列表', 'Schemes', { 200: pageOf(schemeItem) }),
    validated('query', paging),
    async (c) => {
      const all = await listSchemes(c.var.deps.db)
      return c.json(
        pageFrom(
          all.map(({ id, name, version }) => ({ id, name, version })),
          c.req.valid('query'),
        ),
        200,
      )
    },
  )
  .get(
    '/presets',
    allow('scheme.read'),
    describe('考核办法 · Schemes', '预置考核办法', 'Ready schemes to start from', {
      200: z.array(presetItem),
    }),
    (c) =>
      c.json(
        presetKeys.map((key) => ({ key, name: presets[key].name, source: presets[key].source })),
        200,
      ),
  )
  .get(
    '/:id',
    allow('scheme.read'),
    describe('考核办法 · Schemes', '一份考核办法', 'One scheme', {
      200: schemeItem.extend({ scheme: schemeSchema }),
    }),
    async (c) => {
      const found = await findScheme(c.var.deps.db, c.req.param('id'))
      if (!found) throw new Problem('not-found')
      return c.json({ id: found.id, name: found.name, version: found.version, scheme: found.scheme }, 200)
    },
  )
