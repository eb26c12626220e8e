import type { Day } from '../assessment/day.ts'

/** Every rule of the registers, in the order in which suspicions on one record stand (records.md). */
export const monitorRules = [
  'disclosure-late',
  'change-late',
  'unreviewed',
  'reviewed-after',
  'request-late',
  'extension-late',
  'correction-late',
  'outcome-missing',
  'fee',
  'interview-content',
  'interview-announcement',
  'interview-questions',
  'interview-place',
  'interview-people',
  'interview-change',
  'interview-length',
  'interview-summary',
  'interview-count',
  'report-late',
  'column-stale',
  'cross-channels',
  'cross-documents',
  'cross-replies-channels',
  'cross-press',
  'cross-requests',
  'cross-closed',
  'cross-answers',
  'cross-reviews',
  'cross-lawsuits',
  'cross-staff',
  'cross-carried',
] as const
export type MonitorRule = (typeof monitorRules)[number]

/** What a rule finds wrong with a record; a person confirms or dismisses it (model §10). */
export interface Suspicion<Kept> {
  readonly rule: MonitorRule
  /** As written in the record; empty where it concerns none. */
  readonly unit: string
  /** The record it hangs on; null where it is the register as a whole. */
  readonly record: Kept | null
  /** The last day on which the act was in time. */
  readonly due: Day | null
  /** The day on which it was done. */
  readonly on: Day | null
  /** What the words of the rule tell: figures and days. */
  readonly params: Readonly<Record<string, string>>
}

/** What every record of a register has. */
export interface OfUnit {
  readonly unit: string
}

/** A day that has come: an act dated later has not happened yet (records.md, reading 1). */
export const come = (day: Day | null, asOf: Day): Day | null => (day !== null && day <= asOf ? day : null)

/** Whether an act due on a day is late as of another: missing although the day is past, or done after it. */
export const isLate = (act: Day | null, due: Day, asOf: Day): boolean =>
  act === null ? asOf > due : act > due

/** A name as it is compared: NFKC, without blanks. */
export const nameKey = (name: string): string => name.normalize('NFKC').replace(/[\s\u200b\ufeff]+/g, '')
