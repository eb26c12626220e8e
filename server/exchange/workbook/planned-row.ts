import type { Origin } from '../spreadsheet/place.ts'
import type { ImportConflict } from './import-conflicts.ts'

export const importOutcomes = ['new', 'same', 'changed', 'error'] as const
export type ImportOutcome = (typeof importOutcomes)[number]

/** What becomes of one row of the workbook. */
export interface PlannedRow extends Origin {
  /** Where in the row, if a single cell says it. */
  readonly column?: string | undefined
  readonly outcome: ImportOutcome
  readonly conflict: ImportConflict | null
  /** What the row is about, and its values; none for what is no row of its own. */
  readonly told?: readonly string[]
}

/** What becomes of a row, before it is said where it stands. */
export interface Verdict {
  readonly outcome: ImportOutcome
  readonly conflict?: ImportConflict
}
