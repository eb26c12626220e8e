import { Hono } from 'hono'
import { z } from 'zod'
import { whereaboutsOf } from '../../../db/dialect.ts'
import { allowIn } from '../../access/allow.ts'
import { variants } from '../../exchange/circular/document.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, docx, xlsx } from '../../http/download.ts'
import { Problem } from '../../http/problem.ts'
import { validated } from '../../http/validated.ts'
import { circularEntries, circularPlace } from '../circular-place.ts'
import {
  circularEntrySchema,
  circularEntryView,
  circularPreview,
  circularPreviewSchema,
  circularSchema,
  circularView,
  documentFor,
} from '../circular-view.ts'
import { templateSchema } from '../circular-wire.ts'

const tag = '通报 · Circular'

const asked = z.object({ variant: z.enum(variants).default('plain') })

export const circular = new Hono<AppEnv>()
  .get(
    '/:id/circulars',
    allowIn('circular.read'),
    describe(tag, '可以出通报的发布', 'Publications that have a circular', {
      200: z.object({ items: z.array(circularEntrySchema) }),
    }),
    async (c) => {
      const { deps, scope, visible } = c.var
      const entries = await circularEntries(deps.db, scope, visible.assessment.id)
      return c.json({ items: entries.map(circularEntryView) }, 200)
    },
  )
  .get(
    '/:id/publications/:publicationId/circular',
    allowIn('circular.read'),
    describe(tag, '通报的内容（各要素和 HTML）', 'The circular: its parts and the same as HTML', {
      200: circularSchema,
    }),
    validated('query', asked),
    async (c) => {
      const place = await circularPlace(c.var, c.req.param('publicationId'))
      const { variant } = c.req.valid('query')
      return c.json(await circularView(c.var.deps.db, place, c.var.scope, variant), 200)
    },
  )
  .get(
    '/:id/publications/:publicationId/circular.docx',
    allowIn('circular.read'),
    describe(tag, '下载通报（普通、套打、红头）', 'The circular as .docx: plain, overprint or red-headed', {
      200: docx,
    }),
    validated('query', asked),
    async (c) => {
      const place = await circularPlace(c.var, c.req.param('publicationId'))
      const document = await documentFor(c.var.deps.db, place)
      const title = `${place.source.body.assessment.name}${place.ownOnly ? '结果告知' : '结果的通报'}`
      const bytes = await c.var.inThread('write-document', {
        document,
        title,
        creator: place.source.issuer,
        variant: place.ownOnly ? 'plain' : c.req.valid('query').variant,
      })
      return c.body(new Uint8Array(bytes), 200, asDownload(docx, `${title}.docx`))
    },
  )
  .post(
    '/:id/publications/:publicationId/circular/preview',
    allowIn('circular.write'),
    describe(
      tag,
      '用未保存的文字预览通报',
      'The circular with a text not saved yet, and what is wrong in it',
      { 200: circularPreviewSchema },
    ),
    validated('json', z.object({ template: templateSchema, variant: z.enum(variants) })),
    async (c) => {
      const { template, variant } = c.req.valid('json')
      const place = await circularPlace(c.var, c.req.param('publicationId'))
      return c.json(circularPreview(place, template, variant, c.var.language), 200)
    },
  )
  .get(
    '/:id/publications/:publicationId/ranking.xlsx',
    allowIn('circular.read'),
    describe(tag, '发布的成绩表（.xlsx）', 'The published ranking as a workbook', { 200: xlsx }),
    async (c) => {
      const { entry, source, ownOnly } = await circularPlace(c.var, c.req.param('publicationId'))
      if (ownOnly) throw new Problem('table-not-public')
      const bytes = await c.var.inThread('export-publication', {
        whereabouts: whereaboutsOf(c.var.deps.db),
        publicationId: entry.id,
      })
      return c.body(new Uint8Array(bytes), 200, asDownload(xlsx, `${source.body.assessment.name}成绩表.xlsx`))
    },
  )
