import type { Selectable, Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { ColumnMappingRow, CommissionRow, Tables } from './tables.ts'

export type Commission = Selectable<CommissionRow>

/** In the order of their components' keys. */
export const listCommissions = (db: Source, assessmentId: string): Promise<Commission[]> =>
  db
    .selectFrom('commissions')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .orderBy('component')
    .orderBy('id')
    .execute()

export async function insertCommission(trx: Transaction<Tables>, row: CommissionRow): Promise<void> {
  await trx.insertInto('commissions').values(row).execute()
}

/** Stores a changed commission as the version after the one given; false when that is not the present one. */
export async function updateCommission(
  trx: Transaction<Tables>,
  { id, assessmentId, ...change }: Omit<CommissionRow, 'version' | 'component'>,
  after: number,
): Promise<boolean> {
  const [result] = await trx
    .updateTable('commissions')
    .set({ ...change, version: after + 1 })
    .where('id', '=', id)
    .where('assessmentId', '=', assessmentId)
    .where('version', '=', after)
    .execute()
  return result !== undefined && result.numUpdatedRows > 0n
}

/** How an evaluator's columns were read last; undefined before its first file. */
export const findColumnMapping = (
  db: Source,
  assessingUnitId: string,
  evaluator: string,
): Promise<ColumnMappingRow | undefined> =>
  db
    .selectFrom('columnMappings')
    .selectAll()
    .where('assessingUnitId', '=', assessingUnitId)
    .where('evaluator', '=', evaluator)
    .executeTakeFirst()

export async function saveColumnMapping(trx: Transaction<Tables>, row: ColumnMappingRow): Promise<void> {
  await trx
    .insertInto('columnMappings')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['assessingUnitId', 'evaluator'])
        .doUpdateSet({ body: row.body, updatedAt: row.updatedAt }),
    )
    .execute()
}
