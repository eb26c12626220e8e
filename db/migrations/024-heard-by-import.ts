import { sql, type Kysely, type Migration } from 'kysely'
import { isFlag } from './columns.ts'

/**
 * Whether units first heard of an imported finding by its import, so that their time to appeal runs from then. Null for all that was imported
 * before, which counts as history.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table findings add column heard_by_import integer check ${isFlag('heard_by_import')}`.execute(
    db,
  )
}

export const heardByImport: Migration = { up }
