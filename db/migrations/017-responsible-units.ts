import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled } from './columns.ts'
import { appendOnly, refuse } from './refusals.ts'

/** The units that a stored rule names as providing or responsible, wherever it names them. */
function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, held]) =>
    (key === 'provider' || key === 'responsible') && typeof held === 'string' ? [held] : namesIn(held),
  )
}

/** What each year's rule means by the names of units, as far as there is a unit so called today. */
async function bindNames(db: Kysely<unknown>): Promise<void> {
  const { rows: units } = await sql<{ id: string; name: string }>`select id, name from units`.execute(db)
  const ids = new Map(units.map(({ id, name }) => [name, id]))
  const { rows } = await sql<{ id: string; moment: string; body: string }>`
    select assessments.id as id, assessments.created_at as moment, schemes.body as body
    from assessments join schemes on schemes.id = assessments.scheme_id`.execute(db)
  for (const { id, moment, body } of rows) {
    for (const name of new Set(namesIn(JSON.parse(body)))) {
      const unit = ids.get(name)
      if (unit === undefined) continue
      await sql`insert into responsible_units (id, assessment_id, name, unit_id, on_day, reason, recorded_by, recorded_at)
        values (${crypto.randomUUID()}, ${id}, ${name}, ${unit}, ${moment.slice(0, 10)}, null, null, ${moment})`.execute(
        db,
      )
    }
  }
}

/**
 * 提供单位、责任单位 by identity: which unit a year's rule means by a name, the last row of a name being in force; and what units were called in
 * years that were over when they got another name.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, end } = columnsFor(db)
  await sql`create table responsible_units (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id) on delete cascade,
    name ${text} not null check ${isFilled('name')},
    unit_id ${text} not null references units (id),
    on_day ${text} not null check ${isDay('on_day')},
    reason ${text} check ${isFilled('reason')},
    recorded_by ${text} references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')}
  ) ${end}`.execute(db)
  await sql`create index responsible_units_by_assessment on responsible_units (assessment_id, seq)`.execute(
    db,
  )
  await sql`create table former_names (
    assessment_id ${text} not null references assessments (id) on delete cascade,
    unit_id ${text} not null references units (id),
    name ${text} not null check ${isFilled('name')},
    primary key (assessment_id, unit_id)
  ) ${end}`.execute(db)
  await bindNames(db)

  await refuse(db, { table: 'responsible_units', on: 'update', says: 'append-only' })
  // A draft takes what it means with it.
  await refuse(db, {
    table: 'responsible_units',
    on: 'delete',
    when: `exists (select 1 from assessments where id = old.assessment_id and stage <> 'draft')`,
    says: 'append-only',
  })
  await appendOnly(db, 'former_names')
}

export const responsibleUnits: Migration = { up }
