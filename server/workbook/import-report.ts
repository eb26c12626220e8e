import { z } from 'zod'
import type { SchemeChange } from '#assessment/rule/scheme-diff'
import { fieldOf, partOf } from '#assessment/rule/scheme-nodes'
import { schemeSheets } from '#assessment/rule/scheme-words'
import {
  type Problem as BookProblem,
  type Warning,
  describe as placed,
} from '../exchange/spreadsheet/messages.ts'
import { conflictTexts } from '../exchange/workbook/import-conflicts.ts'
import type { ImportPlan } from '../exchange/workbook/import-plan.ts'
import { importOutcomes, type ImportOutcome, type PlannedRow } from '../exchange/workbook/planned-row.ts'
import { type Language } from '#assessment/language'
import { cellError, rowError } from '../http/cell-error.ts'
import { problemOfParts, type Problem } from '../http/problem.ts'

const ROWS = 1000

const reportRow = z.object({
  sheet: z.string(),
  row: z.int().nullable(),
  column: z.string().nullable(),
  outcome: z.enum(importOutcomes),
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
  })
  .meta({ id: 'ImportReport' })
export type ImportReport = z.infer<typeof importReport>

/** The first rows, and every error as long as they are not too many. */
function boundedRows(rows: readonly ReportRow[]): ReportRow[] {
  let errors = 0
  return rows.filter((row, index) => (row.outcome === 'error' ? ++errors <= ROWS : index < ROWS))
}

function countsOf(
  rows: readonly { readonly sheet: string; readonly outcome: ImportOutcome }[],
): ImportReport['counts'] {
  const counts: ImportReport['counts'] = {}
  for (const { sheet, outcome } of rows) {
    const held = (counts[sheet] ??= { new: 0, same: 0, changed: 0, error: 0 })
    held[outcome]++
  }
  return counts
}

const warningTexts = (warnings: readonly Warning[], language: Language): string[] =>
  warnings.slice(0, ROWS).map((warning) => placed(warning, language))

/** Where the sheets of a scheme say otherwise than the one in use, each column once; what came or went stands for all that is in it. */
export function schemeConflicts(differences: readonly SchemeChange[]): PlannedRow[] {
  const wholes = differences.filter(({ field, trail }) => field === null && trail.length > 0)
  const places = differences
    .filter(
      ({ trail }) =>
        !wholes.some(
          (whole) =>
            whole.trail.length < trail.length && whole.trail.every((name, index) => name === trail[index]),
        ),
    )
    .map(({ part, field }) => {
      const told = fieldOf(part, field ?? 'name')
      return { sheet: schemeSheets[told?.sheet ?? partOf(part).sheet], column: told?.cell }
    })
  return [...new Map(places.map((place) => [`${place.sheet} ${place.column}`, place])).values()].map(
    (place) => ({ ...place, row: 1, outcome: 'error', conflict: 'scheme-differs' }),
  )
}

export function reportOf(
  rows: ImportPlan['rows'],
  warnings: readonly Warning[],
  language: Language,
  { committed, newScheme }: Pick<ImportReport, 'committed' | 'newScheme'>,
): ImportReport {
  const told = rows.map(({ sheet, row, column, outcome, conflict }): ReportRow => ({
    sheet,
    row,
    column: column ?? null,
    outcome,
    ...(conflict ? { code: conflict, message: conflictTexts[conflict][language] } : {}),
  }))
  return {
    rows: boundedRows(told),
    counts: countsOf(rows),
    warnings: warningTexts(warnings, language),
    committed,
    newScheme,
  }
}

/** The report of a workbook that cannot be read, or not without errors. */
export function refusedReport(
  problems: readonly BookProblem[],
  warnings: readonly Warning[],
  language: Language,
): ImportReport {
  const rows = problems.map((problem): ReportRow => ({ ...cellError(problem, language), outcome: 'error' }))
  return {
    rows: boundedRows(rows),
    counts: countsOf(rows),
    warnings: warningTexts(warnings, language),
    committed: false,
    newScheme: false,
  }
}

export const hasErrors = (rows: readonly { readonly outcome: ImportOutcome }[]): boolean =>
  rows.some(({ outcome }) => outcome === 'error')

/** An import with errors, as a problem for programs that only look at the status. */
export function refusalOf(report: ImportReport): Problem {
  const errors = report.rows.filter(({ outcome }) => outcome === 'error')
  return problemOfParts('workbook-invalid', errors, rowError)
}
