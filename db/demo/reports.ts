import type { Transaction } from 'kysely'
import type { Day } from '#assessment/day'
import { sha256 } from '../frozen-facts.ts'
import { insertReport } from '../reports.ts'
import { insertSuspicions, saveMonitorKind } from '../suspicions.ts'
import type { SuspicionRow, Tables } from '../tables.ts'
import { reportText, reportUnits } from './report-texts.ts'

/** An annual report of the fictional city. */
export interface DemoReport {
  readonly unitId: string
  readonly unit: string
  readonly year: number
  readonly text: string
}

/** What the monitor says of a report, as its rows have it. */
export interface WatchedReport {
  /** JSON. */
  readonly observations: string
  readonly suspected: readonly Omit<
    SuspicionRow,
    'id' | 'seq' | 'assessmentId' | 'recordId' | 'onDay' | 'recordedBy' | 'recordedAt'
  >[]
}
export type Watch = (reports: readonly DemoReport[]) => readonly WatchedReport[]

/** The kind under which the office puts what is wrong with annual reports. */
const kind = '调度和网上检查'

/** Lets a dozen units report on the year before; what is wrong with some of it waits on the desk. */
export async function insertReports(
  trx: Transaction<Tables>,
  context: {
    readonly assessmentId: string
    readonly year: number
    readonly today: Day
    readonly at: string
    readonly recordedBy: string | null
    readonly unitId: (name: string) => string
    readonly newId: () => string
    readonly watch: Watch
  },
): Promise<void> {
  const { assessmentId, year, today, at, recordedBy, unitId, newId, watch } = context
  const reports = reportUnits.map((unit, index) => ({
    unitId: unitId(unit),
    unit,
    year: year - 1,
    text: reportText(unit, year - 1, index),
  }))
  const watched = watch(reports)
  const recorded = { recordedBy, recordedAt: at }
  for (const [index, report] of reports.entries()) {
    const { observations = '[]', suspected = [] } = watched[index] ?? {}
    const id = newId()
    await insertReport(trx, {
      id,
      assessmentId,
      unitId: report.unitId,
      year: report.year,
      version: 1,
      fileName: `${report.unit}${report.year}年政府信息公开工作年度报告.txt`,
      sha256: sha256(report.text),
      body: report.text,
      observations,
      evidenceId: null,
      ...recorded,
    })
    await insertSuspicions(
      trx,
      suspected.map((one) => ({
        ...one,
        id: newId(),
        assessmentId,
        recordId: id,
        onDay: today,
        ...recorded,
      })),
    )
  }
  await saveMonitorKind(trx, { assessmentId, monitor: 'report', kind })
}
