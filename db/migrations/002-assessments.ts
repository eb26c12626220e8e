import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, oneOf } from './columns.ts'
import { appendOnly, refuse } from './refusals.ts'

/** Who is assessed, by which rule and when: schemes, assessments, participants, windows and imports. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, isJson, isSha256, end } = columnsFor(db)
  await sql`create table schemes (
    id ${text} primary key check ${isFilled('id')},
    name ${text} not null check ${isFilled('name')},
    version integer not null check (version >= 1),
    body ${text} not null check ${isJson('body')},
    created_by ${text} references accounts (id),
    created_at ${text} not null check ${isMoment('created_at')}
  ) ${end}`.execute(db)

  await sql`create table assessments (
    id ${text} primary key check ${isFilled('id')},
    name ${text} not null check ${isFilled('name')},
    year integer not null check (year between 1949 and 2200),
    unit_id ${text} not null references units (id),
    scheme_id ${text} not null references schemes (id),
    starts_on ${text} not null check ${isDay('starts_on')},
    ends_on ${text} not null check ${isDay('ends_on')},
    stage ${text} not null check ${oneOf('stage', ['draft', 'open', 'aggregating', 'published', 'archived'])},
    version integer not null check (version >= 1),
    created_by ${text} references accounts (id),
    created_at ${text} not null check ${isMoment('created_at')},
    check (starts_on <= ends_on)
  ) ${end}`.execute(db)
  await sql`create index assessments_by_unit on assessments (unit_id)`.execute(db)
  await sql`create index assessments_by_scheme on assessments (scheme_id)`.execute(db)
  const inUse = 'exists (select 1 from assessments where scheme_id = old.id)'
  await refuse(db, { table: 'schemes', on: 'update', when: inUse, says: 'in-use' })
  await refuse(db, { table: 'schemes', on: 'delete', when: inUse, says: 'in-use' })

  await sql`create table participants (
    assessment_id ${text} not null references assessments (id) on delete cascade,
    unit_id ${text} not null references units (id),
    group_name ${text} not null check ${isFilled('group_name')},
    position integer not null check (position >= 0),
    primary key (assessment_id, unit_id)
  ) ${end}`.execute(db)
  await sql`create index participants_by_unit on participants (unit_id)`.execute(db)

  await sql`create table windows (
    assessment_id ${text} not null references assessments (id) on delete cascade,
    component ${text} not null check ${isFilled('component')},
    key ${text} not null check ${isFilled('key')},
    due_on ${text} not null check ${isDay('due_on')},
    closed_on ${text} check ${isDay('closed_on')},
    primary key (assessment_id, component, key)
  ) ${end}`.execute(db)
  await refuse(db, { table: 'windows', on: 'update', when: 'old.closed_on is not null', says: 'closed' })
  await refuse(db, { table: 'windows', on: 'delete', when: 'old.closed_on is not null', says: 'closed' })

  await sql`create table imports (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    file_name ${text} not null,
    sha256 ${text} not null check ${isSha256('sha256')},
    rows_added integer not null check (rows_added >= 0),
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')}
  ) ${end}`.execute(db)
  await sql`create index imports_by_assessment on imports (assessment_id, seq)`.execute(db)
  await appendOnly(db, 'imports')
}

export const assessments: Migration = { up }
