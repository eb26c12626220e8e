import type { Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { CircularTemplateRow, Tables } from './tables.ts'

/** The 通报 text of an office; undefined while it uses the default. */
export const findCircularTemplate = (
  db: Source,
  assessingUnitId: string,
): Promise<CircularTemplateRow | undefined> =>
  db
    .selectFrom('circularTemplates')
    .selectAll()
    .where('assessingUnitId', '=', assessingUnitId)
    .executeTakeFirst()

/** Stores the text as the version after `before` (0 = none yet); whether nobody else was quicker. */
export async function saveCircularTemplate(
  trx: Transaction<Tables>,
  row: Omit<CircularTemplateRow, 'version'>,
  before: number,
): Promise<boolean> {
  const next = { ...row, version: before + 1 }
  if (before === 0) {
    const inserted = await trx
      .insertInto('circularTemplates')
      .values(next)
      .onConflict((conflict) => conflict.column('assessingUnitId').doNothing())
      .returning('version')
      .executeTakeFirst()
    return inserted !== undefined
  }
  const updated = await trx
    .updateTable('circularTemplates')
    .set(next)
    .where('assessingUnitId', '=', row.assessingUnitId)
    .where('version', '=', before)
    .returning('version')
    .executeTakeFirst()
  return updated !== undefined
}
