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

/** Units as an assessment knows them: one that was over when they got another name, or were put elsewhere, keeps what they were. */
export async function asTheyWereIn<Unit extends Pick<UnitRow, 'id' | 'name' | 'parentId'>>(
  db: Source,
  assessmentId: string,
  units: readonly Unit[],
): Promise<readonly Unit[]> {
  const names = await db
    .selectFrom('formerNames')
    .select(['unitId', 'name'])
    .where('assessmentId', '=', assessmentId)
    .execute()
  const places = await db
    .selectFrom('formerPlaces')
    .select(['unitId', 'parentId'])
    .where('assessmentId', '=', assessmentId)
    .execute()
  if (names.length + places.length === 0) return units
  const named = new Map(names.map(({ unitId, name }) => [unitId, name]))
  const placed = new Map(places.map(({ unitId, parentId }) => [unitId, parentId]))
  return units.map((unit) => {
    const parentId = placed.get(unit.id)
    return {
      ...unit,
      name: named.get(unit.id) ?? unit.name,
      parentId: parentId === undefined ? unit.parentId : parentId,
    }
  })
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

/** Years that are over keep the first name and the first place that a unit had after them. */
async function keepForYearsOver(
  trx: Transaction<Tables>,
  { id, name, parentId }: UnitRow,
  change: Omit<Updateable<UnitRow>, 'id'>,
): Promise<void> {
  const over = (await listAssessments(trx)).filter(({ stage }) => stageMeaning[stage].over)
  if (over.length === 0) return
  const of = over.map((assessment) => ({ assessmentId: assessment.id, unitId: id }))
  if (change.name !== undefined && change.name !== name)
    await trx
      .insertInto('formerNames')
      .values(of.map((row) => ({ ...row, name })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  if (change.parentId !== undefined && change.parentId !== parentId)
    await trx
      .insertInto('formerPlaces')
      .values(of.map((row) => ({ ...row, parentId })))
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
  if (before) await keepForYearsOver(trx, before, change)
  const changed = await trx
    .updateTable('units')
    .set(change)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  await bindNamesEverywhere(trx)
  return changed
}
