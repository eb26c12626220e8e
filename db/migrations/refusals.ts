import { sql, type Kysely } from 'kysely'
import { isSqlite } from '../dialect.ts'

/** What a trigger refuses, on which condition, and the word it says; `old` and `new` are the rows. */
export interface Refusal {
  readonly table: string
  readonly on: 'update' | 'delete'
  /** SQL over `old` (and `new` on update); always when left out. */
  readonly when?: string
  /** Starts the error message, so that callers can tell the refusal. */
  readonly says: string
}

/** Makes the database refuse a change, whoever asks. */
export async function refuse(
  db: Kysely<unknown>,
  { table, on, when = 'true', says }: Refusal,
): Promise<void> {
  const name = `${table}_${says}_${on}`.replaceAll('-', '_')
  const message = `${says}: ${table}`
  if (isSqlite(db)) {
    await sql`create trigger ${sql.ref(name)} before ${sql.raw(on)} on ${sql.table(table)} for each row when ${sql.raw(when)}
      begin select raise(abort, ${sql.lit(message)}); end`.execute(db)
    return
  }
  await sql`create function ${sql.ref(name)}() returns trigger language plpgsql as ${sql.lit(
    `begin if ${when} then raise exception '${message}' using errcode = 'restrict_violation'; end if; return ${on === 'delete' ? 'old' : 'new'}; end`,
  )}`.execute(db)
  await sql`create trigger ${sql.ref(name)} before ${sql.raw(on)} on ${sql.table(table)} for each row execute function ${sql.ref(name)}()`.execute(
    db,
  )
}

/** Takes back a refusal made by an earlier migration. */
export async function withdrawRefusal(
  db: Kysely<unknown>,
  { table, on, says }: Pick<Refusal, 'table' | 'on' | 'says'>,
): Promise<void> {
  const name = `${table}_${says}_${on}`.replaceAll('-', '_')
  if (isSqlite(db)) {
    await sql`drop trigger ${sql.ref(name)}`.execute(db)
    return
  }
  await sql`drop trigger ${sql.ref(name)} on ${sql.table(table)}`.execute(db)
  await sql`drop function ${sql.ref(name)}()`.execute(db)
}

/** Rows of the table can only be added: neither changed, deleted nor truncated. */
export async function appendOnly(db: Kysely<unknown>, table: string): Promise<void> {
  await refuse(db, { table, on: 'update', says: 'append-only' })
  await refuse(db, { table, on: 'delete', says: 'append-only' })
  if (isSqlite(db)) return
  await sql`create trigger ${sql.ref(`${table}_append_only_truncate`)} before truncate on ${sql.table(table)}
    for each statement execute function ${sql.ref(`${table}_append_only_delete`)}()`.execute(db)
}
