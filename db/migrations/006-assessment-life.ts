import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, oneOf } from './columns.ts'
import { appendOnly, refuse, withdrawRefusal } from './refusals.ts'

/** 考核进程: each change of stage, and later days granted for a self-assessment window, dated and with a reason. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, end } = columnsFor(db)
  const recorded = sql`
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')}`

  await sql`create table stage_changes (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id) on delete cascade,
    stage ${text} not null check ${oneOf('stage', ['draft', 'open', 'aggregating', 'published', 'archived'])},
    on_day ${text} not null check ${isDay('on_day')},
    reason ${text},
    ${recorded}
  ) ${end}`.execute(db)
  await sql`create index stage_changes_by_assessment on stage_changes (assessment_id, seq)`.execute(db)

  await sql`create table extensions (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id) on delete cascade,
    component ${text} not null check ${isFilled('component')},
    window_key ${text} not null check ${isFilled('window_key')},
    unit_id ${text} references units (id),
    due_on ${text} not null check ${isDay('due_on')},
    on_day ${text} not null check ${isDay('on_day')},
    reason ${text} not null check ${isFilled('reason')},
    ${recorded},
    foreign key (assessment_id, component, window_key) references windows (assessment_id, component, key)
  ) ${end}`.execute(db)
  await sql`create index extensions_by_assessment on extensions (assessment_id, seq)`.execute(db)

  // A scheme is fixed from the moment an assessment opens on it, not while one is prepared.
  await withdrawRefusal(db, { table: 'schemes', on: 'update', says: 'in-use' })
  await refuse(db, {
    table: 'schemes',
    on: 'update',
    when: `exists (select 1 from assessments where scheme_id = old.id and stage <> 'draft')`,
    says: 'in-use',
  })

  await appendOnly(db, 'stage_changes')
  await appendOnly(db, 'extensions')
}

export const assessmentLife: Migration = { up }
