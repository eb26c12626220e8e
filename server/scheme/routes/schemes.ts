import { Hono } from 'hono'
import { z } from 'zod'
import { presetKeys, presets } from '#assessment/presets/registry'
import { allow } from '../../access/allow.ts'
import { visibleScheme, visibleSchemes } from '../../access/visible-schemes.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { validated } from '../../http/validated.ts'
import { pageFrom, pageOf, paging } from '../../http/wire.ts'
import { schemeBody } from '../body.ts'
import { beginning, beginScheme, removeScheme, saveScheme } from '../draft-scheme.ts'
import { schemeDetail, schemeDetailOf, schemeItem, schemeItemOf } from '../view.ts'

const tag = '考核办法 · Schemes'

export const schemes = new Hono<AppEnv>()
  .get(
    '/',
    allow('scheme.read'),
    describe(tag, '考核办法列表：各版本和使用情况', 'Schemes, their versions and where they are used', {
      200: pageOf(schemeItem),
    }),
    validated('query', paging),
    async (c) => {
      const all = await visibleSchemes(c.var.deps.db, c.var)
      return c.json(pageFrom(all.map(schemeItemOf), c.req.valid('query')), 200)
    },
  )
  .post(
    '/',
    allow('scheme.write'),
    describe(tag, '起草考核办法（按预置办法或已有办法）', 'Begin a draft from a preset or another scheme', {
      201: schemeDetail,
    }),
    validated('json', beginning),
    async (c) => {
      const detail = schemeDetailOf(await beginScheme(c.var, c.req.valid('json')), c.var.language)
      return tagged(c, detail, 201)
    },
  )
  .get(
    '/presets',
    allow('scheme.read'),
    describe(tag, '预置考核办法', 'Ready schemes to start from', {
      200: z.array(z.object({ key: z.enum(presetKeys), name: z.string(), source: z.string() })),
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
    describe(tag, '一份考核办法', 'One scheme', { 200: schemeDetail }),
    async (c) => {
      const scheme = await visibleScheme(c.var.deps.db, c.var, c.req.param('id'))
      const detail = schemeDetailOf(scheme, c.var.language)
      return tagged(c, detail, 200)
    },
  )
  .put(
    '/:id',
    allow('scheme.write'),
    describe(tag, '保存草稿（If-Match）', 'Save a draft (If-Match); problems are told, not refused', {
      200: schemeDetail,
    }),
    validated('json', z.object({ scheme: schemeBody })),
    async (c) => {
      const { scheme } = c.req.valid('json')
      const saved = await saveScheme(c.var, c.req.param('id'), scheme, c.req.header('if-match'))
      const detail = schemeDetailOf(saved, c.var.language)
      return tagged(c, detail, 200)
    },
  )
  .delete(
    '/:id',
    allow('scheme.write'),
    describe(tag, '删除没有使用的草稿', 'Delete a draft that nothing uses', { 204: null }),
    async (c) => {
      await removeScheme(c.var, c.req.param('id'))
      return c.body(null, 204)
    },
  )
