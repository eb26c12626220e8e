import type { Day } from '../../assessment/day.ts'
import type { SchemeChange } from '../../assessment/rule/scheme-diff.ts'
import { fieldOf, partOf } from '../../assessment/rule/scheme-nodes.ts'
import { detailSheets, schemeSheets } from '../../assessment/rule/scheme-words.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { Facts } from '../../assessment/score/facts.ts'
import type { Warning } from '../spreadsheet/messages.ts'
import type { BookReading } from './book.ts'
import { planImport, type ImportPlan } from './import-plan.ts'
import { schemeBroughtBy } from './import-scheme.ts'
import type { ImportOutcome, PlannedRow } from './planned-row.ts'

/** An assessment as a workbook finds it, on a day. */
export interface Present {
  readonly assessment: {
    readonly id: string
    readonly year: number
    readonly startsOn: Day
    readonly unitId: string
  }
  readonly scheme: Scheme
  readonly facts: Facts
  readonly today: Day
}

interface PlannedImport {
  readonly plan: ImportPlan
  /** The scheme that the workbook brings where there are no facts yet, unless it says the same as the one in use. */
  readonly brought: Scheme | null
  readonly rows: readonly PlannedRow[]
  readonly warnings: readonly Warning[]
}

const isEmpty = ({ findings, verified, external, submissions }: Facts): boolean =>
  findings.length + verified.length + external.length + submissions.length === 0

/** Where the sheets of a scheme say otherwise than the one in use, each column once; what came or went stands for all that is in it. */
function schemeConflicts(differences: readonly SchemeChange[]): PlannedRow[] {
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

/** What is well to know of a workbook in this assessment: that it is of another year, or tells of days before its year. */
function strayed(
  { year, findings }: Facts,
  { year: own, startsOn }: Present['assessment'],
): readonly Warning[] {
  const place = { row: null, column: null }
  const early = findings.filter(({ facts }) => facts.some(({ on }) => on < startsOn)).length
  const warnings: Warning[] = []
  if (year !== undefined && year !== own)
    warnings.push({
      ...place,
      code: 'year-differs',
      sheet: detailSheets.rules,
      params: { value: year, year: own },
    })
  if (early > 0)
    warnings.push({ ...place, code: 'before-year', sheet: null, params: { n: early, day: startsOn } })
  return warnings
}

/** What importing a workbook would do in an assessment; another rule than the one that facts rest on is an error. Pure. */
export function plannedImport(
  { book, warnings }: Extract<BookReading, { ok: true }>,
  { assessment, scheme, facts, today }: Present,
): PlannedImport {
  const plan = planImport(book, facts, assessment.unitId, today)
  const isFirst = isEmpty(facts)
  const brought = schemeBroughtBy(book, scheme, isFirst)
  return {
    plan,
    brought: isFirst ? (brought?.scheme ?? null) : null,
    rows: [...(isFirst || !brought ? [] : schemeConflicts(brought.differences)), ...plan.rows],
    warnings: [...warnings, ...strayed(book.facts, assessment)],
  }
}

export const hasErrors = ({ rows }: Pick<PlannedImport, 'rows'>): boolean =>
  rows.some(({ outcome }) => outcome === 'error')

/** What an import does, in short: rows and warnings are bounded, counts are not. */
export interface ImportSummary {
  readonly rows: readonly PlannedRow[]
  readonly counts: Readonly<Record<string, Readonly<Record<ImportOutcome, number>>>>
  readonly warnings: readonly Warning[]
  readonly newScheme: boolean
}

const ROWS = 1000

/** The first rows, and every error as long as they are not too many. */
export function boundedRows<Row extends { readonly outcome: ImportOutcome }>(rows: readonly Row[]): Row[] {
  let errors = 0
  return rows.filter((row, index) => (row.outcome === 'error' ? ++errors <= ROWS : index < ROWS))
}

/** How many rows of each sheet there are of each outcome. */
export function countsOf(
  rows: readonly { readonly sheet: string; readonly outcome: ImportOutcome }[],
): ImportSummary['counts'] {
  const counts: Record<string, Record<ImportOutcome, number>> = {}
  for (const { sheet, outcome } of rows) {
    const held = (counts[sheet] ??= { new: 0, same: 0, changed: 0, error: 0 })
    held[outcome]++
  }
  return counts
}

export const boundedWarnings = (warnings: readonly Warning[]): readonly Warning[] => warnings.slice(0, ROWS)

export const summaryOf = (planned: PlannedImport): ImportSummary => ({
  rows: boundedRows(planned.rows),
  counts: countsOf(planned.rows),
  warnings: boundedWarnings(planned.warnings),
  newScheme: planned.brought !== null,
})

/** What an import would do, or why its workbook cannot be read. */
export type ImportPreview =
  Extract<BookReading, { ok: false }> | { readonly ok: true; readonly summary: ImportSummary }
