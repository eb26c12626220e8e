import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled } from './columns.ts'
import { appendOnly } from './refusals.ts'

/**
 * 放假安排 as people entered it, year by year; the last one of a year is in force, before what the program brings, which is no longer kept where
 * somebody could change it.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isJson, isMoment, end } = columnsFor(db)
  await sql`create table holiday_announcements (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    year integer not null check (year between 1949 and 2200),
    spans ${text} not null check ${isJson('spans')},
    reason ${text} check ${isFilled('reason')},
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')}
  ) ${end}`.execute(db)
  await appendOnly(db, 'holiday_announcements')
  await sql`drop table holidays`.execute(db)
  await sql`drop table holiday_years`.execute(db)
}

export const holidayAnnouncements: Migration = { up }
