import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Source } from './database.ts'
import type { Tables, WallLinkRow } from './tables.ts'

/** Latest first, with who made it; at most `limit`. */
export const listWallLinks = (db: Source, assessmentId: string, limit: number) =>
  db
    .selectFrom('wall_links')
    .innerJoin('accounts', 'accounts.id', 'wall_links.created_by')
    .select([
      'wall_links.id',
      'wall_links.name',
      'wall_links.expires_at',
      'wall_links.created_at',
      'wall_links.revoked_at',
      'accounts.name as created_by_name',
    ])
    .where('assessment_id', '=', assessmentId)
    .orderBy('wall_links.created_at', 'desc')
    .orderBy('wall_links.id')
    .limit(limit)
    .execute()

export async function insertWallLink(trx: Transaction<Tables>, row: Insertable<WallLinkRow>): Promise<void> {
  await trx.insertInto('wall_links').values(row).execute()
}

/** The link of an assessment by its id, revoked or not. */
export const findWallLink = (
  db: Source,
  assessmentId: string,
  id: string,
): Promise<Selectable<WallLinkRow> | undefined> =>
  db
    .selectFrom('wall_links')
    .selectAll()
    .where('assessment_id', '=', assessmentId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The link behind a secret; undefined when there is none, or it has expired or been revoked. */
export const findLivingWallLink = (
  db: Source,
  tokenHash: string,
  now: string,
): Promise<Selectable<WallLinkRow> | undefined> =>
  db
    .selectFrom('wall_links')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()

/** How many links of an assessment work now. */
export async function countLivingWallLinks(db: Source, assessmentId: string, now: string): Promise<number> {
  const { count } = await db
    .selectFrom('wall_links')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('assessment_id', '=', assessmentId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function revokeWallLink(trx: Transaction<Tables>, id: string, at: string): Promise<void> {
  await trx.updateTable('wall_links').set({ revoked_at: at }).where('id', '=', id).execute()
}
