import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, isFlag } from './columns.ts'

/** 自评 as it is being filled in: drafts that may change until they are handed in as claims, and the evidence meant for them. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, isMoment, isMarks, end } = columnsFor(db)
  const place = sql`
    assessment_id ${text} not null references assessments (id) on delete cascade,
    component ${text} not null check ${isFilled('component')},
    window_key ${text} not null check ${isFilled('window_key')},
    unit_id ${text} not null references units (id),
    leaf ${text} not null check ${isFilled('leaf')}`
  const ofWindow = sql`foreign key (assessment_id, component, window_key) references windows (assessment_id, component, key) on delete cascade`

  await sql`create table drafts (
    ${place},
    marks ${text} check ${isMarks('marks')},
    not_applicable integer not null check ${isFlag('not_applicable')},
    note ${text},
    version integer not null check (version >= 1),
    updated_by ${text} not null references accounts (id),
    updated_at ${text} not null check ${isMoment('updated_at')},
    primary key (assessment_id, component, window_key, unit_id, leaf),
    ${ofWindow},
    check (marks is null or not_applicable = 0)
  ) ${end}`.execute(db)

  await sql`create table draft_evidence (
    evidence_id ${text} primary key references evidence (id) on delete cascade,
    ${place},
    ${ofWindow}
  ) ${end}`.execute(db)
  await sql`create index draft_evidence_by_place on draft_evidence (assessment_id, component, window_key, unit_id)`.execute(
    db,
  )

  await sql`alter table claims add column not_applicable integer not null default 0 check ${isFlag('not_applicable')}`.execute(
    db,
  )
  for (const table of ['claims', 'verified_marks']) {
    await sql`create index ${sql.ref(`${table}_by_place`)} on ${sql.table(table)} (assessment_id, component, window_key, unit_id, leaf, seq)`.execute(
      db,
    )
  }
  await sql`create index submissions_by_window on submissions (assessment_id, component, window_key, unit_id, seq)`.execute(
    db,
  )
}

export const selfAssessment: Migration = { up }
