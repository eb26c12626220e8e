import type { Transaction } from 'kysely'
import type { Scheme } from '#assessment/rule/scheme'
import { schemeFromStored } from '#assessment/rule/stored-scheme'
import { pointsGiven } from './bonuses.ts'
import { bounded } from './bounded.ts'
import type { Source } from './source.ts'
import type { SchemeRow, Tables } from './tables.ts'

/** A stored scheme with its body read. */
export interface StoredScheme extends Omit<SchemeRow, 'body'> {
  readonly scheme: Scheme
}

/** Schemes read before, by their text: nearly every request needs one, and few are in use. */
const parsed = bounded<Scheme>(8)

/** A scheme out of its text; one of the form before, with a bonus, needs the points given under it. */
async function schemeFrom(db: Source, id: string, body: string): Promise<Scheme> {
  const known = parsed.get(body)
  if (known) return known
  const json = JSON.parse(body) as { readonly bonus?: unknown }
  if (json.bonus) return schemeFromStored(json, await pointsGiven(db, { column: 'assessments.schemeId', id }))
  const scheme = schemeFromStored(json)
  parsed.set(body, scheme)
  return scheme
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
  return { ...row, scheme: await schemeFrom(db, id, body) }
}

/** Without bodies, newest first. */
export const listSchemes = (db: Source): Promise<Omit<SchemeRow, 'body'>[]> =>
  db
    .selectFrom('schemes')
    .select(['id', 'name', 'version', 'createdBy', 'createdAt'])
    .orderBy('createdAt', 'desc')
    .orderBy('version', 'desc')
    .execute()

/** Ids of the schemes that an assessment has opened on; nothing can change them any more. */
export async function schemesInUse(db: Source): Promise<Set<string>> {
  const rows = await db
    .selectFrom('assessments')
    .select('schemeId')
    .where('stage', '<>', 'draft')
    .distinct()
    .execute()
  return new Set(rows.map(({ schemeId }) => schemeId))
}

/** Puts another body into a draft; the database refuses once an assessment has opened on it. */
export async function updateScheme(
  trx: Transaction<Tables>,
  id: string,
  { scheme, version }: Pick<StoredScheme, 'scheme' | 'version'>,
): Promise<void> {
  await trx
    .updateTable('schemes')
    .set({ name: scheme.name, version, body: JSON.stringify(scheme) })
    .where('id', '=', id)
    .execute()
}

/** Deletes a draft; the database refuses once an assessment is on it. */
export async function deleteScheme(trx: Transaction<Tables>, id: string): Promise<void> {
  await trx.deleteFrom('schemes').where('id', '=', id).execute()
}
