import type { Day } from '#assessment/day'
import type { WorkCalendar } from '#assessment/working-days'
import { shift } from './days.ts'
import { randomFor } from './random.ts'

/** When a unit's window was handed in and checked; days may lie in the future. */
export interface HandIn {
  readonly submittedOn: Day
  readonly returned: { readonly on: Day; readonly resubmittedOn: Day } | null
  /** The day each responsible unit verifies its areas. */
  readonly verifiedOn: (responsible: string | null) => Day
}

const never: Day = '9999-12-31'

/** Units that are behind in the current year, by window; the rest keep to the calendar. */
const behind: Readonly<Record<string, Readonly<Record<string, 'late' | 'returned' | 'half-verified'>>>> = {
  H1: { 市供销社: 'half-verified', 市地震局: 'late', 岚桥县政府: 'returned', 市公积金中心: 'half-verified' },
  H2: { 市气象局: 'returned', 澜江经开区管委会: 'half-verified', 市体育局: 'late' },
}

/** In the current year the stragglers stay behind as long as the window is the latest one. */
export function handInOf(
  unit: string,
  year: number,
  window: { readonly key: string; readonly dueOn: Day },
  isCurrent: boolean,
  calendar: WorkCalendar,
): HandIn {
  const random = randomFor(`${year} ${window.key} hand-in ${unit}`)
  const from = (day: Day, count: number): Day => shift(calendar, day, count)
  const trouble = isCurrent ? behind[window.key]?.[unit] : undefined
  // By the autumn even the last have caught up with the first window.
  const caughtUp = window.key === 'H1' ? `${year}-12-20` : never
  const submittedOn = trouble === 'late' ? from(window.dueOn, 4) : from(window.dueOn, -random.whole(0, 8))
  const isReturned = trouble === 'returned' || (trouble === undefined && random.chance(0.1))
  const returnedOn = from(submittedOn, random.whole(1, 3))
  const resubmittedOn = trouble === 'returned' ? caughtUp : from(returnedOn, random.whole(1, 4))
  const start = isReturned ? resubmittedOn : submittedOn
  const paces: Record<string, Day> = {}
  return {
    submittedOn,
    returned: isReturned ? { on: returnedOn, resubmittedOn } : null,
    verifiedOn: (responsible) => {
      if (start === never) return never
      if (trouble === 'half-verified' && responsible === '市司法局') return caughtUp
      return (paces[responsible ?? ''] ??= from(start, random.whole(1, 9)))
    },
  }
}
