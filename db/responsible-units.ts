import type { Selectable, Transaction } from 'kysely'
import { kindsIn, verifiedComponents, type Scheme } from '#assessment/rule/scheme'
import { newId } from './ids.ts'
import { findScheme } from './schemes.ts'
import type { Source } from './source.ts'
import type { AssessmentRow, ResponsibleUnitRow, Tables } from './tables.ts'

/** The units that a rule names as providing 提供单位 or responsible 责任单位. */
export const unitsNamedIn = (scheme: Scheme): string[] => [
  ...new Set(
    [
      ...kindsIn(scheme).map(({ provider }) => provider),
      ...verifiedComponents(scheme).flatMap(({ indicators }) =>
        indicators.map(({ responsible }) => responsible),
      ),
    ].flatMap((name) => name ?? []),
  ),
]

/** What an assessment's rule has meant by its names, in the order recorded; the last of a name is in force. */
export const listResponsibleUnits = (
  db: Source,
  assessmentId: string,
): Promise<Selectable<ResponsibleUnitRow>[]> =>
  db
    .selectFrom('responsibleUnits')
    .selectAll()
    .where('assessmentId', '=', assessmentId)
    .orderBy('seq')
    .execute()

/** Ids of the units meant today, by the name in the rule. */
export const responsibleIn = async (db: Source, assessmentId: string): Promise<Map<string, string>> =>
  new Map((await listResponsibleUnits(db, assessmentId)).map(({ name, unitId }) => [name, unitId]))

export const insertResponsibleUnit = async (
  trx: Transaction<Tables>,
  row: Omit<ResponsibleUnitRow, 'id' | 'seq'>,
): Promise<void> => {
  await trx
    .insertInto('responsibleUnits')
    .values({ id: newId(), ...row })
    .execute()
}

/** What the assessing unit's other years mean by their names, the latest year of each name; those on one scheme alone, or all. */
async function meantElsewhere(
  db: Source,
  { id, unitId }: AssessmentRow,
  schemeId?: string,
): Promise<Map<string, string>> {
  let others = db
    .selectFrom('responsibleUnits')
    .innerJoin('assessments', 'assessments.id', 'responsibleUnits.assessmentId')
    .select(['responsibleUnits.name', 'responsibleUnits.unitId'])
    .where('assessments.id', '<>', id)
    .where('assessments.unitId', '=', unitId)
  if (schemeId !== undefined) others = others.where('assessments.schemeId', '=', schemeId)
  const rows = await others.orderBy('assessments.year').orderBy('responsibleUnits.seq').execute()
  return new Map(rows.map((row) => [row.name, row.unitId]))
}

/**
 * Says for good which units an assessment's rule means, for the names that it is not said of yet: those that another year on the same rule
 * means; else the unit so called today; else the one that another year means. A name that no unit has ever had stays open.
 */
export async function bindNames(trx: Transaction<Tables>, assessment: AssessmentRow): Promise<void> {
  const { id: assessmentId, schemeId, createdBy, createdAt } = assessment
  const scheme = (await findScheme(trx, schemeId))?.scheme
  const bound = await responsibleIn(trx, assessmentId)
  const open = scheme ? unitsNamedIn(scheme).filter((name) => !bound.has(name)) : []
  if (open.length === 0) return
  const onSameRule = await meantElsewhere(trx, assessment, schemeId)
  const units = await trx.selectFrom('units').select(['id', 'name']).where('name', 'in', open).execute()
  const soCalled = new Map(units.map(({ id, name }) => [name, id]))
  const elsewhere = await meantElsewhere(trx, assessment)
  for (const name of open) {
    const unitId = onSameRule.get(name) ?? soCalled.get(name) ?? elsewhere.get(name)
    if (unitId === undefined) continue
    await insertResponsibleUnit(trx, {
      assessmentId,
      name,
      unitId,
      onDay: createdAt.slice(0, 10),
      reason: null,
      recordedBy: createdBy,
      recordedAt: createdAt,
    })
  }
}
