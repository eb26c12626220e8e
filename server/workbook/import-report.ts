import { z } from 'zod'
import {
  type Problem as BookProblem,
  type Warning,
  describe as placed,
} from '../exchange/spreadsheet/messages.ts'
import { conflictTexts } from '../exchange/workbook/import-conflicts.ts'
import {
  boundedRows,
  boundedWarnings,
  countsOf,
  type ImportSummary,
} from '../exchange/workbook/planned-import.ts'
import { importOutcomes } from '../exchange/workbook/planned-row.ts'
import { type Language } from '#assessment/language'
import { cellError, rowError } from '../http/cell-error.ts'
import { problemOfParts, type Problem } from '../http/problem.ts'

const reportRow = z.object({
  sheet: z.string(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  outcome: z.enum(importOutcomes),
  /** What the row is about, and its values. */
  told: z.array(z.string()),
  code: z.string().optional(),
  message: z.string().optional(),
})
type ReportRow = z.infer<typeof reportRow>

const tally = z.object({ new: z.int(), same: z.int(), changed: z.int(), error: z.int() })

/** What an import did, or would do; rows are bounded, counts are not. */
export const importReport = z
  .object({
    rows: z.array(reportRow),
    counts: z.record(z.string(), tally),
    warnings: z.array(z.string()),
    committed: z.boolean(),
    newScheme: z.boolean(),
    /** Whether its findings are history: what units have known of since the days that it says. */
    history: z.boolean(),
  })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.infer<typeof importReport>

const warningTexts = (warnings: readonly Warning[], language: Language): string[] =>
  boundedWarnings(warnings).map((warning) => placed(warning, language))

export const reportOf = (
  summary: ImportSummary,
  language: Language,
  how: Pick<ImportReport, 'committed' | 'history'>,
): ImportReport => ({
  rows: summary.rows.map(({ sheet, row, column, outcome, conflict, told }): ReportRow => ({
    sheet,
    row,
    column: column ?? null,
    outcome,
    told: [...(told ?? [])],
    ...(conflict ? { code: conflict, message: conflictTexts[conflict][language] } : {}),
  })),
  counts: summary.counts,
  warnings: warningTexts(summary.warnings, language),
  newScheme: summary.newScheme,
  ...how,
})

/** The report of a workbook that cannot be read, or not without errors. */
export function refusedReport(
  problems: readonly BookProblem[],
  warnings: readonly Warning[],
  language: Language,
): ImportReport {
  const rows = problems.map((problem): ReportRow => ({
    ...cellError(problem, language),
    outcome: 'error',
    told: [],
  }))
  return {
    rows: boundedRows(rows),
    counts: countsOf(rows),
    warnings: warningTexts(warnings, language),
    committed: false,
    newScheme: false,
    history: false,
  }
}

/** An import with errors, as a problem for programs that only look at the status. */
export function refusalOf(report: ImportReport): Problem {
  const errors = report.rows.filter(({ outcome }) => outcome === 'error')
  return problemOfParts('workbook-invalid', errors, rowError)
}
