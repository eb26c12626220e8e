import { Readable } from 'node:stream'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { appendAudit } from '../../db/audit.ts'
import { bytesUsedBy, deleteStaged, findEvidence, type Evidence } from '../../db/evidence.ts'
import { saveSetting } from '../../db/settings.ts'
import { allow } from '../access/allow.ts'
import { type Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { isOver, visibleAssessment, type Visible } from '../access/visibility.ts'
import { evidenceSchema, evidenceView } from './evidence-view.ts'
import { fileKinds, isShownInline } from './file-kinds.ts'
import { attachmentHeaders, inlineHeaders } from './inline.ts'
import { evidenceLimits } from './limits.ts'
import { quotaSetting, stage, unitQuota, type Staging } from './stage.ts'
import { discard, keep, openStored, removeStored } from './storage.ts'
import { takeUpload } from './upload.ts'
import { Problem } from '../http/problem.ts'
import type { AppEnv } from '../http/context.ts'
import { describe } from '../http/describe.ts'
import { etagOf, isUnchanged, requireMatch } from '../http/if-match.ts'
import { seesClaimEvidence, seesFinding, seesThirdPartyEvidence } from '../access/evidence-sight.ts'
import { dayInChina } from '../today.ts'
import { parsedBy, validated } from '../http/validated.ts'
import { day, id, text } from '../http/wire.ts'

const tag = '佐证材料 · Evidence'
const MEGABYTE = 1024 * 1024

/** Uploads are read as they arrive and count their bytes themselves. */
export const uploadPath = /^\/api\/evidence$/

const about = z.object({
  assessmentId: id,
  findingId: id.optional(),
  documentDate: z.union([day, z.literal('').transform(() => undefined)]).optional(),
  uploadId: text(100).optional(),
})
const isWebAddress = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : null
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
}
const link = about.extend({
  url: z.string().trim().max(2000).refine(isWebAddress),
  name: text(200).optional(),
})
const quota = z.object({ limit: z.int(), used: z.int(), fileBytes: z.int(), kinds: z.array(z.string()) })
const quotaBody = z.object({ limit: z.int().min(MEGABYTE).max(Number.MAX_SAFE_INTEGER) })

type Variables = AppEnv['Variables']

/** The evidence, if the caller may see what it belongs to: the fact's finding, or while staged what one uploaded oneself. */
async function visibleEvidence(
  variables: Variables,
  account: Account,
  scope: Scope,
  evidenceId: string,
): Promise<Evidence> {
  const { db } = variables.deps
  const row = await findEvidence(db, evidenceId)
  if (!row) throw new Problem('not-found')
  if (row.factId === null) {
    const isSeen =
      row.uploadedBy === account.id ||
      (await seesClaimEvidence(db, account, row)) ||
      (await seesThirdPartyEvidence(db, account, row))
    if (!isSeen) throw new Problem('not-found')
    return row
  }
  const visible = await visibleAssessment(db, account, scope, row.assessmentId)
  const fact = await db
    .selectFrom('findingFacts')
    .select('findingId')
    .where('id', '=', row.factId)
    .executeTakeFirst()
  if (!fact || !(await seesFinding(db, account, visible, fact.findingId, dayInChina(variables.deps.clock()))))
    throw new Problem('not-found')
  return row
}

/** The assessment to upload to, open, and the finding in it visible to the caller. */
async function uploadTarget(
  variables: Variables,
  account: Account,
  scope: Scope,
  { assessmentId, findingId }: z.infer<typeof about>,
): Promise<Visible> {
  const visible = await visibleAssessment(variables.deps.db, account, scope, assessmentId)
  if (isOver(visible.assessment)) throw new Problem('assessment-closed')
  if (
    findingId !== undefined &&
    !(await seesFinding(variables.deps.db, account, visible, findingId, dayInChina(variables.deps.clock())))
  )
    throw new Problem('not-found')
  return visible
}

async function stageFile(
  c: Context,
  variables: Variables,
  account: Account,
  scope: Scope,
): Promise<{ row: Evidence; isNew: boolean; visible: Visible }> {
  const { deps } = variables
  const { received, name, mediaType, fields } = await takeUpload(deps.dataDir, c.req.raw)
  let storedName: string | null = null
  try {
    const said = parsedBy(about, fields)
    const visible = await uploadTarget(variables, account, scope, said)
    storedName = await keep(deps.dataDir, received)
    const staged = await stage(deps, account, {
      assessmentId: said.assessmentId,
      content: { storedName, bytes: received.bytes, sha256: received.sha256, mediaType },
      name,
      documentDate: said.documentDate ?? null,
      uploadId: c.req.header('idempotency-key') ?? said.uploadId ?? null,
    })
    if (!staged.isNew) await removeStored(deps.dataDir, storedName)
    return { ...staged, visible }
  } catch (error) {
    await discard(received.path)
    if (storedName !== null) await removeStored(deps.dataDir, storedName)
    throw error
  }
}

