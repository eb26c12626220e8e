import { sql, type Kysely, type Migration } from 'kysely'
import { isSqlite } from '../dialect.ts'
import { columnsFor, isFilled } from './columns.ts'
import { appendOnly } from './refusals.ts'

/** SQLite cannot drop a constraint: the table is made anew and filled again with the rows as they were; facts wait for them until the end. */
async function makeAnew(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, end } = columnsFor(db)
  await sql`pragma defer_foreign_keys = on`.execute(db)
  await sql`create temporary table findings_before as select * from findings`.execute(db)
  await sql`drop table findings`.execute(db)
  await sql`create table findings (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    number ${text} not null check ${isFilled('number')},
    kind ${text} not null check ${isFilled('kind')},
    unit_id ${text} not null references units (id),
    what ${text} not null,
    source ${text},
    found_on ${text} check ${isDay('found_on')},
    import_id ${text} references imports (id),
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    severity ${text} check ${isFilled('severity')},
    numbered_unit_id ${text} references units (id)
  ) ${end}`.execute(db)
  const columns = sql.raw(
    'id, seq, assessment_id, number, kind, unit_id, what, source, found_on, import_id, recorded_by, recorded_at, severity',
  )
  await sql`insert into findings (${columns}) select ${columns} from findings_before order by seq`.execute(db)
  await sql`drop table findings_before`.execute(db)
  await sql`create index findings_by_assessment on findings (assessment_id, seq)`.execute(db)
  await sql`create index findings_by_unit on findings (unit_id)`.execute(db)
  await appendOnly(db, 'findings')
}

/**
 * 编号 count within the unit charged: the unit within which a finding got its number, null for numbers given before, which counted within the
 * whole assessment. No row is changed, so that what vouches for it still does.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  if (isSqlite(db)) await makeAnew(db)
  else {
    const { text } = columnsFor(db)
    await sql`alter table findings drop constraint findings_assessment_id_number_key`.execute(db)
    await sql`drop index findings_by_number`.execute(db)
    await sql`alter table findings add column numbered_unit_id ${text} references units (id)`.execute(db)
  }
  await sql`create unique index findings_by_number on findings (assessment_id, numbered_unit_id, number)`.execute(
    db,
  )
  await sql`create unique index findings_by_former_number on findings (assessment_id, number)
    where numbered_unit_id is null`.execute(db)
  await sql`create index finding_facts_by_unit on finding_facts (unit_id) where unit_id is not null`.execute(
    db,
  )
}

export const numbersWithinUnits: Migration = { up }
