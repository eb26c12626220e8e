import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { z } from 'zod'
import { bytesUsedBy } from '../../db/evidence.ts'
import { allow } from '../access/allow.ts'
import type { AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { etagOf, isUnchanged } from '../http/if-match.ts'
import { Problem } from '../http/problem.ts'
import { validated } from '../http/validated.ts'
import { evidenceSchema } from './evidence-view.ts'
import { fileKinds, isShownInline } from './file-kinds.ts'
import { attachmentHeaders, inlineHeaders } from './inline.ts'
import { evidenceLimits } from './limits.ts'
import { quotaNow, quotaSettings, setQuota } from './quota.ts'
import { removeStaged, stageFile, stageLink } from './stage-evidence.ts'
import { openStored } from './storage.ts'
import { visibleEvidence } from './visible-evidence.ts'

const tag = '佐证材料 · Evidence'

/** Uploads are read as they arrive and count their bytes themselves. */
export const uploadPath = /^\/api\/evidence$/

const quota = z.object({ limit: z.int(), used: z.int(), fileBytes: z.int(), kinds: z.array(z.string()) })

export const evidence = new Hono<AppEnv>()
  .post(
    '/',
    allow('evidence.upload'),
    describe(
      tag,
      '上传佐证材料（multipart：file、assessmentId、findingId、documentDate、uploadId）或登记网址（JSON：url、name 等）',
      'Upload a file (multipart: file, assessmentId, findingId, documentDate, uploadId) or record a link (JSON: url, name …)',
      { 200: evidenceSchema, 201: evidenceSchema },
    ),
    async (c) => {
      const uploadId = c.req.header('idempotency-key')
      const { evidence, isNew } = /^multipart\//i.test(c.req.header('content-type') ?? '')
        ? await stageFile(c.var, c.req.raw, uploadId)
        : await stageLink(c.var, await c.req.json().catch(() => null), uploadId)
      return isNew ? c.json(evidence, 201) : c.json(evidence, 200)
    },
  )
  .get(
    '/quota',
    allow('evidence.upload'),
    describe(tag, '本单位空间', 'Space of your unit', { 200: quota }),
    async (c) => {
      const { deps, account } = c.var
      const { limit } = await quotaNow(deps.db)
      const used = await bytesUsedBy(deps.db, account.unit?.id ?? '')
      return c.json({ limit, used, fileBytes: evidenceLimits.fileBytes, kinds: [...fileKinds] }, 200)
    },
  )
  .get(
    '/settings',
    allow('evidence.settings'),
    describe(tag, '每个单位的空间', 'Space of each unit', { 200: quotaSettings }),
    async (c) => {
      const settings = await quotaNow(c.var.deps.db)
      return c.json(settings, 200, { etag: etagOf(settings) })
    },
  )
  .put(
    '/settings',
    allow('evidence.settings'),
    describe(tag, '设置每个单位的空间（字节）', 'Set the space of each unit (bytes)', { 200: quotaSettings }),
    validated('json', quotaSettings),
    async (c) => {
      const settings = await setQuota(c.var, c.req.valid('json'), c.req.header('if-match'))
      return c.json(settings, 200, { etag: etagOf(settings) })
    },
  )
  .get(
    '/:id',
    allow('evidence.read'),
    describe(tag, '下载（inline=1 时在页面中预览图片和 PDF）', 'Download; inline=1 shows images and PDF', {
      200: '*/*',
      304: null,
    }),
    validated('query', z.object({ inline: z.enum(['0', '1']).optional() })),
    async (c) => {
      const { deps } = c.var
      const { id, fileName, mediaType, storedName, sha256 } = await visibleEvidence(c.var, c.req.param('id'))
      if (storedName === null || mediaType === null) throw new Problem('not-found')
      const caching = { etag: `"${sha256}"`, 'cache-control': 'private, no-cache' }
      if (isUnchanged(c.req.header('if-none-match'), caching.etag)) return c.body(null, 304, caching)
      const file = await openStored(deps.dataDir, storedName)
      if (!file) {
        deps.log.error({ evidence: id, storedName }, 'evidence file is missing')
        throw new Problem('evidence-lost')
      }
      const isInline = c.req.valid('query').inline === '1' && isShownInline(mediaType)
      return c.body(Readable.toWeb(file.stream) as ReadableStream, 200, {
        ...caching,
        ...(isInline ? inlineHeaders(fileName, mediaType) : attachmentHeaders(fileName, mediaType)),
        'content-length': String(file.bytes),
        'x-content-type-options': 'nosniff',
      })
    },
  )
  .delete(
    '/:id',
    allow('evidence.upload'),
    describe(tag, '删除未提交的材料', 'Remove evidence that is not on record yet', { 204: null }),
    async (c) => {
      await removeStaged(c.var, c.req.param('id'))
      return c.body(null, 204)
    },
  )
