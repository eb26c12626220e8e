import { sql, type Kysely, type Migration } from 'kysely'
import { isSqlite } from '../dialect.ts'
import { columnsFor, isFilled } from './columns.ts'
import { refuse } from './refusals.ts'

const fixed = [
  'id',
  'seq',
  'assessment_id',
  'unit_id',
  'file_name',
  'media_type',
  'bytes',
  'sha256',
  'stored_name',
  'url',
  'document_date',
  'uploaded_by',
  'uploaded_at',
  'upload_id',
] as const

/** What people work cases with: evidence, and accounts that can be written to and may follow a calendar. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, seq, isDay, isMoment, isSha256, end } = columnsFor(db)
  await sql`create table evidence (
    id ${text} not null unique check ${isFilled('id')},
    seq ${seq},
    assessment_id ${text} not null references assessments (id) on delete cascade,
    unit_id ${text} not null references units (id),
    file_name ${text} not null check ${isFilled('file_name')},
    media_type ${text} check ${isFilled('media_type')},
    bytes integer not null check (bytes >= 0),
    sha256 ${text} check ${isSha256('sha256')},
    stored_name ${text} check ${isFilled('stored_name')},
    url ${text} check ${isFilled('url')},
    document_date ${text} check ${isDay('document_date')},
    uploaded_by ${text} not null references accounts (id),
    uploaded_at ${text} not null check ${isMoment('uploaded_at')},
    upload_id ${text} check ${isFilled('upload_id')},
    fact_id ${text} references finding_facts (id),
    claim_id ${text} references claims (id),
    check ((stored_name is null) <> (url is null)),
    check ((stored_name is null) = (sha256 is null)),
    check ((stored_name is null) = (media_type is null)),
    check (fact_id is null or claim_id is null),
    unique (uploaded_by, upload_id)
  ) ${end}`.execute(db)
  await sql`create index evidence_by_fact on evidence (fact_id)`.execute(db)
  await sql`create index evidence_by_claim on evidence (claim_id)`.execute(db)
  await sql`create index evidence_by_unit on evidence (unit_id)`.execute(db)
  await sql`create index evidence_by_assessment on evidence (assessment_id)`.execute(db)
  await sql`create index evidence_by_file on evidence (stored_name)`.execute(db)

  const attached = '(old.fact_id is not null or old.claim_id is not null)'
  const changed = fixed.map((column) => `new.${column} is distinct from old.${column}`).join(' or ')
  await refuse(db, {
    table: 'evidence',
    on: 'update',
    when: `${attached} or ${changed}`,
    says: 'append-only',
  })
  await refuse(db, { table: 'evidence', on: 'delete', when: attached, says: 'append-only' })
  if (!isSqlite(db)) {
    await sql`create function evidence_kept() returns trigger language plpgsql as ${sql.lit(
      `begin raise exception 'append-only: evidence' using errcode = 'restrict_violation'; end`,
    )}`.execute(db)
    await sql`create trigger evidence_kept before truncate on evidence for each statement execute function evidence_kept()`.execute(
      db,
    )
  }

  await sql`alter table accounts add column email ${text} check ${isFilled('email')}`.execute(db)
  await sql`alter table accounts add column calendar_token_hash ${text} check ${isSha256('calendar_token_hash')}`.execute(
    db,
  )
  await sql`create unique index accounts_by_calendar on accounts (calendar_token_hash)`.execute(db)
}

export const casework: Migration = { up }
