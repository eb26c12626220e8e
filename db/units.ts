import type { Transaction, Updateable } from 'kysely'
import { insertRows, type BulkOptions } from './bulk.ts'
import type { Source } from './source.ts'
import type { Tables, UnitRow } from './tables.ts'

/** The whole tree in unit order. */
export const listUnits = (db: Source): Promise<UnitRow[]> =>
  db.selectFrom('units').selectAll().orderBy('position').orderBy('name').execute()

export const findUnit = (db: Source, id: string): Promise<UnitRow | undefined> =>
  db.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirst()

/** Names are unique in the tree. */
export const findUnitByName = (db: Source, name: string): Promise<UnitRow | undefined> =>
  db.selectFrom('units').selectAll().where('name', '=', name).executeTakeFirst()

/** Parents may come after their children; the tree is checked when the transaction ends. */
export const insertUnits = (
  trx: Transaction<Tables>,
  rows: readonly UnitRow[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'units', rows, options)

/** The changed row, or undefined when there is none. A parent below the unit itself is refused by the database. */
export const updateUnit = (
  trx: Transaction<Tables>,
  id: string,
  change: Omit<Updateable<UnitRow>, 'id'>,
): Promise<UnitRow | undefined> =>
  trx.updateTable('units').set(change).where('id', '=', id).returningAll().executeTakeFirst()
