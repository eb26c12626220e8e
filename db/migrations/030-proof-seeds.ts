import { sql, type Kysely, type Migration } from 'kysely'
import { columnsFor } from './columns.ts'

/** 公开核验: what the salts of a publication's proof follow from; publications of earlier releases have none. */
async function up(db: Kysely<unknown>): Promise<void> {
  const { text, isSha256 } = columnsFor(db)
  await sql`alter table publications add column proof_seed ${text} check (proof_seed is null or ${isSha256('proof_seed')})`.execute(
    db,
  )
}

export const proofSeeds: Migration = { up }
