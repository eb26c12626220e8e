import type { Insertable, Selectable, Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { Tables, WallLinkRow } from './tables.ts'

/** Latest first, with who made it; at most `limit`. */
export const listWallLinks = (db: Source, assessmentId: string, limit: number) =>
  db
    .selectFrom('wallLinks')
    .innerJoin('accounts', 'accounts.id', 'wallLinks.createdBy')
    .select([
      'wallLinks.id',
      'wallLinks.name',
      'wallLinks.expiresAt',
      'wallLinks.createdAt',
      'wallLinks.revokedAt',
      'accounts.name as createdByName',
    ])
    .where('assessmentId', '=', assessmentId)
    .orderBy('wallLinks.createdAt', 'desc')
    .orderBy('wallLinks.id')
    .limit(limit)
    .execute()

export async function insertWallLink(trx: Transaction<Tables>, row: Insertable<WallLinkRow>): Promise<void> {
  await trx.insertInto('wallLinks').values(row).execute()
}

/** The link of an assessment by its id, revoked or not. */
export const findWallLink = (
  db: Source,
  assessmentId: string,
  id: string,
): Promise<Selectable<WallLinkRow> | undefined> =>
  db
    .selectFrom('wallLinks')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .where('id', '=', id)
    .executeTakeFirst()

/** The link behind a secret; undefined when there is none, or it has expired or been revoked. */
export const findLivingWallLink = (
  db: Source,
  tokenHash: string,
  now: string,
): Promise<Selectable<WallLinkRow> | undefined> =>
  db
    .selectFrom('wallLinks')
    .selectAll()
    .where('tokenHash', '=', tokenHash)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst()

/** How many links of an assessment work now. */
export async function countLivingWallLinks(db: Source, assessmentId: string, now: string): Promise<number> {
  const { count } = await db
    .selectFrom('wallLinks')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('assessmentId', '=', assessmentId)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function revokeWallLink(
  trx: Transaction<Tables>,
  { id, assessmentId }: Pick<WallLinkRow, 'id' | 'assessmentId'>,
  at: string,
): Promise<void> {
  await trx
    .updateTable('wallLinks')
    .set({ revokedAt: at })
    .where('id', '=', id)
    .where('assessmentId', '=', assessmentId)
    .execute()
}
