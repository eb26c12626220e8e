import { Hono } from 'hono'
import { z } from 'zod'
import { readPublication } from '../../../db/publications.ts'
import { allow, allowIn } from '../../access/allow.ts'
import { visibleTo } from '../../access/visibility.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, html, json } from '../../http/download.ts'
import { Problem } from '../../http/problem.ts'
import { validated } from '../../http/validated.ts'
import { prepareBody, preparePublication } from '../prepare.ts'
import { proofPage } from '../proof-page.ts'
import { publicationStepBody, takePublicationStep } from '../steps.ts'
import { detailOf, entriesSeen, entryOf } from '../view.ts'
import { publicationBodySchema, publicationDetailSchema, publicationSchema, publicationTag } from '../wire.ts'

export const publications = new Hono<AppEnv>()
  .get(
    '/:id/publications',
    allowIn('publication.read'),
    describe(publicationTag, '发布记录', 'Publications, the latest first', {
      200: z.object({ items: z.array(publicationSchema), total: z.int() }),
    }),
    async (c) => {
      const items = await entriesSeen(c.var.deps.db, c.var.visible, c.var.account)
      return c.json({ items, total: items.length }, 200)
    },
  )
  .post(
    '/:id/publications',
    allow('publication.prepare'),
    describe(publicationTag, '拟制发布', 'Prepare a publication for another person to approve', {
      201: publicationSchema,
    }),
    validated('json', prepareBody),
    async (c) => {
      const { deps, account } = c.var
      const publicationId = await preparePublication(c.var, c.req.param('id'), c.req.valid('json'))
      const visible = await visibleTo(c.var, c.req.param('id'))
      return c.json(await entryOf(deps.db, visible, account, publicationId), 201)
    },
  )
  .get(
    '/:id/publications/:publicationId',
    allowIn('publication.read'),
    describe(publicationTag, '一次发布及其核验', 'One publication, verified against the facts', {
      200: publicationDetailSchema,
    }),
    async (c) => c.json(await detailOf(c.var, c.var.visible, c.req.param('publicationId')), 200),
  )
  .get(
    '/:id/publications/:publicationId/body.json',
    allowIn('publication.check'),
    describe(
      publicationTag,
      '发布内容（规范 JSON）',
      'What was frozen, as the canonical JSON that was hashed',
      { 200: publicationBodySchema },
    ),
    async (c) => {
      const { id, name } = c.var.visible.assessment
      const stored = await readPublication(c.var.deps.db, c.req.param('publicationId'))
      if (stored?.row.assessmentId !== id) throw new Problem('not-found')
      const { body, number } = stored.row
      const fileName = `${name} 发布第${number}号.json`
      const headers = asDownload(`${json}; charset=utf-8`, fileName, `publication-${number}.json`)
      return c.body(body, 200, headers)
    },
  )
  .get(
    '/:id/publications/:publicationId/proof.html',
    allowIn('publication.read'),
    describe(
      publicationTag,
      '公开核验文件（按公开范围）',
      'A page that checks the publication without this server, as far as its results are public',
      { 200: html },
    ),
    async (c) => {
      const page = await proofPage(c.var, c.var.visible, c.req.param('publicationId'))
      return c.body(page.html, 200, asDownload(`${html}; charset=utf-8`, `${page.name}.html`, 'proof.html'))
    },
  )
  .post(
    '/:id/publications/:publicationId/steps',
    allow('publication.progress'),
    describe(
      publicationTag,
      '批准、退回或撤回',
      'Approve or return what another prepared, or take back one’s own',
      { 200: publicationSchema },
    ),
    validated('json', publicationStepBody),
    async (c) => {
      const { deps, account } = c.var
      const [assessmentId, publicationId] = [c.req.param('id'), c.req.param('publicationId')]
      await takePublicationStep(c.var, assessmentId, publicationId, c.req.valid('json'))
      const visible = await visibleTo(c.var, assessmentId)
      return c.json(await entryOf(deps.db, visible, account, publicationId), 200)
    },
  )
