import { addDays, type Day } from '../assessment/day.ts'
import type { OfUnit, Suspicion } from './suspicion.ts'

/** A column of a website 信息栏目 and how often it is to be updated. */
export interface ColumnRecord extends OfUnit {
  readonly column: string
  /** Days. */
  readonly everyDays: number
  readonly updatedOn: Day
}

export const columnSuspicions = <Kept extends ColumnRecord>(
  records: readonly Kept[],
  asOf: Day,
): Suspicion<Kept>[] =>
  records.flatMap((record): Suspicion<Kept>[] => {
    const { unit, column, everyDays, updatedOn } = record
    const due = addDays(updatedOn, everyDays)
    if (asOf <= due) return []
    return [
      { rule: 'column-stale', unit, record, due, on: null, params: { column, days: String(everyDays) } },
    ]
  })
