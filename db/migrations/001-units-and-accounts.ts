import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, isFlag, oneOf } from './columns.ts'
import { appendOnly, refuse } from './refusals.ts'

/** Who is there and who may come in: units, accounts, sessions, the audit log, the calendar and settings. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, isJson, isSha256, end } = columnsFor(db)
  await sql`create table units (
    id ${text} primary key check ${isFilled('id')},
    name ${text} not null unique check ${isFilled('name')},
    kind ${text} not null check ${oneOf('kind', ['city', 'county', 'zone', 'department', 'county-department', 'township', 'section', 'school', 'hospital', 'agency'])},
    parent_id ${text} references units (id) deferrable initially deferred check (parent_id <> id),
    position integer not null check (position >= 0)
  ) ${end}`.execute(db)
  await sql`create index units_by_parent on units (parent_id)`.execute(db)
  await refuse(db, {
    table: 'units',
    on: 'update',
    when: `new.parent_id is not null and exists (
      with recursive above (id) as (
        select new.parent_id union select units.parent_id from units join above on units.id = above.id
      ) select 1 from above where id = new.id)`,
    says: 'cycle',
  })

  await sql`create table accounts (
    id ${text} primary key check ${isFilled('id')},
    username ${text} not null unique check ${isFilled('username')},
    name ${text} not null check ${isFilled('name')},
    role ${text} not null check ${oneOf('role', ['office', 'agency', 'editor', 'head', 'leader', 'system', 'security', 'audit'])},
    unit_id ${text} references units (id),
    password_hash ${text} not null check ${isFilled('password_hash')},
    must_change_password integer not null check ${isFlag('must_change_password')},
    disabled_at ${text} check ${isMoment('disabled_at')},
    created_at ${text} not null check ${isMoment('created_at')},
    check (unit_id is not null or role in ('system', 'security', 'audit'))
  ) ${end}`.execute(db)
  await sql`create index accounts_by_unit on accounts (unit_id)`.execute(db)

  await sql`create table sessions (
    token_hash ${text} primary key check ${isSha256('token_hash')},
    account_id ${text} not null references accounts (id) on delete cascade,
    created_at ${text} not null check ${isMoment('created_at')},
    expires_at ${text} not null check ${isMoment('expires_at')}
  ) ${end}`.execute(db)
  await sql`create index sessions_by_account on sessions (account_id)`.execute(db)
  await sql`create index sessions_by_end on sessions (expires_at)`.execute(db)

  await sql`create table sign_in_failures (
    username ${text} not null,
    at ${text} not null check ${isMoment('at')}
  ) ${end}`.execute(db)
  await sql`create index sign_in_failures_by_name on sign_in_failures (username, at)`.execute(db)

  await sql`create table audit_entries (
    seq ${seq},
    at ${text} not null check ${isMoment('at')},
    account_id ${text} references accounts (id),
    action ${text} not null check ${isFilled('action')},
    subject ${text} not null,
    detail ${text} not null check ${isJson('detail')},
    previous_hash ${text} not null unique check ${isSha256('previous_hash')},
    hash ${text} not null unique check ${isSha256('hash')}
  ) ${end}`.execute(db)
  await appendOnly(db, 'audit_entries')

  await sql`create table holiday_years (
    year integer primary key check (year between 1949 and 2200)
  ) ${end}`.execute(db)
  await sql`create table holidays (
    day ${text} primary key check ${isDay('day')},
    kind ${text} not null check ${oneOf('kind', ['holiday', 'workday'])}
  ) ${end}`.execute(db)

  await sql`create table settings (
    key ${text} primary key check ${isFilled('key')},
    value ${text} not null
  ) ${end}`.execute(db)
}

export const unitsAndAccounts: Migration = { up }
