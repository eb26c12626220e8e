import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, isFlag, oneOf } from './columns.ts'
import { appendOnly } from './refusals.ts'

/** What scores are derived from, all of it append-only: findings with their dated facts, self-assessments, verified and external marks. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, isMarks, atMost, end } = columnsFor(db)
  const recorded = sql`
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')}`
  const identity = sql`
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq}`
  const ofUnit = sql`
    assessment_id ${text} not null references assessments (id),
    component ${text} not null check ${isFilled('component')},
    unit_id ${text} not null references units (id)`

  await sql`create table findings (
    ${identity},
    assessment_id ${text} not null references assessments (id),
    number ${text} not null check ${isFilled('number')},
    kind ${text} not null check ${isFilled('kind')},
    unit_id ${text} not null references units (id),
    what ${text} not null,
    source ${text},
    found_on ${text} check ${isDay('found_on')},
    import_id ${text} references imports (id),
    ${recorded},
    unique (assessment_id, number)
  ) ${end}`.execute(db)
  await sql`create index findings_by_assessment on findings (assessment_id, seq)`.execute(db)
  await sql`create index findings_by_number on findings (assessment_id, length(number), number)`.execute(db)
  await sql`create index findings_by_unit on findings (unit_id)`.execute(db)

  await sql`create table finding_facts (
    ${identity},
    finding_id ${text} not null references findings (id),
    type ${text} not null check ${oneOf('type', ['notified', 'extended', 'submitted', 'withdrawn', 'accepted', 'rejected', 'appealed', 'decided', 'reversed'])},
    on_day ${text} not null check ${isDay('on_day')},
    deadline ${text} check ${isDay('deadline')},
    outcome ${text} check ${oneOf('outcome', ['upheld', 'revoked', 'amended'])},
    kind ${text} check ${isFilled('kind')},
    unit_id ${text} references units (id),
    reason ${text},
    ${recorded},
    check (deadline is null or type in ('notified', 'extended')),
    check (deadline is not null or type <> 'extended'),
    check ((outcome is not null) = (type = 'decided')),
    check ((kind is not null) = (coalesce(outcome, '') = 'amended')),
    check ((unit_id is not null) = (coalesce(outcome, '') = 'amended'))
  ) ${end}`.execute(db)
  await sql`create index finding_facts_by_finding on finding_facts (finding_id, seq)`.execute(db)

  await sql`create table claims (
    ${identity},
    ${ofUnit},
    window_key ${text} not null check ${isFilled('window_key')},
    leaf ${text} not null check ${isFilled('leaf')},
    marks ${text} check ${isMarks('marks')},
    note ${text},
    ${recorded},
    foreign key (assessment_id, component, window_key) references windows (assessment_id, component, key)
  ) ${end}`.execute(db)
  await sql`create index claims_by_assessment on claims (assessment_id, seq)`.execute(db)

  await sql`create table submissions (
    ${identity},
    ${ofUnit},
    window_key ${text} not null check ${isFilled('window_key')},
    type ${text} not null check ${oneOf('type', ['submitted', 'returned', 'resubmitted', 'withdrawn', 'verified'])},
    on_day ${text} not null check ${isDay('on_day')},
    reason ${text},
    ${recorded},
    foreign key (assessment_id, component, window_key) references windows (assessment_id, component, key)
  ) ${end}`.execute(db)
  await sql`create index submissions_by_assessment on submissions (assessment_id, seq)`.execute(db)

  await sql`create table verified_marks (
    ${identity},
    ${ofUnit},
    window_key ${text} not null check ${isFilled('window_key')},
    leaf ${text} check ${isFilled('leaf')},
    full_marks ${text} not null check ${isMarks('full_marks')},
    marks ${text} check (${isMarks('marks')} and ${atMost('marks', 'full_marks')}),
    not_applicable integer not null check ${isFlag('not_applicable')},
    reason ${text},
    on_day ${text} check ${isDay('on_day')},
    import_id ${text} references imports (id),
    ${recorded},
    check (marks is null or not_applicable = 0)
  ) ${end}`.execute(db)
  await sql`create index verified_marks_by_assessment on verified_marks (assessment_id, seq)`.execute(db)

  await sql`create table external_marks (
    ${identity},
    ${ofUnit},
    dimension ${text} check ${isFilled('dimension')},
    marks ${text} check ${isMarks('marks')},
    on_day ${text} check ${isDay('on_day')},
    import_id ${text} references imports (id),
    ${recorded}
  ) ${end}`.execute(db)
  await sql`create index external_marks_by_assessment on external_marks (assessment_id, seq)`.execute(db)

  for (const table of [
    'findings',
    'finding_facts',
    'claims',
    'submissions',
    'verified_marks',
    'external_marks',
  ]) {
    await appendOnly(db, table)
  }
}

export const facts: Migration = { up }
