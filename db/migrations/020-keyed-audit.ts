import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, oneOf } from './columns.ts'

/**
 * 审计日志: entries signed with a key that the database does not hold, the digests of the rows that each vouches for, from where and on behalf
 * of which unit somebody acted, and what was refused. Indexed for reading by person, unit, action, outcome, subject and time.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, isJson } = columnsFor(db)
  const columns = [
    sql`unit_id ${text}`,
    sql`address ${text}`,
    sql`outcome ${text} check ${oneOf('outcome', ['done', 'refused'])}`,
    sql`facts ${text} check (facts is null or ${isJson('facts')})`,
    sql`key_name ${text} check ${isFilled('key_name')}`,
  ]
  for (const column of columns) await sql`alter table audit_entries add column ${column}`.execute(db)
  await sql`create index audit_entries_by_time on audit_entries (at, seq)`.execute(db)
  await sql`create index audit_entries_by_account on audit_entries (account_id, at, seq)`.execute(db)
  await sql`create index audit_entries_by_unit on audit_entries (unit_id, at, seq)`.execute(db)
  await sql`create index audit_entries_by_action on audit_entries (action, at, seq)`.execute(db)
  await sql`create index audit_entries_by_outcome on audit_entries (outcome, at, seq)`.execute(db)
  await sql`create index audit_entries_by_subject on audit_entries (subject, at, seq)`.execute(db)
}

export const keyedAudit: Migration = { up }
