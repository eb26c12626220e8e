import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled } from './columns.ts'
import { appendOnly } from './refusals.ts'

/** 加分: points given to a unit, each dated and with its reason; taken back by an entry of the opposite sign. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, end } = columnsFor(db)
  await sql`create table bonus_marks (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    unit_id ${text} not null references units (id),
    points integer not null check (points <> 0),
    what ${text} not null check ${isFilled('what')},
    on_day ${text} not null check ${isDay('on_day')},
    reverses ${text} unique references bonus_marks (id),
    import_id ${text} references imports (id),
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    check ((reverses is null) = (points > 0))
  ) ${end}`.execute(db)
  await sql`create index bonus_marks_by_assessment on bonus_marks (assessment_id, seq)`.execute(db)
  await appendOnly(db, 'bonus_marks')
}

export const bonuses: Migration = { up }
