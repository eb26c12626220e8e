import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor, isFilled, oneOf } from './columns.ts'
import { appendOnly, refuse } from './refusals.ts'

/** 发布: results frozen with their hash, what people decided about them, the office's circular text, and links to the wall. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, isJson, isSha256, end } = columnsFor(db)

  await sql`create table publications (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id),
    number integer not null check (number >= 1),
    as_of ${text} not null check ${isDay('as_of')},
    body ${text} not null check ${isJson('body')},
    sha256 ${text} not null check ${isSha256('sha256')},
    digests ${text} not null check ${isJson('digests')},
    supersedes ${text} references publications (id),
    reason ${text} check ${isFilled('reason')},
    prepared_by ${text} not null references accounts (id),
    prepared_at ${text} not null check ${isMoment('prepared_at')},
    unique (assessment_id, number),
    check ((supersedes is null) = (reason is null))
  ) ${end}`.execute(db)
  await appendOnly(db, 'publications')

  await sql`create table publication_steps (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    publication_id ${text} not null references publications (id),
    type ${text} not null check ${oneOf('type', ['approved', 'returned', 'withdrawn'])},
    reason ${text} check ${isFilled('reason')},
    recorded_by ${text} not null references accounts (id),
    recorded_at ${text} not null check ${isMoment('recorded_at')},
    check (type = 'approved' or reason is not null)
  ) ${end}`.execute(db)
  await sql`create unique index publication_steps_by_publication on publication_steps (publication_id)`.execute(
    db,
  )
  await appendOnly(db, 'publication_steps')

  await sql`create table circular_templates (
    assessing_unit_id ${text} primary key references units (id) on delete cascade,
    body ${text} not null check ${isJson('body')},
    version integer not null check (version >= 1),
    updated_by ${text} not null references accounts (id),
    updated_at ${text} not null check ${isMoment('updated_at')}
  ) ${end}`.execute(db)

  await sql`create table wall_links (
    id ${text} primary key check ${isFilled('id')},
    token_hash ${text} not null unique check ${isSha256('token_hash')},
    assessment_id ${text} not null references assessments (id) on delete cascade,
    name ${text} not null check ${isFilled('name')},
    expires_at ${text} not null check ${isMoment('expires_at')},
    created_by ${text} not null references accounts (id),
    created_at ${text} not null check ${isMoment('created_at')},
    revoked_at ${text} check ${isMoment('revoked_at')}
  ) ${end}`.execute(db)
  await sql`create index wall_links_by_assessment on wall_links (assessment_id)`.execute(db)
  await refuse(db, { table: 'wall_links', on: 'update', when: 'old.revoked_at is not null', says: 'closed' })
}

export const publications: Migration = { up }
