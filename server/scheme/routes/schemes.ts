import { Hono } from 'hono'
import { z } from 'zod'
import { presetKeys, presets } from '#assessment/presets/registry'
import { appendAudit } from '../../../db/audit.ts'
import { touchAssessment } from '../../../db/assessments.ts'
import { deleteScheme, updateScheme } from '../../../db/schemes.ts'
import { replaceWindows } from '../../../db/windows.ts'
import { allow } from '../../access/allow.ts'
import { visibleScheme, visibleSchemes } from '../../access/visible-schemes.ts'
import { Problem } from '../../http/problem.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { schemeBody } from '../body.ts'
import { schemeDetail, schemeDetailOf, schemeEtag, schemeItem, schemeItemOf } from '../view.ts'
import { nextVersion, storeScheme, windowsOf } from '../stored.ts'
import { validated } from '../../http/validated.ts'
import { id, pageFrom, pageOf, paging, text } from '../../http/wire.ts'

const tag = '考核办法 · Schemes'
const presetItem = z.object({ key: z.enum(presetKeys), name: z.string(), source: z.string() })

export const schemes = new Hono<AppEnv>()
  .get(
    '/',
    allow('scheme.read'),
    describe(tag, '考核办法列表：各版本和使用情况', 'Schemes, their versions and where they are used', {
      200: pageOf(schemeItem),
    }),
    validated('query', paging),
    async (c) => {
      const { deps, account, scope } = c.var
      const all = await visibleSchemes(deps.db, account, scope)
      return c.json(pageFrom(all.map(schemeItemOf), c.req.valid('query')), 200)
    },
  )
  .post(
    '/',
    allow('scheme.write'),
    describe(tag, '起草考核办法（按预置办法或已有办法）', 'Begin a draft from a preset or another scheme', {
      201: schemeDetail,
    }),
    validated(
      'json',
      z
        .object({ preset: z.enum(presetKeys).optional(), copyOf: id.optional(), name: text(200).optional() })
        .refine(({ preset, copyOf }) => (preset === undefined) !== (copyOf === undefined), {
          path: ['copyOf'],
        }),
    ),
    async (c) => {
      const { deps, account, scope, language } = c.var
      const { preset, copyOf, name } = c.req.valid('json')
      const at = deps.clock().toISOString()
      const made = await deps.db.transaction().execute(async (trx) => {
        const base =
          preset === undefined
            ? (await visibleScheme(trx, account, scope, copyOf ?? '')).stored.scheme
            : presets[preset]
        const id = await storeScheme(trx, { ...base, name: name ?? base.name }, account.id, at)
        await appendAudit(trx, {
          at,
          accountId: account.id,
          action: 'scheme.create',
          subject: id,
          detail: preset === undefined ? { copyOf: copyOf ?? '' } : { preset },
        })
        return visibleScheme(trx, account, scope, id)
      })
      return c.json(schemeDetailOf(made, language), 201, { etag: schemeEtag(made.stored) })
    },
  )
  .get(
    '/presets',
    allow('scheme.read'),
    describe(tag, '预置考核办法', 'Ready schemes to start from', {
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
    describe(tag, '一份考核办法', 'One scheme', { 200: schemeDetail }),
    async (c) => {
      const { deps, account, scope, language } = c.var
      const found = await visibleScheme(deps.db, account, scope, c.req.param('id'))
      return c.json(schemeDetailOf(found, language), 200, { etag: schemeEtag(found.stored) })
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
      const { deps, account, scope, language } = c.var
      const { scheme } = c.req.valid('json')
      const saved = await deps.db.transaction().execute(async (trx) => {
        const found = await visibleScheme(trx, account, scope, c.req.param('id'))
        if (found.used) throw new Problem('scheme-in-use')
        requireMatch(c.req.header('if-match'), schemeEtag(found.stored))
        const version =
          scheme.name === found.row.name ? found.row.version : await nextVersion(trx, scheme.name)
        await updateScheme(trx, found.row.id, { scheme, version })
        for (const { id, year } of found.assessments) {
          await replaceWindows(trx, id, windowsOf(scheme, id, year))
          await touchAssessment(trx, id)
        }
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'scheme.change',
          subject: found.row.id,
          detail: { name: scheme.name, version },
        })
        return visibleScheme(trx, account, scope, found.row.id)
      })
      return c.json(schemeDetailOf(saved, language), 200, { etag: schemeEtag(saved.stored) })
    },
  )
  .delete(
    '/:id',
    allow('scheme.write'),
    describe(tag, '删除没有使用的草稿', 'Delete a draft that nothing uses', { 204: null }),
    async (c) => {
      const { deps, account, scope } = c.var
      await deps.db.transaction().execute(async (trx) => {
        const { row, used, assessments } = await visibleScheme(trx, account, scope, c.req.param('id'))
        if (used || assessments.length > 0) throw new Problem('scheme-in-use')
        await deleteScheme(trx, row.id)
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'scheme.delete',
          subject: row.id,
          detail: { name: row.name, version: row.version },
        })
      })
      return c.body(null, 204)
    },
  )
