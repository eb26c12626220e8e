import { Hono } from 'hono'
import { z } from 'zod'
import { allow } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, jsonLines } from '../../http/download.ts'
import { validated } from '../../http/validated.ts'
import { dayInChina } from '../../today.ts'
import { auditExport } from './audit-export.ts'
import {
  auditCursor,
  auditQuery,
  auditSchema,
  auditView,
  filtersOf,
  headHolds,
  headText,
} from './audit-view.ts'

const tag = '审计 · Audit'

/** 审计日志: for the audit administrator alone. */
export const auditLog = new Hono<AppEnv>()
  .get(
    '/',
    allow('audit.read'),
    describe(tag, '审计日志，由新到旧', 'The audit log, newest first', { 200: auditSchema }),
    validated('query', auditQuery.extend({ after: auditCursor.optional() })),
    async (c) => {
      const { after = null, ...asked } = c.req.valid('query')
      return c.json(await auditView(c.var.deps.db, asked, after), 200)
    },
  )
  .get(
    '/export.jsonl',
    allow('audit.read'),
    describe(tag, '导出审计日志及其链的证明', 'The audit log as a file, with what proves its chain', {
      200: jsonLines,
    }),
    validated('query', auditQuery),
    async (c) => {
      const { db, clock } = c.var.deps
      const now = clock()
      const entries = auditExport(db, await filtersOf(db, c.req.valid('query')), now)
      const day = dayInChina(now)
      return c.body(
        entries,
        200,
        asDownload(`${jsonLines}; charset=utf-8`, `审计日志 ${day}.jsonl`, `audit-${day}.jsonl`),
      )
    },
  )
  .get(
    '/check',
    allow('audit.read'),
    describe(
      tag,
      '核对另处留存的校验值',
      'Whether the log still has the entry of a head that was kept elsewhere',
      { 200: z.object({ holds: z.boolean() }) },
    ),
    validated('query', z.object({ head: headText })),
    async (c) => c.json({ holds: await headHolds(c.var.deps.db, c.req.valid('query').head) }, 200),
  )
