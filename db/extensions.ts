import type { Insertable, Selectable, Transaction } from 'kysely'
import type { WindowExtension } from '#assessment/facts'
import type { Source } from './database.ts'
import type { ExtensionRow, Tables } from './tables.ts'

export type Extension = Selectable<ExtensionRow>

/** Grants a later due day; in force from the day it is granted. */
export async function insertExtension(
  trx: Transaction<Tables>,
  row: Omit<Insertable<ExtensionRow>, 'seq'>,
): Promise<void> {
  await trx.insertInto('extensions').values(row).execute()
}

/** In the order granted. */
export const listExtensions = (db: Source, assessmentId: string): Promise<Extension[]> =>
  db.selectFrom('extensions').selectAll().where('assessment_id', '=', assessmentId).orderBy('seq').execute()

/** Extensions as the engine reads them. */
export const extensionsFrom = (rows: readonly Extension[]): WindowExtension[] =>
  rows.map(({ component, window_key, unit_id, due_on, on_day }) => ({
    component,
    window: window_key,
    unitId: unit_id,
    due: due_on,
    on: on_day,
  }))
