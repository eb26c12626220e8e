import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, oneOf } from './columns.ts'
import { appendOnly } from './refusals.ts'

/** 审定: who filled a form in asks the head of the unit to look at it, who may send it back; and whom to ask at an assessing unit. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isMoment, end } = columnsFor(db)
  await sql`create table sign_offs (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    component ${text} not null check ${isFilled('component')},
    window_key ${text} not null check ${isFilled('window_key')},
    unit_id ${text} not null references units (id),
    type ${text} not null check ${oneOf('type', ['asked', 'declined'])},
    reason ${text} check ${isFilled('reason')},
    recorded_by ${text} not null references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    foreign key (assessment_id, component, window_key) references windows (assessment_id, component, key)
  ) ${end}`.execute(db)
  await sql`create index sign_offs_by_place on sign_offs (assessment_id, component, window_key, unit_id, seq)`.execute(
    db,
  )
  await appendOnly(db, 'sign_offs')

  await sql`create table office_contacts (
    unit_id ${text} primary key references units (id),
    name ${text} not null check ${isFilled('name')},
    telephone ${text} check ${isFilled('telephone')}
  ) ${end}`.execute(db)
}

export const signOffsAndContacts: Migration = { up }
