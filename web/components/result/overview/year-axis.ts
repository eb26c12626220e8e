import { addDays, daysBetween, type Day } from '#assessment/day'

/** A true time axis: where a day stands, from 0 to 1, and where each month begins. */
export interface YearAxis {
  readonly at: (day: Day) => number
  readonly months: readonly { readonly month: string; readonly at: number; readonly width: number }[]
}

const nextMonth = (month: string): string => addDays(`${month}-28`, 7).slice(0, 7)

/** The axis from the first day's month to the end of the last day's month. */
export function yearAxis(first: Day, last: Day): YearAxis {
  const from = `${first.slice(0, 7)}-01`
  const to = `${nextMonth(last.slice(0, 7))}-01`
  const length = daysBetween(from, to)
  const at = (day: Day): number => Math.max(0, Math.min(1, daysBetween(from, day) / length))
  const months = []
  for (let month = from.slice(0, 7); `${month}-01` < to; month = nextMonth(month)) {
    const begin = at(`${month}-01`)
    months.push({ month, at: begin, width: at(`${nextMonth(month)}-01`) - begin })
  }
  return { at, months }
}
