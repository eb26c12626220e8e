import { Hono } from 'hono'
import { z } from 'zod'
import { compare, decimal, type Decimal } from '#assessment/rational'
import { appendAudit } from '../../../db/audit.ts'
import { holdAssessment, saveDraft } from '../../../db/drafts.ts'
import { allow } from '../../access/allow.ts'
import { visibleAssessment } from '../../access/visibility.ts'
import { messageText } from '../../exchange/spreadsheet/messages.ts'
import { readSelfForm, writeSelfForm, type FormEntry } from '../../exchange/self-form/self-form.ts'
import { writeSelfFormDocx } from '../../exchange/self-form/to-docx.ts'
import { Problem } from '../../http/problem.ts'
import { dayInChina } from '../../today.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import { requireMatch } from '../../http/if-match.ts'
import { claimView, enteredIn, formView, leavesIn, openForm } from '../form.ts'
import { paperForm } from '../paper.ts'
import { placeQuery, unitWindowAt, windowAt } from '../place.ts'
import { previousMarks, previousWindow } from '../previous.ts'
import { requireStep } from '../state.ts'
import { answered } from '../wire.ts'
import { validated } from '../../http/validated.ts'

const tag = '自我考核 · Self-assessment'
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const value = answered.extend({ note: z.string().nullable() })
const report = z
  .object({
    rows: z.array(
      z.object({
        row: z.int().nullable(),
        column: z.string().nullable(),
        leaf: z.string().nullable(),
        name: z.string().nullable(),
        outcome: z.enum(['same', 'changed', 'error']),
        before: value.nullable(),
        after: value.nullable(),
        message: z.string().nullable(),
      }),
    ),
    counts: z.object({ same: z.int(), changed: z.int(), error: z.int() }),
    committed: z.boolean(),
    /** Version of the form as compared: take it over with this as If-Match. */
    etag: z.string(),
  })
  .meta({ id: 'SelfFormReport' })

const isEqual = (a: Decimal | null, b: Decimal | null): boolean =>
  a === null || b === null ? a === b : compare(decimal(a), decimal(b)) === 0
const isSame = (a: FormEntry, b: FormEntry): boolean =>
  isEqual(a.marks, b.marks) && a.notApplicable === b.notApplicable && a.note === b.note

const fileOf = async (body: Promise<unknown>): Promise<Uint8Array> => {
  const form = await body.catch(() => null)
  const file = typeof form === 'object' && form !== null && 'file' in form ? form.file : undefined
  if (!(file instanceof File)) throw new Problem('file-missing')
  return new Uint8Array(await file.arrayBuffer())
}

