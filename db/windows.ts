import type { Transaction } from 'kysely'
import { insertRows } from './bulk.ts'
import type { Source } from './source.ts'
import type { Tables, WindowRow } from './tables.ts'

/** In the order they fall due. */
export const listWindows = (db: Source, assessmentId: string): Promise<WindowRow[]> =>
  db
    .selectFrom('windows')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .orderBy('dueOn')
    .orderBy('component')
    .orderBy('key')
    .execute()

export const insertWindows = (trx: Transaction<Tables>, rows: readonly WindowRow[]): Promise<void> =>
  insertRows(trx, 'windows', rows)

/** Gives a draft assessment the windows of its scheme; the database refuses where one is closed or was put off. */
export async function replaceWindows(
  trx: Transaction<Tables>,
  assessmentId: string,
  rows: readonly WindowRow[],
): Promise<void> {
  await trx.deleteFrom('windows').where('assessmentId', '=', assessmentId).execute()
  await insertWindows(trx, rows)
}

/** Closes a window for good; false when there is no such window or it is closed already. */
export async function closeWindow(
  trx: Transaction<Tables>,
  window: Pick<WindowRow, 'assessmentId' | 'component' | 'key'>,
  on: string,
): Promise<boolean> {
  const [result] = await trx
    .updateTable('windows')
    .set({ closedOn: on })
    .where('assessmentId', '=', window.assessmentId)
    .where('component', '=', window.component)
    .where('key', '=', window.key)
    .where('closedOn', 'is', null)
    .execute()
  return result !== undefined && result.numUpdatedRows > 0n
}
