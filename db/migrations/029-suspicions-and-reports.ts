import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, oneOf } from './columns.ts'
import { appendOnly } from './refusals.ts'

/**
 * 监测: what monitors suspect, once each, with what became of it; annual reports 年度报告 version by version; and under which kind of the ledger a
 * monitor's suspicions belong.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isJson, isMoment, isSha256, end } = columnsFor(db)
  await sql`create table reports (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    unit_id ${text} not null references units (id),
    year integer not null check (year between 1949 and 2200),
    version integer not null check (version > 0),
    file_name ${text} not null check ${isFilled('file_name')},
    sha256 ${text} not null check ${isSha256('sha256')},
    body ${text} not null,
    observations ${text} not null check ${isJson('observations')},
    evidence_id ${text} references evidence (id),
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    unique (assessment_id, unit_id, year, version)
  ) ${end}`.execute(db)
  await sql`create table suspicions (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    monitor ${text} not null check ${isFilled('monitor')},
    rule ${text} not null check ${isFilled('rule')},
    severity ${text} not null check ${oneOf('severity', ['fail', 'warn'])},
    unit_id ${text} references units (id),
    record_id ${text} not null check ${isFilled('record_id')},
    excerpt ${text} not null,
    place integer check (place >= 0),
    message ${text} not null check ${isFilled('message')},
    params ${text} not null check ${isJson('params')},
    source ${text} not null check ${isFilled('source')},
    key ${text} not null check ${isSha256('key')},
    on_day ${text} not null check ${isDay('on_day')},
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    unique (assessment_id, key)
  ) ${end}`.execute(db)
  await sql`create table suspicion_steps (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    suspicion_id ${text} not null references suspicions (id),
    type ${text} not null check ${oneOf('type', ['postponed', 'dismissed', 'confirmed'])},
    until_day ${text} check ${isDay('until_day')},
    reason ${text} check ${isFilled('reason')},
    finding_id ${text} references findings (id),
    on_day ${text} not null check ${isDay('on_day')},
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    check ((type = 'postponed') = (until_day is not null)),
    check ((type = 'confirmed') = (finding_id is not null)),
    check (type <> 'dismissed' or reason is not null)
  ) ${end}`.execute(db)
  await sql`create unique index suspicion_steps_settled on suspicion_steps (suspicion_id) where type <> 'postponed'`.execute(
    db,
  )
  await sql`create index suspicion_steps_finding on suspicion_steps (finding_id)`.execute(db)
  await sql`create index suspicions_record on suspicions (record_id)`.execute(db)
  await sql`create index reports_evidence on reports (evidence_id)`.execute(db)
  await sql`create table monitor_kinds (
    assessment_id ${text} not null references assessments (id) on delete cascade,
    monitor ${text} not null check ${isFilled('monitor')},
    kind ${text} not null check ${isFilled('kind')},
    primary key (assessment_id, monitor)
  ) ${end}`.execute(db)
  for (const table of ['reports', 'suspicions', 'suspicion_steps']) await appendOnly(db, table)
}

export const suspicionsAndReports: Migration = { up }
