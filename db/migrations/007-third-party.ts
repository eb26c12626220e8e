import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled } from './columns.ts'
import { appendOnly } from './refusals.ts'

/** 第三方评估: who was commissioned, each file of marks it handed over, and how its columns are read. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, isMarks, isJson, isSha256, end } = columnsFor(db)

  await sql`create table commissions (
    id ${text} primary key check ${isFilled('id')},
    assessment_id ${text} not null references assessments (id) on delete cascade,
    component ${text} not null check ${isFilled('component')},
    evaluator ${text} not null check ${isFilled('evaluator')},
    procurement_number ${text} check ${isFilled('procurement_number')},
    starts_on ${text} not null check ${isDay('starts_on')},
    ends_on ${text} not null check ${isDay('ends_on')},
    contract_id ${text} references evidence (id),
    version integer not null check (version >= 1),
    updated_by ${text} not null references accounts (id),
    updated_at ${text} not null check ${isMoment('updated_at')},
    check (starts_on <= ends_on)
  ) ${end}`.execute(db)
  await sql`create index commissions_by_assessment on commissions (assessment_id, component)`.execute(db)

  await sql`create table column_mappings (
    assessing_unit_id ${text} not null references units (id) on delete cascade,
    evaluator ${text} not null check ${isFilled('evaluator')},
    body ${text} not null check ${isJson('body')},
    updated_at ${text} not null check ${isMoment('updated_at')},
    primary key (assessing_unit_id, evaluator)
  ) ${end}`.execute(db)

  await sql`create table external_batches (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    component ${text} not null check ${isFilled('component')},
    commission_id ${text} references commissions (id),
    file_name ${text} not null check ${isFilled('file_name')},
    sha256 ${text} not null check ${isSha256('sha256')},
    mapping ${text} not null check ${isJson('mapping')},
    evidence_id ${text} references evidence (id),
    supersedes ${text} references external_batches (id),
    reason ${text} check ${isFilled('reason')},
    on_day ${text} not null check ${isDay('on_day')},
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    check ((supersedes is null) or (reason is not null))
  ) ${end}`.execute(db)
  await sql`create index external_batches_by_assessment on external_batches (assessment_id, component, seq)`.execute(
    db,
  )
  await appendOnly(db, 'external_batches')

  await sql`alter table external_marks add column batch_id ${text} references external_batches (id)`.execute(
    db,
  )
  await sql`alter table external_marks add column given_marks ${text} check ${isMarks('given_marks')}`.execute(
    db,
  )
  await sql`alter table external_marks add column given_full ${text} check ${isMarks('given_full')}`.execute(
    db,
  )
  await sql`create index external_marks_by_batch on external_marks (batch_id)`.execute(db)
}

export const thirdParty: Migration = { up }
