import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor } from './columns.ts'

/**
 * 三员分立: an account works once its role is granted, its owner is told what others did to it, and when they last signed in. Accounts that were there
 * count as granted: they wait for nothing, and nobody is named who granted them.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, isMoment } = columnsFor(db)
  for (const column of ['awaits_grant_since', 'granted_at', 'last_sign_in_at', 'told_at'])
    await sql`alter table accounts add column ${sql.ref(column)} ${text} check ${isMoment(column)}`.execute(
      db,
    )
  await sql`alter table accounts add column granted_by ${text} references accounts (id)`.execute(db)
  await sql`update accounts set
    told_at = ${new Date().toISOString()},
    last_sign_in_at = (select max(at) from audit_entries
      where account_id = accounts.id and action = 'session.sign-in')`.execute(db)
}

export const threeAdministrators: Migration = { up }
