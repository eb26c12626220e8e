import { createHash } from 'node:crypto'
import { adoptScheme } from '../../db/assessments.ts'
import { loadFacts } from '../../db/facts.ts'
import { newId } from '../../db/ids.ts'
import { insertImport } from '../../db/imports.ts'
import { moveStage } from '../../db/stages.ts'
import { insertWindows, listWindows } from '../../db/windows.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { visibleTo } from '../access/visibility.ts'
import { actIn, done, nothingDone, stamp, type Actor } from '../act.ts'
import type { Facts } from '#assessment/score/facts'
import { detailSheets } from '#assessment/rule/scheme-words'
import type { Warning } from '../exchange/spreadsheet/messages.ts'
import { planImport } from '../exchange/workbook/import-plan.ts'
import { schemeBroughtBy } from '../exchange/workbook/import-scheme.ts'
import type { WithThreads } from '../jobs/jobs.ts'
import { readBook } from '../jobs/read-workbook.ts'
import type { Language } from '#assessment/language'
import { reasonOfImport } from '../finding/record.ts'
import { Problem } from '../http/problem.ts'
import { hasErrors, refusedReport, reportOf, schemeConflicts, type ImportReport } from './import-report.ts'
import { sizeOf, writePlan } from './import-write.ts'
import { storeScheme, windowsOf } from '../scheme/stored.ts'

export interface ImportOrder {
  readonly assessmentId: string
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
  readonly dryRun: boolean
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
export async function runImport(actor: Actor & WithThreads, order: ImportOrder): Promise<ImportReport> {
  const { assessmentId, file, dryRun, language, signal } = order
  const { scheme: readWith, assessment: before } = await visibleTo(actor, assessmentId)
  requireActivity(before, 'import')
  const reading = await readBook(file.bytes, { scheme: readWith, signal, inThread: actor.inThread })
  if (!reading.ok) return refusedReport(reading.problems, reading.warnings, language)
  const { book } = reading
  const { year = before.year } = book.facts
  const early = book.facts.findings.filter(({ facts }) => facts.some(({ on }) => on < before.startsOn)).length
  const place = { row: null, column: null }
  const warnings: readonly Warning[] = [
    ...reading.warnings,
    ...(year === before.year
      ? []
      : [
          {
            ...place,
            code: 'year-differs' as const,
            sheet: detailSheets.rules,
            params: { value: year, year: before.year },
          },
        ]),
    ...(early === 0
      ? []
      : [
          { ...place, code: 'before-year' as const, sheet: null, params: { n: early, day: before.startsOn } },
        ]),
  ]

  return actIn(actor, assessmentId, 'workbook.import', async (doing) => {
    const { trx, by, at, today, visible } = doing
    const { assessment, scheme, units, participants } = visible
    if (assessment.schemeId !== before.schemeId || assessment.stage !== before.stage)
      throw new Problem('stale')
    const existing = await loadFacts(trx, assessmentId)
    const plan = planImport(book, existing, assessment.unitId, today)
    const brought = schemeBroughtBy(book, scheme, isEmpty(existing))
    const rows =
      brought && !isEmpty(existing) ? [...schemeConflicts(brought.differences), ...plan.rows] : plan.rows
    const newScheme = brought !== null && isEmpty(existing)
    const size = sizeOf(plan)
    const report = (committed: boolean) => reportOf(rows, warnings, language, { committed, newScheme })
    if (dryRun || hasErrors(rows)) return nothingDone(report(false))
    if (size === 0 && !brought) return nothingDone(report(true))

    order.onProgress(0, size)
    if (brought) {
      const schemeId = await storeScheme(trx, brought.scheme, by.id, at)
      await adoptScheme(trx, assessmentId, schemeId)
      const held = new Set(
        (await listWindows(trx, assessmentId)).map(({ component, key }) => `${component} ${key}`),
      )
      const opened = windowsOf(brought.scheme, assessmentId, assessment.year)
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
      ...stamp(doing),
    })
    await writePlan(trx, plan, {
      assessment,
      scheme: brought?.scheme ?? scheme,
      importId,
      accountId: by.id,
      reason: reasonOfImport(file.name, today),
      today,
      at,
      units,
      participants: participants.length,
      onProgress: (done) => order.onProgress(done, size),
      signal,
    })
    // What a workbook brings is there already: it opens the year without its checklist.
    if (assessment.stage === 'draft' && size > 0)
      await moveStage(trx, {
        assessmentId,
        stage: 'open',
        onDay: today,
        reason: `导入工作簿 ${file.name}`,
        ...stamp(doing),
      })
    signal.throwIfAborted()
    const detail = { import: importId, file: file.name, rows: size }
    return done(report(true), { subject: assessmentId, detail })
  })
}
