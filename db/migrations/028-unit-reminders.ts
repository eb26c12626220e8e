import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled } from './columns.ts'

/** 催办: that an office reminded a unit of what waits for it, as its people are told until it is done. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, isMoment, end } = columnsFor(db)
  await sql`create table unit_reminders (
    assessment_id ${text} not null references assessments (id) on delete cascade,
    unit_id ${text} not null references units (id),
    note ${text} check ${isFilled('note')},
    recorded_by ${text} not null references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    primary key (assessment_id, unit_id)
  ) ${end}`.execute(db)
}

export const unitReminders: Migration = { up }
