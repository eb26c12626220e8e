import { Hono } from 'hono'
import { z } from 'zod'
import { numbersTaken } from '../../../db/findings.ts'
import { actIn, nothingDone, type Done, type DoingIn } from '../../act.ts'
import { similarEntries } from '#assessment/score/similar-findings'
import { allowIn } from '../../access/allow.ts'
import type { Day } from '#assessment/day'
import type { Language } from '#assessment/language'
import { isLoss, severityOf } from '#assessment/rule/scheme'
import { todayBy } from '../../today.ts'
import { rowError } from '../../http/cell-error.ts'
import { questionFields, saidIn, skippedRow, tablesSchema, unreadCell } from '../../http/made-table.ts'
import type { Meant } from '../../exchange/spreadsheet/offers.ts'
import type { Said } from '../../exchange/spreadsheet/made-table.ts'
import { word } from '../../exchange/spreadsheet/cell.ts'
import { Problem, problemDetails, problemOfParts } from '../../http/problem.ts'
import { readBatch, type Batch, type BatchRow, type BatchSource } from '../batch-reading.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import {
  aheadOf,
  knownFindings,
  notesOf,
  openDesk,
  reasonOfImport,
  problemWith,
  recordFindings,
  refusalToRecord,
  type Desk,
  type NewFinding,
  type Similar,
} from '../record.ts'
import { pastedOrFile } from '../../http/pasted-or-file.ts'
import { bytesOf } from '../../http/upload.ts'
import { requireStorable, validated } from '../../http/validated.ts'
import { text } from '../../http/wire.ts'