async function stageLink(
  c: Context,
  variables: Variables,
  account: Account,
  scope: Scope,
): Promise<{ row: Evidence; isNew: boolean; visible: Visible }> {
  const said = parsedBy(link, await c.req.json().catch(() => null))
  const visible = await uploadTarget(variables, account, scope, said)
  const staging: Staging = {
    assessmentId: said.assessmentId,
    content: { url: new URL(said.url).href },
    name: said.name ?? said.url.slice(0, 200),
    documentDate: said.documentDate ?? null,
    uploadId: c.req.header('idempotency-key') ?? said.uploadId ?? null,
  }
  return { ...(await stage(variables.deps, account, staging)), visible }
}

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
      const { account, scope } = c.var
      const isForm = /^multipart\//i.test(c.req.header('content-type') ?? '')
      const { row, isNew, visible } = await (isForm ? stageFile : stageLink)(c, c.var, account, scope)
      const view = evidenceView(row, visible.assessment)
      return isNew ? c.json(view, 201) : c.json(view, 200)
    },
  )
  .get(
    '/quota',
    allow('evidence.upload'),
    describe(tag, '本单位空间', 'Space of your unit', { 200: quota }),
    async (c) => {
      const { deps, account } = c.var
      const [limit, used] = await deps.db
        .transaction()
        .execute(
          async (trx) => [await unitQuota(trx), await bytesUsedBy(trx, account.unit?.id ?? '')] as const,
        )
      return c.json({ limit, used, fileBytes: evidenceLimits.fileBytes, kinds: [...fileKinds] }, 200)
    },
  )
  .get(
    '/settings',
    allow('evidence.settings'),
    describe(tag, '每个单位的空间', 'Space of each unit', { 200: quotaBody }),
    async (c) => {
      const settings = { limit: await unitQuota(c.var.deps.db) }
      return c.json(settings, 200, { etag: etagOf(settings) })
    },
  )
  .put(
    '/settings',
    allow('evidence.settings'),
    describe(tag, '设置每个单位的空间（字节）', 'Set the space of each unit (bytes)', { 200: quotaBody }),
    validated('json', quotaBody),
    async (c) => {
      const { deps, account } = c.var
      const settings = c.req.valid('json')
      await deps.db.transaction().execute(async (trx) => {
        requireMatch(c.req.header('if-match'), etagOf({ limit: await unitQuota(trx) }))
        await saveSetting(trx, quotaSetting, String(settings.limit))
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'evidence.settings',
          subject: quotaSetting,
          detail: settings,
        })
      })
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
      const { deps, account, scope } = c.var
      const row = await visibleEvidence(c.var, account, scope, c.req.param('id'))
      if (row.storedName === null || row.mediaType === null) throw new Problem('not-found')
      const etag = `"${row.sha256}"`
      const caching = { etag, 'cache-control': 'private, no-cache' }
      if (isUnchanged(c.req.header('if-none-match'), etag)) return c.body(null, 304, caching)
      const file = await openStored(deps.dataDir, row.storedName)
      if (!file) {
        deps.log.error({ evidence: row.id, storedName: row.storedName }, 'evidence file is missing')
        throw new Problem('evidence-lost')
      }
      const isInline = c.req.valid('query').inline === '1' && isShownInline(row.mediaType)
      return c.body(Readable.toWeb(file.stream) as ReadableStream, 200, {
        ...caching,
        ...(isInline ? inlineHeaders(row.fileName, row.mediaType) : attachmentHeaders(row.fileName)),
        'content-type': row.mediaType,
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
      const { deps, account } = c.var
      const gone = await deps.db.transaction().execute(async (trx) => {
        const row = await findEvidence(trx, c.req.param('id'))
        if (!row || row.uploadedBy !== account.id) throw new Problem('not-found')
        const deleted = await deleteStaged(trx, row.id)
        if (!deleted) throw new Problem('evidence-fixed')
        await appendAudit(trx, {
          at: deps.clock().toISOString(),
          accountId: account.id,
          action: 'evidence.remove',
          subject: row.id,
          detail: { name: row.fileName },
        })
        return deleted
      })
      if (gone.storedName !== null) await removeStored(deps.dataDir, gone.storedName)
      return c.body(null, 204)
    },
  )
