import { createHash } from 'node:crypto'
import { adoptScheme, touchAssessment } from '../../db/assessments.ts'
import { appendAudit } from '../../db/audit.ts'
import { loadFacts } from '../../db/facts.ts'
import { newId } from '../../db/ids.ts'
import { insertImport } from '../../db/imports.ts'
import { moveStage } from '../../db/stages.ts'
import { insertWindows, listWindows } from '../../db/windows.ts'
import type { Scope } from '../access/permissions.ts'
import type { Account } from '../access/session.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { visibleAssessment } from '../access/visibility.ts'
import type { Deps } from '../deps.ts'
import type { Facts } from '#assessment/score/facts'
import { planImport } from '../exchange/workbook/import-plan.ts'
import { schemeBroughtBy } from '../exchange/workbook/import-scheme.ts'
import { readBook } from '../exchange/workbook/read-workbook.ts'
import type { Language } from '#assessment/language'
import { Problem } from '../http/problem.ts'
import { dayInChina } from '../today.ts'
import { hasErrors, refusedReport, reportOf, schemeConflicts, type ImportReport } from './import-report.ts'
import { sizeOf, writePlan } from './import-write.ts'
import { storeScheme, windowsOf } from '../scheme/stored.ts'

export interface ImportOrder {
  readonly assessmentId: string
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
  readonly dryRun: boolean
  readonly account: Account
  readonly scope: Scope
  readonly language: Language
  readonly signal: AbortSignal
  readonly onProgress: (done: number, of: number) => void
}

const isEmpty = (facts: Facts): boolean =>
  facts.findings.length + facts.verified.length + facts.external.length + facts.submissions.length === 0

/**
 * Reads a workbook and adds what is new in it, all in one transaction: everything, or nothing when a row is wrong, the caller goes
 * away or a dry run was asked for. Throws the signal's reason on cancelling.
 */
export async function runImport({ db, clock }: Deps, order: ImportOrder): Promise<ImportReport> {
  const { assessmentId, file, dryRun, account, scope, language, signal } = order
  const { scheme: readWith, assessment: before } = await visibleAssessment(db, account, scope, assessmentId)
  requireActivity(before, 'import')
  const reading = await readBook(file.bytes, { scheme: readWith, signal })
  if (!reading.ok) return refusedReport(reading.problems, reading.warnings, language)
  const { book, warnings } = reading

  return db.transaction().execute(async (trx) => {
    const { assessment, scheme, units, participants } = await visibleAssessment(
      trx,
      account,
      scope,
      assessmentId,
    )
    if (assessment.schemeId !== before.schemeId || assessment.stage !== before.stage)
      throw new Problem('stale')
    const existing = await loadFacts(trx, assessmentId)
    const plan = planImport(book, existing)
    const brought = schemeBroughtBy(book, scheme, isEmpty(existing))
    const rows = brought && !isEmpty(existing) ? [...schemeConflicts(book), ...plan.rows] : plan.rows
    const newScheme = brought !== null && isEmpty(existing)
    const size = sizeOf(plan)
    if (dryRun || hasErrors(rows)) return reportOf(rows, warnings, language, { committed: false, newScheme })
    if (size === 0 && !brought) return reportOf(rows, warnings, language, { committed: true, newScheme })

    order.onProgress(0, size)
    const at = clock().toISOString()
    if (brought) {
      const schemeId = await storeScheme(trx, brought, account.id, at)
      await adoptScheme(trx, assessmentId, schemeId)
      const held = new Set(
        (await listWindows(trx, assessmentId)).map(({ component, key }) => `${component} ${key}`),
      )
      const opened = windowsOf(brought, assessmentId, assessment.year)
      await insertWindows(
        trx,
        opened.filter(({ component, key }) => !held.has(`${component} ${key}`)),
      )
    }
    const importId = newId()
    await insertImport(trx, {
      id: importId,
      assessmentId,
      fileName: file.name,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      rowsAdded: size,
      recordedBy: account.id,
      recordedAt: at,
    })
    await writePlan(trx, plan, {
      assessment,
      importId,
      accountId: account.id,
      at,
      units,
      participants: participants.length,
      onProgress: (done) => order.onProgress(done, size),
      signal,
    })
    // What a workbook brings is there already: it opens the year without its checklist.
    if (assessment.stage === 'draft' && size > 0)
      await moveStage(trx, {
        id: newId(),
        assessmentId,
        stage: 'open',
        onDay: dayInChina(clock()),
        reason: `导入工作簿 ${file.name}`,
        recordedBy: account.id,
        recordedAt: at,
      })
    await touchAssessment(trx, assessmentId)
    await appendAudit(trx, {
      at,
      accountId: account.id,
      action: 'workbook.import',
      subject: assessmentId,
      detail: { import: importId, file: file.name, rows: size },
    })
    signal.throwIfAborted()
    return reportOf(rows, warnings, language, { committed: true, newScheme })
  })
}
