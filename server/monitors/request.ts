import { addDays, type Day } from '../assessment/day.ts'
import { compare, decimal, zero, type Decimal } from '../assessment/rational.ts'
import { addWorkingDays, isWorkingDay, type WorkCalendar } from '../assessment/working-days.ts'
import { come, isLate, type OfUnit, type Suspicion } from './suspicion.ts'

/** One request for disclosure 依申请公开. */
export interface RequestRecord extends OfUnit {
  readonly number: string
  readonly receivedOn: Day
  /** 补正告知 and 补正. */
  readonly correctionAskedOn: Day | null
  readonly correctedOn: Day | null
  /** 征求意见 and 意见收到: the days between do not count. */
  readonly consultedOn: Day | null
  readonly opinionOn: Day | null
  /** 延期告知. */
  readonly extendedOn: Day | null
  readonly answeredOn: Day | null
  readonly outcome: string
  /** 元. */
  readonly fee: Decimal | null
}

/** From this day the regulation of 2019 decides (国务院令第 711 号). */
const NEW_REGULATION = '2019-05-15'
/** Working days to answer, and again as many when extended. */
const timeOf = (receivedOn: Day): number => (receivedOn < NEW_REGULATION ? 15 : 20)

/** The clock of one request on a day: both last days, null while it does not run or stands still. */
export interface RequestClock {
  /** The last day of the first time. */
  readonly first: Day | null
  readonly isExtended: boolean
  /** The last day to answer. */
  readonly last: Day | null
}

/** Consultations of decades would be a typing error; no loop over days is endless. */
const MOST_DAYS = 3660

/** The day on which `count` working days after `start` have passed, those of a consultation left out; null where it stands still before. */
function lastDayAfter(
  start: Day,
  count: number,
  { consultedOn, opinionOn }: { readonly consultedOn: Day | null; readonly opinionOn: Day | null },
  calendar: WorkCalendar,
): Day | null {
  if (consultedOn === null) return addWorkingDays(calendar, start, count)
  let day = start
  let left = count
  for (let step = 0; step < MOST_DAYS && left > 0; step++) {
    day = addDays(day, 1)
    const stands = day > consultedOn && (opinionOn === null || day <= opinionOn)
    if (stands && opinionOn === null) return null
    if (!stands && isWorkingDay(calendar, day)) left--
  }
  return left === 0 ? day : null
}

/** How the time of a request runs, as of a day (条例 2007 第二十四条, 2019 第三十、三十三条). */
export function requestClock(record: RequestRecord, asOf: Day, calendar: WorkCalendar): RequestClock {
  const asked = come(record.correctionAskedOn, asOf)
  const corrected = come(record.correctedOn, asOf)
  const extendedOn = come(record.extendedOn, asOf)
  const start = asked === null ? record.receivedOn : corrected
  const pause = { consultedOn: come(record.consultedOn, asOf), opinionOn: come(record.opinionOn, asOf) }
  const time = timeOf(record.receivedOn)
  const first = start === null ? null : lastDayAfter(start, time, pause, calendar)
  // Told while the clock stands still, an extension is in time.
  const isExtended = extendedOn !== null && (first === null || extendedOn <= first)
  const last = isExtended && start !== null ? lastDayAfter(start, 2 * time, pause, calendar) : first
  return { first, isExtended, last }
}

/** What is late, missing or charged for in a register of requests on a day. */
export const requestSuspicions = <Kept extends RequestRecord>(
  records: readonly Kept[],
  asOf: Day,
  calendar: WorkCalendar,
): Suspicion<Kept>[] =>
  records.flatMap((record): Suspicion<Kept>[] => {
    const { unit, receivedOn, outcome, number } = record
    if (receivedOn > asOf) return []
    const found: Suspicion<Kept>[] = []
    const { first, last } = requestClock(record, asOf, calendar)
    const answered = come(record.answeredOn, asOf)
    const extendedOn = come(record.extendedOn, asOf)
    const asked = come(record.correctionAskedOn, asOf)
    if (last !== null && isLate(answered, last, asOf))
      found.push({ rule: 'request-late', unit, record, due: last, on: answered, params: { number } })
    if (extendedOn !== null && first !== null && extendedOn > first)
      found.push({ rule: 'extension-late', unit, record, due: first, on: extendedOn, params: { number } })
    const isNew = receivedOn >= NEW_REGULATION
    const correctionDue = addWorkingDays(calendar, receivedOn, 7)
    if (isNew && asked !== null && asked > correctionDue)
      found.push({ rule: 'correction-late', unit, record, due: correctionDue, on: asked, params: { number } })
    if (answered !== null && outcome === '')
      found.push({ rule: 'outcome-missing', unit, record, due: null, on: null, params: { number } })
    const isCharged = record.fee !== null && compare(decimal(record.fee), zero) > 0
    if (isNew && isCharged && !`${outcome} ${number}`.includes('信息处理费'))
      found.push({
        rule: 'fee',
        unit,
        record,
        due: null,
        on: null,
        params: { number, fee: record.fee ?? '' },
      })
    return found
  })
