import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor } from './columns.ts'
import { appendOnly } from './refusals.ts'

/** Where units stood in years that were over when they were put elsewhere: who is charged for whom there stays as it was. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, end } = columnsFor(db)
  await sql`create table former_places (
    assessment_id ${text} not null references assessments (id) on delete cascade,
    unit_id ${text} not null references units (id),
    parent_id ${text} references units (id),
    primary key (assessment_id, unit_id)
  ) ${end}`.execute(db)
  await appendOnly(db, 'former_places')
}

export const formerPlaces: Migration = { up }
