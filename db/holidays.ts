import table from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { dayOfWeek, isDay, type Day } from '#assessment/day'
import type { WorkCalendar } from '#assessment/working-days'
import { insertRows } from './bulk.ts'
import { sql } from 'kysely'
import { isSqlite } from './dialect.ts'
import type { Db, Source } from './source.ts'
import type { HolidayRow } from './tables.ts'

const isWeekend = (day: Day): boolean => [0, 6].includes(dayOfWeek(day))
const yearOf = (day: Day): number => Number(day.slice(0, 4))

const daysOf = (list: Readonly<Record<string, string>>): Day[] => Object.keys(list).filter(isDay).sort()

/**
 * The arrangements announced for 2004 to 2026, from chinese-days. Its table is read rather than its functions
 * called: they compute in local time and give the wrong day west of UTC.
 */
export function announcedCalendar(): WorkCalendar {
  const holidays = daysOf(table.holidays)
  return {
    holidays: new Set(holidays.filter((day) => !isWeekend(day))),
    workdays: new Set(daysOf(table.workdays).filter(isWeekend)),
    announced: new Set(holidays.map(yearOf)),
  }
}

/** Any number that no other kind of advisory lock uses. */
const LOCK = 4_307_114

/** Stores every announced year that the database does not hold yet; years it holds, seeded or imported, stay as they are. */
export async function seedHolidays(db: Db): Promise<void> {
  const yearsIn = async (source: Source) =>
    new Set((await source.selectFrom('holidayYears').select('year').execute()).map(({ year }) => year))
  const calendar = announcedCalendar()
  const before = await yearsIn(db)
  if ([...calendar.announced].every((year) => before.has(year))) return
  const rows: HolidayRow[] = [
    ...[...calendar.holidays].map((day) => ({ day, kind: 'holiday' as const })),
    ...[...calendar.workdays].map((day) => ({ day, kind: 'workday' as const })),
  ]
  await db.transaction().execute(async (trx) => {
    // Another process may be starting on the same database.
    if (!isSqlite(trx)) await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
    const held = await yearsIn(trx)
    const years = [...calendar.announced].filter((year) => !held.has(year))
    await insertRows(
      trx,
      'holidayYears',
      years.map((year) => ({ year })),
    )
    await insertRows(
      trx,
      'holidays',
      rows.filter(({ day }) => !held.has(yearOf(day))),
    )
  })
}

/** The working calendar as this installation knows it. */
export async function loadCalendar(db: Source): Promise<WorkCalendar> {
  const days = await db.selectFrom('holidays').selectAll().execute()
  const years = await db.selectFrom('holidayYears').select('year').execute()
  const of = (kind: HolidayRow['kind']): Set<Day> =>
    new Set(days.filter((row) => row.kind === kind).map(({ day }) => day))
  return {
    holidays: of('holiday'),
    workdays: of('workday'),
    announced: new Set(years.map(({ year }) => year)),
  }
}
