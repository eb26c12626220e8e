import { createHash } from 'node:crypto'
import { adoptScheme } from '../../db/assessments.ts'
import type { Day } from '#assessment/day'
import { whereaboutsOf } from '../../db/dialect.ts'
import { loadFacts } from '../../db/facts.ts'
import { newId } from '../../db/ids.ts'
import { insertImport } from '../../db/imports.ts'
import { moveStage } from '../../db/stages.ts'
import { insertWindows, listWindows } from '../../db/windows.ts'
import { requireActivity } from '../access/stage-rules.ts'
import { visibleTo } from '../access/visibility.ts'
import { actIn, done, nothingDone, stamp, type Actor } from '../act.ts'
import { hasErrors, plannedImport, summaryOf } from '../exchange/workbook/planned-import.ts'
import type { WithThreads } from '../jobs/jobs.ts'
import { readBook, readImport } from '../jobs/read-workbook.ts'
import type { Language } from '#assessment/language'
import { reasonOfImport } from '../finding/record.ts'
import { Problem } from '../http/problem.ts'
import { refusedReport, reportOf, type ImportReport } from './import-report.ts'
import { sizeOf, writePlan } from './import-write.ts'
import { storeScheme, windowsOf } from '../scheme/stored.ts'
import { dayInChina } from '../today.ts'

export interface ImportOrder {
  readonly assessmentId: string
  readonly file: { readonly name: string; readonly bytes: Uint8Array }
  /** Whether units have known of its findings since the days that it says; by default they have where the year is over. */
  readonly history?: boolean | undefined
  readonly language: Language
  readonly signal: AbortSignal
  readonly onProgress: (done: number, of: number) => void
}

/** A year that is over was told to its units long ago. */
const isHistory = ({ history }: Pick<ImportOrder, 'history'>, year: number, today: Day): boolean =>
  history ?? year < Number(today.slice(0, 4))

/** What an import would do. Throws the signal's reason on cancelling. */
export async function previewImport(
  actor: Actor & WithThreads,
  asked: Omit<ImportOrder, 'onProgress'>,
): Promise<ImportReport> {
  const { deps, inThread } = actor
  const { assessmentId, file, language, signal } = asked
  const { scheme, assessment } = await visibleTo(actor, assessmentId)
  requireActivity(assessment, 'import')
  const order = {
    bytes: file.bytes,
    whereabouts: whereaboutsOf(deps.db),
    assessment,
    scheme,
    today: dayInChina(deps.clock()),
  }
  const history = isHistory(asked, assessment.year, order.today)
  const preview = await readImport(order, { signal, inThread })
  return preview.ok
    ? reportOf(preview.summary, language, { committed: false, history })
    : refusedReport(preview.problems, preview.warnings, language)
}

/**
 * Reads a workbook and adds what is new in it, all in one transaction: everything, or nothing when a row is wrong or the caller goes away.
 * Throws the signal's reason on cancelling.
 */
export async function runImport(actor: Actor & WithThreads, order: ImportOrder): Promise<ImportReport> {
  const { assessmentId, file, language, signal } = order
  const { scheme: readWith, assessment: before } = await visibleTo(actor, assessmentId)
  requireActivity(before, 'import')
  const reading = await readBook(file.bytes, { scheme: readWith, signal, inThread: actor.inThread })
  if (!reading.ok) return refusedReport(reading.problems, reading.warnings, language)

  return actIn(actor, assessmentId, 'workbook.import', async (doing) => {
    const { trx, by, at, today, visible } = doing
    const { assessment, scheme, units, participants } = visible
    if (assessment.schemeId !== before.schemeId || assessment.stage !== before.stage)
      throw new Problem('stale')
    const facts = await loadFacts(trx, assessmentId)
    const planned = plannedImport(reading, { assessment, scheme, facts, today })
    const { plan, brought } = planned
    const size = sizeOf(plan)
    const history = isHistory(order, assessment.year, today)
    const report = (committed: boolean) => reportOf(summaryOf(planned), language, { committed, history })
    if (hasErrors(planned)) return nothingDone(report(false))
    if (size === 0 && !brought) return nothingDone(report(true))

    order.onProgress(0, size)
    if (brought) {
      const schemeId = await storeScheme(trx, brought, by.id, at)
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
      ...stamp(doing),
    })
    await writePlan(trx, plan, {
      assessment,
      scheme: brought ?? scheme,
      importId,
      history,
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
    const detail = { import: importId, file: file.name, rows: size, history }
    return done(report(true), { subject: assessmentId, detail })
  })
}
