import { addDays, type Day } from '../assessment/day.ts'
import { addWorkingDays, isWorkingDay, type WorkCalendar } from '../assessment/working-days.ts'
import { come, isLate, type MonitorRule, type OfUnit, type Suspicion } from './suspicion.ts'

/** A day with a time of day, `HH:MM:SS`. */
export interface Moment {
  readonly day: Day
  readonly time: string
}

/** One session of online interviews 网上访谈. Start and end are plans and stand as they are. */
export interface InterviewRecord extends OfUnit {
  readonly session: string
  readonly start: Moment
  readonly end: Moment
  readonly contentOn: Day | null
  readonly announcedOn: Day | null
  /** 送达: the public's questions reach the unit. */
  readonly questionsOn: Day | null
  readonly placeOn: Day | null
  readonly peopleOn: Day | null
  readonly planChangedOn: Day | null
  readonly summaryOn: Day | null
  /** 特殊原因. */
  readonly cause: string
}

/** 网上访谈工作规定 第十一条: sessions a year, and the longest one in seconds. */
export const SESSIONS_A_YEAR = 26
const LONGEST = 2 * 60 * 60

/** The day before the n-th working day counted back from a day, which counts itself when it is worked: the last day "n working days before". */
export function workingDaysBefore(calendar: WorkCalendar, day: Day, count: number): Day {
  let reached = day
  for (let left = isWorkingDay(calendar, day) ? count - 1 : count; left > 0;) {
    reached = addDays(reached, -1)
    if (isWorkingDay(calendar, reached)) left--
  }
  return addDays(reached, -1)
}

interface Limit {
  readonly rule: MonitorRule
  readonly act: keyof Pick<
    InterviewRecord,
    'contentOn' | 'announcedOn' | 'questionsOn' | 'placeOn' | 'peopleOn' | 'planChangedOn' | 'summaryOn'
  >
  readonly due: (session: InterviewRecord, calendar: WorkCalendar) => Day
  /** Nothing is wrong where there was no such act. */
  readonly ifAny?: true
}

/** What must be done by when around a session (第十一–十五条). */
export const interviewLimits: readonly Limit[] = [
  {
    rule: 'interview-content',
    act: 'contentOn',
    due: ({ start }, calendar) => workingDaysBefore(calendar, start.day, 15),
  },
  {
    rule: 'interview-announcement',
    act: 'announcedOn',
    due: ({ start }, calendar) => workingDaysBefore(calendar, start.day, 15),
  },
  { rule: 'interview-questions', act: 'questionsOn', due: ({ start }) => addDays(start.day, -5) },
  { rule: 'interview-place', act: 'placeOn', due: ({ start }) => addDays(start.day, -1) },
  { rule: 'interview-people', act: 'peopleOn', due: ({ start }) => addDays(start.day, -3) },
  {
    rule: 'interview-change',
    act: 'planChangedOn',
    due: ({ start }, calendar) => workingDaysBefore(calendar, start.day, 20),
    ifAny: true,
  },
  {
    rule: 'interview-summary',
    act: 'summaryOn',
    due: ({ end }, calendar) => addWorkingDays(calendar, end.day, 3),
  },
]

const secondsOf = ({ day, time }: Moment): number => Date.parse(`${day}T${time}Z`) / 1000

function ofSession<Kept extends InterviewRecord>(
  record: Kept,
  asOf: Day,
  calendar: WorkCalendar,
): Suspicion<Kept>[] {
  const { unit, session, start, end } = record
  const late = interviewLimits.flatMap(({ rule, act, due: dueOf, ifAny }): Suspicion<Kept>[] => {
    const on = come(record[act], asOf)
    const due = dueOf(record, calendar)
    if ((ifAny && on === null) || !isLate(on, due, asOf)) return []
    return [{ rule, unit, record, due, on, params: { session } }]
  })
  const seconds = secondsOf(end) - secondsOf(start)
  const minutes = String(Math.ceil(seconds / 60))
  const tooLong: Suspicion<Kept>[] =
    seconds > LONGEST && record.cause === '' && end.day <= asOf
      ? [{ rule: 'interview-length', unit, record, due: null, on: null, params: { session, minutes } }]
      : []
  const isSummary = ({ rule }: Suspicion<Kept>): boolean => rule === 'interview-summary'
  return [...late.filter((found) => !isSummary(found)), ...tooLong, ...late.filter(isSummary)]
}

/** What came too late around each session, which ones were too long, and the years with too few; those after all sessions. */
export function interviewSuspicions<Kept extends InterviewRecord>(
  records: readonly Kept[],
  asOf: Day,
  calendar: WorkCalendar,
): Suspicion<Kept>[] {
  const sessions = new Map<string, number>()
  for (const { start } of records) {
    const year = start.day.slice(0, 4)
    sessions.set(year, (sessions.get(year) ?? 0) + 1)
  }
  const few = [...sessions]
    .filter(([year, count]) => count < SESSIONS_A_YEAR && asOf > `${year}-12-31`)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([year, count]): Suspicion<Kept> => {
      const params = { year, count: String(count), least: String(SESSIONS_A_YEAR) }
      return { rule: 'interview-count', unit: '', record: null, due: `${year}-12-31`, on: null, params }
    })
  return [...records.flatMap((record) => ofSession(record, asOf, calendar)), ...few]
}
