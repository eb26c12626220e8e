import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, isFlag } from './columns.ts'

/** What any published rule needs beside: severities 档次, windows of external marks and 不适用, observations 观测. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text } = columnsFor(db)
  await sql`alter table findings add column severity ${text} check ${isFilled('severity')}`.execute(db)
  await sql`alter table finding_facts add column severity ${text}
    check (severity is null or (${isFilled('severity')} and coalesce(outcome, '') = 'amended'))`.execute(db)
  await sql`alter table verified_marks add column observation ${text} check ${isFilled('observation')}`.execute(
    db,
  )
  await sql`alter table verified_marks add column follows integer
    check (${isFlag('follows')} and (follows = 0 or observation is not null))`.execute(db)
  await sql`alter table external_batches add column window_key ${text} check ${isFilled('window_key')}`.execute(
    db,
  )
  await sql`alter table external_marks add column window_key ${text} check ${isFilled('window_key')}`.execute(
    db,
  )
  await sql`alter table external_marks add column not_applicable integer
    check (${isFlag('not_applicable')} and (not_applicable = 0 or marks is null))`.execute(db)
}

export const anyRule: Migration = { up }
