import type { Transaction } from 'kysely'
import type { Scheme } from '#assessment/scheme'
import type { Source } from './database.ts'
import type { SchemeRow, Tables } from './tables.ts'

/** A stored scheme with its body read. */
export interface StoredScheme extends Omit<SchemeRow, 'body'> {
  readonly scheme: Scheme
}

/** Stores a checked scheme as it is; from its first assessment on nothing can change it. */
export async function insertScheme(
  trx: Transaction<Tables>,
  { scheme, ...row }: StoredScheme,
): Promise<void> {
  await trx
    .insertInto('schemes')
    .values({ ...row, body: JSON.stringify(scheme) })
    .execute()
}

export async function findScheme(db: Source, id: string): Promise<StoredScheme | undefined> {
  const found = await db.selectFrom('schemes').selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined) return undefined
  const { body, ...row } = found
  return { ...row, scheme: JSON.parse(body) as Scheme }
}

/** Without bodies, newest first. */
export const listSchemes = (db: Source): Promise<Omit<SchemeRow, 'body'>[]> =>
  db
    .selectFrom('schemes')
    .select(['id', 'name', 'version', 'created_by', 'created_at'])
    .orderBy('created_at', 'desc')
    .orderBy('version', 'desc')
    .execute()
