import { sql, type Kysely, type Migration } from 'kysely'

/** 阶段成绩: a publication of results so far, beside those of the year. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table publications add column interim integer not null default 0 check (interim in (0, 1))`.execute(
    db,
  )
}

export const interimPublications: Migration = { up }
