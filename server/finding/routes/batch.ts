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
import { cellError, rowError } from '../../http/cell-error.ts'
import { Problem, problemDetails, problemOfParts } from '../../http/problem.ts'
import { readBatch, type Batch, type BatchRow, type BatchSource } from '../batch-reading.ts'
import type { AppEnv } from '../../http/context.ts'
import { describe } from '../../http/describe.ts'
import {
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

const batchOutcomes = ['new', 'duplicate', 'error'] as const
const reportRow = z.object({
  sheet: z.string(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  outcome: z.enum(batchOutcomes),
  code: z.string().optional(),
  message: z.string().optional(),
  unit: z.string().optional(),
  kind: z.string().optional(),
  /** The severity by its word, where its kind has several; and the hundredths of a point that it takes (below 0) or gives. */
  severity: z.string().optional(),
  points: z.int().optional(),
  what: z.string().optional(),
  notifiedOn: z.string().optional(),
  deadline: z.string().nullable().optional(),
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
    counts: z.object({ new: z.int(), duplicate: z.int(), error: z.int() }),
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
}

async function orderIn(request: Parameters<typeof pastedOrFile>[0], today: Day): Promise<Order> {
  const { source, fields } = await pastedOrFile(request)
  const given = z.object(options).safeParse(fields)
  if (!given.success) throw new Problem('invalid-request', { params: { count: given.error.issues.length } })
  const { reason = null, deadlineReason = null, allowDuplicate } = given.data
  requireStorable({ deadlineReason, reason })
  if ('text' in source) return { source, reason, deadlineReason, allowDuplicate }
  const { file } = source
  return {
    source: { file: await bytesOf(file) },
    reason: reason ?? reasonOfImport(file.name, today),
    deadlineReason,
    allowDuplicate,
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

function rowOf({ row, finding, problem, similar }: Checked, desk: Desk, language: Language): ReportRow {
  const refusal =
    problem ??
    (similar.length > 0 ? new Problem('finding-duplicate', { params: { count: similar.length } }) : null)
  const told = refusal && problemDetails(refusal, language)
  const kind = desk.kinds.get(finding.kind)
  const severity = kind && severityOf(kind, finding.severity)
  return {
    sheet: row.sheet,
    row: row.row,
    column: null,
    outcome: problem ? 'error' : refusal ? 'duplicate' : 'new',
    ...(told ? { code: told.code, message: told.detail } : {}),
    unit: row.finding.unitId,
    kind: kind?.name ?? finding.kind,
    ...(kind && severity && kind.severities.length > 1 ? { severity: severity.name } : {}),
    ...(kind && severity ? { points: isLoss(kind) ? -severity.points : severity.points } : {}),
    what: finding.what,
    notifiedOn: finding.notifiedOn,
    deadline: finding.deadline,
    ...(similar.length > 0 ? { similar: similar.map(({ fullNumber }) => fullNumber) } : {}),
  }
}

const unreadRow = (problem: Batch['problems'][number], language: Language): ReportRow => ({
  ...cellError(problem, language),
  outcome: 'error',
})

function countsOf(rows: readonly ReportRow[]): BatchReport['counts'] {
  const counts = { new: 0, duplicate: 0, error: 0 }
  for (const { outcome } of rows) counts[outcome]++
  return counts
}

function refusal(rows: readonly ReportRow[]): Problem {
  const wrong = rows.filter(({ outcome }) => outcome !== 'new')
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
    const batch = await readBatch(order.source, before, c.var.inThread)
    if (batch.rows.length + batch.problems.length === 0) throw new Problem('batch-empty')
    const record = async (doing: DoingIn): Promise<Done<BatchReport>> => {
      const { visible } = doing
      if (visible.assessment.schemeId !== before.assessment.schemeId) throw new Problem('stale')
      const desk = await openDesk(doing, visible)
      const checked = await check(desk, batch, order)
      const rows = [
        ...batch.problems.map((problem) => unreadRow(problem, language)),
        ...checked.map((row) => rowOf(row, desk, language)),
      ].sort((a, b) => (a.row ?? 0) - (b.row ?? 0))
      const counts = countsOf(rows)
      if (dryRun) return nothingDone({ rows, counts, committed: false })
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
      return { result: { rows: withIds, counts, committed: true }, noted: notesOf(recorded, desk) }
    }
    const result = await actIn(c.var, c.req.param('id'), 'finding.record', record)
    return result.committed ? c.json(result, 201) : c.json(result, 200)
  },
)