export const selfAssessmentFiles = new Hono<AppEnv>()
  .get(
    '/:id/self-assessments/:unitId/form.xlsx',
    allow('self.read'),
    describe(tag, '下载自评表（可离线填写，打印后盖章）', 'The form as a workbook, to fill in or to print', {
      200: xlsx,
    }),
    validated('query', placeQuery),
    async (c) => {
      const { deps, account, scope } = c.var
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const window = await windowAt(deps.db, visible, c.req.valid('query'), dayInChina(deps.clock()))
      const at = unitWindowAt(window, c.req.param('unitId'), account, scope)
      const form = await openForm(deps.db, at)
      const isOwn = account.unit?.id === at.unit.id
      const previous = await previousMarks(deps.db, await previousWindow(deps.db, at), {
        unitIds: [at.unit.id],
      })
      const none: FormEntry = { marks: null, notApplicable: false, note: null }
      const bytes = await writeSelfForm({
        title: `${visible.assessment.name} ${at.component.name}自评表`,
        unit: at.unit.name,
        window: at.window.name,
        areas: at.areas,
        entryOf: (leaf) => {
          if (isOwn) return enteredIn(form, leaf)
          return (form.standing.state === 'draft' ? null : claimView(form.standing.claims.get(leaf))) ?? none
        },
        previousOf: (leaf) => previous(at.unit.id, leaf)?.marks ?? null,
      })
      const name = encodeURIComponent(`自评表 ${at.unit.name} ${at.window.name}.xlsx`)
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': xlsx,
        'content-disposition': `attachment; filename="form.xlsx"; filename*=UTF-8''${name}`,
      })
    },
  )
  .get(
    '/:id/self-assessments/:unitId/form.docx',
    allow('self.read'),
    describe(tag, '下载自评表（打印后签字盖章）', 'The form as a document to print, sign and stamp', {
      200: docx,
    }),
    validated('query', placeQuery),
    async (c) => {
      const { deps, account, scope } = c.var
      const today = dayInChina(deps.clock())
      const visible = await visibleAssessment(deps.db, account, scope, c.req.param('id'))
      const window = await windowAt(deps.db, visible, c.req.valid('query'), today)
      const at = unitWindowAt(window, c.req.param('unitId'), account, scope)
      const form = await formView(deps.db, at, account, today)
      const bytes = await writeSelfFormDocx(paperForm(form, visible.assessment.name))
      const name = encodeURIComponent(`自评表 ${at.unit.name} ${at.window.name}.docx`)
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': docx,
        'content-disposition': `attachment; filename="form.docx"; filename*=UTF-8''${name}`,
      })
    },
  )
  .post(
    '/:id/self-assessments/:unitId/form',
    allow('self.fill'),
    describe(
      tag,
      '上传填好的自评表（dryRun=1 只比较；写入须带 If-Match）',
      'Upload the filled form (multipart, field “file”); dryRun=1 only compares, taking over needs If-Match',
      { 200: report },
    ),
    validated('query', placeQuery.extend({ dryRun: z.enum(['0', '1']).optional() })),
    async (c) => {
      const { deps, account, scope, language } = c.var
      const { dryRun, ...asked } = c.req.valid('query')
      const bytes = await fileOf(c.req.parseBody())
      const now = deps.clock()
      const today = dayInChina(now)
      const [assessmentId, unitId] = [c.req.param('id'), c.req.param('unitId')]
      const seen = await visibleAssessment(deps.db, account, scope, assessmentId)
      const place = unitWindowAt(await windowAt(deps.db, seen, asked, today), unitId, account, scope)
      const reading = await readSelfForm(
        bytes,
        { unit: place.unit.name, window: place.window.name, areas: place.areas },
        { signal: c.req.raw.signal },
      )
      const errors = reading.problems.map(({ code, row, column, params }) => ({
        row,
        column,
        leaf: null,
        name: null,
        outcome: 'error' as const,
        before: null,
        after: null,
        message: messageText(code, params, language),
      }))
      const answer = await deps.db.transaction().execute(async (trx) => {
        const visible = await visibleAssessment(trx, account, scope, assessmentId)
        await holdAssessment(trx, assessmentId)
        const at = unitWindowAt(await windowAt(trx, visible, asked, today), unitId, account, scope)
        const form = await openForm(trx, at)
        requireStep('fill', form.standing, at)
        const names = new Map(leavesIn(at).map(({ key, name }) => [key, name]))
        const rows = reading.rows.map(({ leaf, row, ...after }) => {
          const { marks, notApplicable, note } = enteredIn(form, leaf)
          const before = { marks, notApplicable, note }
          return {
            row,
            column: null,
            leaf,
            name: names.get(leaf) ?? null,
            outcome: isSame(before, after) ? ('same' as const) : ('changed' as const),
            before,
            after,
            message: null,
          }
        })
        const changed = rows.filter(({ outcome }) => outcome === 'changed')
        const result = {
          rows: [...errors, ...rows],
          counts: { same: rows.length - changed.length, changed: changed.length, error: errors.length },
          committed: false,
          etag: form.etag,
        }
        if (dryRun === '1') return result
        if (errors.length > 0)
          throw new Problem('self-form-invalid', {
            params: { count: errors.length },
            errors: () => errors.map(({ row, column, message }) => ({ row, column, code: 'error', message })),
          })
        requireMatch(c.req.header('if-match'), form.etag)
        for (const { leaf, after } of changed) {
          const saved = await saveDraft(
            trx,
            {
              ...at.unitPlace,
              leaf,
              marks: after.marks,
              notApplicable: after.notApplicable ? 1 : 0,
              note: after.note,
              updatedBy: account.id,
              updatedAt: now.toISOString(),
            },
            form.drafts.get(leaf)?.version ?? 0,
          )
          if (!saved) throw new Problem('stale')
        }
        await appendAudit(trx, {
          at: now.toISOString(),
          accountId: account.id,
          action: 'self.upload',
          subject: unitId,
          detail: { assessment: assessmentId, window: at.window.key, changed: changed.length },
        })
        return { ...result, committed: true, etag: (await openForm(trx, at)).etag }
      })
      return c.json(answer, 200, { etag: answer.etag })
    },
  )
