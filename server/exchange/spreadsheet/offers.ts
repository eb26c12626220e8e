import { isDay, type Day } from '../../assessment/day.ts'
import { typedDay } from '../../assessment/typed.ts'
import type { Problem } from './messages.ts'
import { similarNames } from '../../assessment/similar-names.ts'

/** What a cell that could not be read may have meant, the likeliest first; for a person to choose. */
export interface Offers {
  readonly texts: readonly string[]
  /** Whether the same text means the same in the next table: names do, days do not. */
  readonly lasts: boolean
}

/** What is known of what the cells of a table may say. */
export interface Meant {
  readonly units: readonly string[]
  readonly kinds: readonly string[]
  readonly today: Day
  /** The assessed year, in which a day without one most likely lies. */
  readonly year: number
}

const none: Offers = { texts: [], lasts: false }
const alike = (written: string, names: readonly string[]): Offers => ({
  texts: similarNames(
    written,
    names.map((name) => ({ name })),
  ).map(({ name }) => name),
  lasts: true,
})

/** Columns of days that may still be to come; all others tell what was. */
const aheadColumns: ReadonlySet<string | null> = new Set(['整改期限'])

/** A day without a year in the assessed year, or in the next; of the two a past one first, and none that could not be recorded yet. */
function daysMeant(written: string, column: string | null, { today, year }: Meant): Offers {
  const days = [year, year + 1].flatMap((each) => {
    const read = typedDay(written, today, each)
    const day = 'offer' in read && read.offer !== null && isDay(read.offer) ? read.offer : null
    return day !== null && (day <= today || aheadColumns.has(column)) ? [day] : []
  })
  return { texts: days.sort((a, b) => Number(a > today) - Number(b > today)), lasts: false }
}

/** What may have been meant by the cell that a problem is about. */
export function offersFor(
  { code, params, column = null }: Pick<Problem, 'code' | 'params' | 'column'>,
  meant: Meant,
): Offers {
  const written = String(params.value ?? '')
  switch (code) {
    case 'unknown-unit':
    case 'no-such-unit':
      return alike(written, meant.units)
    case 'unknown-kind':
      return alike(written, meant.kinds)
    case 'unknown-word':
    case 'unknown-severity':
      return alike(written, String(params.words ?? '').split('、'))
    case 'day-without-year':
      return daysMeant(written, column, meant)
    case 'odd-comma':
      return { texts: [String(params.offer)], lasts: false }
    default:
      return none
  }
}
