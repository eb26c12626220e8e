import { Hono } from 'hono'
import { z } from 'zod'
import { allow, allowIn } from '../../access/allow.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { tagged } from '../../http/if-match.ts'
import { asDownload, docx, xlsx } from '../../http/download.ts'
import { bytesOf, describeUpload, formWithFile } from '../../http/upload.ts'
import { parsedBy, validated } from '../../http/validated.ts'
import { todayBy } from '../../today.ts'
import { chosenLeaves, formReportSchema, formToFill, takeFormOver } from '../form-file.ts'
import { formFor } from '../form.ts'
import { paperForm } from '../paper.ts'
import { placeQuery, unitWindowAt } from '../place.ts'

const tag = '自我考核 · Self-assessment'

export const selfAssessmentFiles = new Hono<AppEnv>()
  .get(
    '/:id/self-assessments/:unitId/form.xlsx',
    allowIn('self.read'),
    describe(tag, '下载自评表（可离线填写，打印后盖章）', 'The form as a workbook, to fill in or to print', {
      200: xlsx,
    }),
    validated('query', placeQuery),
    async (c) => {
      const { deps, account, visible } = c.var
      const place = c.req.valid('query')
      const at = await unitWindowAt(deps.db, visible, c.var, c.req.param('unitId'), place, todayBy(deps))
      const bytes = await c.var.inThread('write-form', await formToFill(deps.db, at, account))
      return c.body(
        new Uint8Array(bytes),
        200,
        asDownload(xlsx, `自评表 ${at.unit.name} ${at.window.name}.xlsx`, 'form.xlsx'),
      )
    },
  )
  .get(
    '/:id/self-assessments/:unitId/form.docx',
    allowIn('self.read'),
    describe(tag, '下载自评表（打印后签字盖章）', 'The form as a document to print, sign and stamp', {
      200: docx,
    }),
    validated('query', placeQuery),
    async (c) => {
      const { visible } = c.var
      const form = await formFor(c.var, visible, c.req.param('unitId'), c.req.valid('query'))
      const bytes = await c.var.inThread('write-paper-form', paperForm(form, visible.assessment.name))
      return c.body(
        new Uint8Array(bytes),
        200,
        asDownload(docx, `自评表 ${form.unit.name} ${form.window.name}.docx`, 'form.docx'),
      )
    },
  )
  .post(
    '/:id/self-assessments/:unitId/form',
    allow('self.fill'),
    describe(
      tag,
      '上传填好的自评表（dryRun=1 只比较；写入须带 If-Match）',
      'Upload the filled form (multipart, field “file”); dryRun=1 only compares, taking over needs If-Match',
      { 200: formReportSchema },
    ),
    describeUpload(
      {
        leaves: [
          100_000,
          'keys of the indicators to take over, as JSON; without it all that change and erase nothing',
        ],
      },
      ['leaves'],
    ),
    validated('query', placeQuery.extend({ dryRun: z.enum(['0', '1']).optional() })),
    async (c) => {
      const { dryRun, ...place } = c.req.valid('query')
      const { file, fields } = await formWithFile(c.req)
      const address = { assessmentId: c.req.param('id'), unitId: c.req.param('unitId') }
      const report = await takeFormOver(c.var, address, {
        bytes: await bytesOf(file),
        place,
        language: c.var.language,
        dryRun: dryRun === '1',
        ifMatch: c.req.header('if-match'),
        leaves: parsedBy(chosenLeaves, fields.leaves),
      })
      return tagged(c, report, 200)
    },
  )
