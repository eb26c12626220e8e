import { Hono } from 'hono'
import { z } from 'zod'
import { diffSchemes } from '#assessment/rule/scheme-diff'
import { allow } from '../../access/allow.ts'
import { visibleScheme } from '../../access/visible-schemes.ts'
import { refusalText } from '../../exchange/report-text/refusal.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { asDownload, json, xlsx } from '../../http/download.ts'
import { Problem } from '../../http/problem.ts'
import { bytesOf, describeUpload, formWithFile } from '../../http/upload.ts'
import { readReportBytes } from '../../jobs/read-report.ts'
import { schemeDiffSchema } from '../diff-wire.ts'
import { schemeOfFile } from '../read-file.ts'
import { schemeSchema } from '../view.ts'

const tag = '考核办法 · Schemes'

export const schemeFiles = new Hono<AppEnv>()
  .get(
    '/:id/scheme.xlsx',
    allow('scheme.read'),
    describe(tag, '导出为工作簿（含指标体系）', 'The scheme as a workbook with its indicator tree', {
      200: xlsx,
    }),
    async (c) => {
      const { stored } = await visibleScheme(c.var.deps.db, c.var, c.req.param('id'))
      const bytes = new Uint8Array(await c.var.inThread('write-scheme', { scheme: stored.scheme }))
      return c.body(bytes, 200, asDownload(xlsx, `${stored.name} ${stored.version}.xlsx`, 'scheme'))
    },
  )
  .get(
    '/:id/scheme.json',
    allow('scheme.read'),
    describe(tag, '导出为 JSON（全部内容）', 'The whole scheme as JSON', { 200: schemeSchema }),
    async (c) => {
      const { stored } = await visibleScheme(c.var.deps.db, c.var, c.req.param('id'))
      const text = `${JSON.stringify(stored.scheme, null, 2)}\n`
      return c.body(text, 200, asDownload(json, `${stored.name} ${stored.version}.json`, 'scheme'))
    },
  )
  .post(
    '/:id/read-file',
    allow('scheme.write'),
    describe(
      tag,
      '读取 .xlsx 或 JSON 文件，给出与草稿的差别；不保存',
      'Reads an .xlsx or JSON file and tells how it differs from the draft; stores nothing',
      { 200: schemeDiffSchema.extend({ scheme: schemeSchema }) },
    ),
    describeUpload(),
    async (c) => {
      const { stored } = await visibleScheme(c.var.deps.db, c.var, c.req.param('id'))
      const { file } = await formWithFile(c.req)
      const scheme = await schemeOfFile(file, stored.scheme, c.var.inThread)
      return c.json({ ...diffSchemes(stored.scheme, scheme), scheme }, 200)
    },
  )
  .post(
    '/:id/read-clauses',
    allow('scheme.write'),
    describe(
      tag,
      '读取办法原文（.txt、.docx、.pdf、.html），给出文字；不保存',
      'Reads the words of a rule from a .txt, .docx, .pdf or .html file; stores nothing',
      { 200: z.object({ text: z.string() }) },
    ),
    describeUpload(),
    async (c) => {
      await visibleScheme(c.var.deps.db, c.var, c.req.param('id'))
      const { file } = await formWithFile(c.req)
      const reading = await readReportBytes(await bytesOf(file), file.name, { inThread: c.var.inThread })
      if (!reading.ok)
        throw new Problem('file-unreadable', { params: { why: refusalText(reading, c.var.language) } })
      return c.json({ text: reading.text }, 200)
    },
  )
