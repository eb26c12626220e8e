import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled } from './columns.ts'

/**
 * 登录: how old a password is and which were before it, the second factor, and from where a session comes. Whoever was signed in signs in again;
 * passwords grow old from today on. Failed sign-ins are counted in memory.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, isMoment, isSha256, end } = columnsFor(db)
  await sql`alter table accounts add column password_set_at ${text} check ${isMoment('password_set_at')}`.execute(
    db,
  )
  await sql`alter table accounts add column second_factor ${text} check ${isFilled('second_factor')}`.execute(
    db,
  )
  await sql`alter table accounts add column second_factor_step integer check (second_factor_step >= 0)`.execute(
    db,
  )
  await sql`update accounts set password_set_at = ${new Date().toISOString()}`.execute(db)
  await sql`create table earlier_passwords (
    account_id ${text} not null references accounts (id) on delete cascade,
    replaced_at ${text} not null check ${isMoment('replaced_at')},
    password_hash ${text} not null check ${isFilled('password_hash')},
    primary key (account_id, replaced_at)
  ) ${end}`.execute(db)

  await sql`drop table sessions`.execute(db)
  await sql`create table sessions (
    id ${text} not null unique check ${isFilled('id')},
    token_hash ${text} primary key check ${isSha256('token_hash')},
    account_id ${text} not null references accounts (id) on delete cascade,
    address ${text} not null,
    client ${text} not null,
    must_enrol integer not null check (must_enrol in (0, 1)),
    created_at ${text} not null check ${isMoment('created_at')},
    used_at ${text} not null check ${isMoment('used_at')},
    expires_at ${text} not null check ${isMoment('expires_at')}
  ) ${end}`.execute(db)
  await sql`create index sessions_by_account on sessions (account_id)`.execute(db)
  await sql`create index sessions_by_end on sessions (expires_at)`.execute(db)
  await sql`drop table sign_in_failures`.execute(db)
}

export const signIn: Migration = { up }
