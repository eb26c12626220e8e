import type { Transaction, Updateable } from 'kysely'
import { stageMeaning } from '#assessment/vocabulary'
import { listAssessments } from './assessments.ts'
import { insertRows, type BulkOptions } from './bulk.ts'
import { bindNames } from './responsible-units.ts'
import type { Source } from './source.ts'
import type { Tables, UnitRow } from './tables.ts'

/** The whole tree in unit order. */
export const listUnits = (db: Source): Promise<UnitRow[]> =>
  db.selectFrom('units').selectAll().orderBy('position').orderBy('name').execute()

/** Units as an assessment calls them: one that was over when they got another name keeps the name that they had. */
export async function asCalledIn<Unit extends Pick<UnitRow, 'id' | 'name'>>(
  db: Source,
  assessmentId: string,
  units: readonly Unit[],
): Promise<readonly Unit[]> {
  const rows = await db
    .selectFrom('formerNames')
    .select(['unitId', 'name'])
    .where('assessmentId', '=', assessmentId)
    .execute()
  if (rows.length === 0) return units
  const former = new Map(rows.map(({ unitId, name }) => [unitId, name]))
  return units.map((unit) => ({ ...unit, name: former.get(unit.id) ?? unit.name }))
}

export const findUnit = (db: Source, id: string): Promise<UnitRow | undefined> =>
  db.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirst()

/** Names are unique in the tree. */
export const findUnitByName = (db: Source, name: string): Promise<UnitRow | undefined> =>
  db.selectFrom('units').selectAll().where('name', '=', name).executeTakeFirst()

/** Rules that named a unit nobody had may mean one that is there now. */
async function bindNamesEverywhere(trx: Transaction<Tables>): Promise<void> {
  for (const assessment of await listAssessments(trx)) await bindNames(trx, assessment)
}

/** Parents may come after their children; the tree is checked when the transaction ends. */
export async function insertUnits(
  trx: Transaction<Tables>,
  rows: readonly UnitRow[],
  options?: BulkOptions,
): Promise<void> {
  await insertRows(trx, 'units', rows, options)
  await bindNamesEverywhere(trx)
}

/** Years that are over keep the first name that a unit had after them. */
async function keepFormerName(trx: Transaction<Tables>, { id, name }: UnitRow): Promise<void> {
  const over = (await listAssessments(trx)).filter(({ stage }) => stageMeaning[stage].over)
  if (over.length === 0) return
  await trx
    .insertInto('formerNames')
    .values(over.map((assessment) => ({ assessmentId: assessment.id, unitId: id, name })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The changed row, or undefined when there is none. A parent below the unit itself is refused by the database. */
export async function updateUnit(
  trx: Transaction<Tables>,
  id: string,
  change: Omit<Updateable<UnitRow>, 'id'>,
): Promise<UnitRow | undefined> {
  const before = await findUnit(trx, id)
  if (before && change.name !== undefined && change.name !== before.name) await keepFormerName(trx, before)
  const changed = await trx
    .updateTable('units')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  await bindNamesEverywhere(trx)
  return changed
}