const batchOutcomes = ['new', 'duplicate', 'left-out', 'error'] as const
const reportRow = z.object({
  sheet: z.string(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  outcome: z.enum(batchOutcomes),
  code: z.string().optional(),
  message: z.string().optional(),
  ...questionFields,
  unit: z.string().optional(),
  /** The unit as the table has it, where that is another name. */
  writtenUnit: z.string().optional(),
  kind: z.string().optional(),
  /** The severity by its word, where its kind has several; and the hundredths of a point that it takes (below 0) or gives. */
  severity: z.string().optional(),
  points: z.int().optional(),
  what: z.string().optional(),
  notifiedOn: z.string().optional(),
  /** As written, or as the kind's time gives it; null where there is none. */
  deadline: z.string().nullable().optional(),
  /** Whether the deadline was counted in a year whose holidays are not announced. */
  provisional: z.boolean().optional(),
  /** The hundredths that its points count today already: 0 while it can still be rectified. */
  today: z.int().optional(),
  /** Numbers of the findings that it may repeat. */
  similar: z.array(z.string()).optional(),
  /** Once recorded. */
  findingId: z.string().optional(),
  number: z.string().optional(),
})
type ReportRow = z.infer<typeof reportRow>
const report = z
  .object({
    rows: z.array(reportRow),
    counts: z.object({
      new: z.int(),
      duplicate: z.int(),
      leftOut: z.int(),
      error: z.int(),
      /** Hundredths that the new rows give (above 0) or take today, before floors and caps. */
      today: z.int(),
    }),
    tables: tablesSchema,
    committed: z.boolean(),
  })
  .meta({ id: 'BatchReport' })
type BatchReport = z.infer<typeof report>

const options = {
  /** Why notices are dated before today; of a file, its name and the day. */
  reason: text(500).optional(),
  deadlineReason: text(500).optional(),
  allowDuplicate: z.union([z.boolean(), z.stringbool()]).default(false),
}
interface Order {
  readonly source: BatchSource
  readonly reason: string | null
  readonly deadlineReason: string | null
  readonly allowDuplicate: boolean
  readonly said: Said
}

async function orderIn(request: Parameters<typeof pastedOrFile>[0], today: Day): Promise<Order> {
  const { source, fields } = await pastedOrFile(request)
  const given = z.object(options).safeParse(fields)
  if (!given.success) throw new Problem('invalid-request', { params: { count: given.error.issues.length } })
  const { reason = null, deadlineReason = null, allowDuplicate } = given.data
  const said = saidIn(fields)
  requireStorable({ deadlineReason, reason })
  if ('text' in source) return { source, reason, deadlineReason, allowDuplicate, said }
  const { file } = source
  return {
    source: { file: await bytesOf(file), fileName: file.name },
    reason: reason ?? reasonOfImport(file.name, today),
    deadlineReason,
    allowDuplicate,
    said,
  }
}

interface Checked {
  readonly row: BatchRow
  readonly finding: NewFinding
  readonly problem: Problem | null
  readonly similar: readonly Similar[]
}

/** Each row with what is against recording it: a problem, or findings that it may repeat, earlier rows that stand among them. */
async function check(
  desk: Desk,
  { rows }: Batch,
  { reason, deadlineReason, allowDuplicate }: Order,
): Promise<Checked[]> {
  const idOf = new Map(desk.visible.units.map(({ id, name }) => [name, id]))
  const taken = await numbersTaken(
    desk.doing.trx,
    desk.visible.assessment.id,
    rows.flatMap(({ numbered, finding }) => (numbered ? [finding.number] : [])),
  )
  const recordable = rows.filter(
    ({ finding: { kind, unitId } }) =>
      refusalToRecord(desk, { kind, unitId: idOf.get(unitId) ?? '' }) === null,
  )
  const kinds = [...new Set(recordable.map(({ finding }) => finding.kind))]
  const known = similarEntries(allowDuplicate ? [] : await knownFindings(desk, { kinds }))

  return rows.map((row): Checked => {
    const [notified, ...later] = row.finding.facts
    const deadline = notified?.type === 'notified' ? notified.deadline : null
    const finding: NewFinding = {
      kind: row.finding.kind,
      severity: row.finding.severity,
      unitId: idOf.get(row.finding.unitId) ?? '',
      what: row.finding.what,
      source: null,
      foundOn: null,
      notifiedOn: notified?.on ?? '',
      reason: notified && notified.on < desk.doing.today ? reason : null,
      deadline,
      deadlineReason: deadline === null ? null : deadlineReason,
      number: row.numbered ? row.finding.number : null,
    }
    const problem =
      later.length > 0
        ? new Problem('batch-course')
        : finding.what === ''
          ? new Problem('batch-empty')
          : finding.notifiedOn === ''
            ? new Problem('notice-missing')
            : row.numbered && taken(desk.charging.numbering(finding.unitId), row.finding.number)
              ? new Problem('number-taken', { params: { number: row.finding.number } })
              : problemWith(desk, finding)
    const similar = problem || allowDuplicate ? [] : known.to(finding)
    if (!problem && !allowDuplicate && similar.length === 0) {
      const unit = row.finding.unitId
      const number = `#${row.row}`
      const itself = { ...finding, findingId: '', number, fullNumber: number, unit, chargedUnit: unit }
      known.add({ ...itself, status: 'open' })
    }
    return { row, finding, problem, similar }
  })
}

/** The column whose cell mends what is wrong with a finding; other faults have none. */
const columnToMend: Readonly<Record<string, string>> = {
  'batch-empty': '事由',
  'notice-missing': '通知日期',
  'notice-in-future': '通知日期',
  'notice-before-year': '通知日期',
  'deadline-before-notice': '整改期限',
  'deadline-too-late': '整改期限',
  'number-taken': '编号',
}
const writtenIn: Readonly<Record<string, (finding: NewFinding) => string | null>> = {
  事由: ({ what }) => what,
  通知日期: ({ notifiedOn }) => notifiedOn,
  整改期限: ({ deadline }) => deadline,
  编号: ({ number }) => number,
}

function rowOf(
  { row, finding, problem, similar }: Checked,
  desk: Desk,
  batch: Batch,
  language: Language,
): ReportRow {
  const refusal =
    problem ??
    (similar.length > 0 ? new Problem('finding-duplicate', { params: { count: similar.length } }) : null)
  const told = refusal && problemDetails(refusal, language)
  const kind = desk.kinds.get(finding.kind)
  const severity = kind && severityOf(kind, finding.severity)
  const column = (problem && columnToMend[problem.code]) ?? null
  const written = batch.writtenUnit(row)
  return {
    sheet: row.sheet,
    row: row.row,
    column,
    ...(column === null ? {} : { written: writtenIn[column]?.(finding) ?? '' }),
    ...(word(written) === word(row.finding.unitId) ? {} : { writtenUnit: written }),
    outcome: problem ? 'error' : refusal ? 'duplicate' : 'new',
    ...(told ? { code: told.code, message: told.detail } : {}),
    unit: row.finding.unitId,
    kind: kind?.name ?? finding.kind,
    ...(kind && severity && kind.severities.length > 1 ? { severity: severity.name } : {}),
    ...(kind && severity ? { points: isLoss(kind) ? -severity.points : severity.points } : {}),
    what: finding.what,
    notifiedOn: finding.notifiedOn,
    ...(refusal ? { deadline: finding.deadline } : aheadOf(desk, finding)),
    ...(similar.length > 0 ? { similar: similar.map(({ fullNumber }) => fullNumber) } : {}),
  }
}

function countsOf(rows: readonly ReportRow[]): BatchReport['counts'] {
  const count = (counted: ReportRow['outcome']) => rows.filter(({ outcome }) => outcome === counted).length
  return {
    new: count('new'),
    duplicate: count('duplicate'),
    leftOut: count('left-out'),
    error: count('error'),
    today: rows.reduce((sum, { today = 0 }) => sum + today, 0),
  }
}

function refusal(rows: readonly ReportRow[]): Problem {
  const wrong = rows.filter(({ outcome }) => outcome === 'error' || outcome === 'duplicate')
  return problemOfParts('batch-invalid', wrong, rowError)
}

export const findingBatch = new Hono<AppEnv>().post(
  '/:id/findings/batch',
  allowIn('finding.record'),
  describe(
    '台账 · Ledger',
    '批量登记：从表格粘贴的文本（JSON 的 text），或者工作簿的台账表（multipart 的 file）；dryRun=1 只核对',
    'Record many findings: text pasted from a spreadsheet (JSON “text”), or the ledger sheet of a workbook (multipart “file”); all or nothing, dryRun=1 only checks',
    { 200: report, 201: report },
  ),
  validated('query', z.object({ dryRun: z.enum(['0', '1']).optional() })),
  async (c) => {
    const { language, visible: before } = c.var
    const dryRun = c.req.valid('query').dryRun === '1'
    const order = await orderIn(c.req, todayBy(c.var.deps))
    const batch = await readBatch(order.source, before, order.said, c.var.inThread)
    if (batch.rows.length + batch.problems.length + batch.skipped.length === 0)
      throw new Problem('batch-empty')
    const record = async (doing: DoingIn): Promise<Done<BatchReport>> => {
      const { visible } = doing
      if (visible.assessment.schemeId !== before.assessment.schemeId) throw new Problem('stale')
      const desk = await openDesk(doing, visible)
      const checked = await check(desk, batch, order)
      const meant: Meant = {
        units: visible.units.map(({ name }) => name),
        kinds: [...desk.kinds.values()].map(({ name }) => name),
        today: doing.today,
        year: visible.assessment.year,
      }
      const rows = [
        ...batch.problems.map((problem) => unreadCell(problem, meant, language)),
        ...batch.skipped.map((row) => skippedRow(row, language)),
        ...checked.map((row) => rowOf(row, desk, batch, language)),
      ].sort((a, b) => (a.row ?? 0) - (b.row ?? 0))
      const counts = countsOf(rows)
      const { tables } = batch
      if (dryRun) return nothingDone({ rows, counts, tables, committed: false })
      if (counts.error + counts.duplicate > 0) throw refusal(rows)
      const recorded = await recordFindings(
        desk,
        checked.map(({ finding }) => finding),
      )
      const ids = new Map(checked.map(({ row }, index) => [`${row.sheet} ${row.row}`, recorded[index]]))
      const withIds = rows.map((row) => {
        const finding = ids.get(`${row.sheet} ${row.row}`)
        return finding ? { ...row, findingId: finding.id, number: finding.number } : row
      })
      return { result: { rows: withIds, counts, tables, committed: true }, noted: notesOf(recorded, desk) }
    }
    const result = await actIn(c.var, c.req.param('id'), 'finding.record', record)
    return result.committed ? c.json(result, 201) : c.json(result, 200)
  },
)
