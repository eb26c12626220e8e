import type { Insertable, Selectable, Transaction } from 'kysely'
import type { WindowExtension } from '#assessment/score/facts'
import type { Source } from './source.ts'
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
  db.selectFrom('extensions').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()

/** Extensions as the engine reads them. */
export const extensionsFrom = (rows: readonly Extension[]): WindowExtension[] =>
  rows.map(({ component, windowKey, unitId, dueOn, onDay }) => ({
    component,
    window: windowKey,
    unitId,
    due: dueOn,
    on: onDay,
  }))
