import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor } from './columns.ts'

/** By when a unit rectifies that a finding was moved to: it hears of it by the decision. Decisions before kept the deadline there was. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, isDay } = columnsFor(db)
  await sql`alter table finding_facts add column unit_deadline ${text}
    check (unit_deadline is null or (${isDay('unit_deadline')} and coalesce(outcome, '') = 'amended'))`.execute(
    db,
  )
}

export const decisionsThatMove: Migration = { up }
