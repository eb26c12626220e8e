import type { Insertable, Selectable, Transaction } from 'kysely'
import { insertRows } from './bulk.ts'
import type { Source } from './source.ts'
import type { ReportRow, Tables } from './tables.ts'

export type StoredReport = Selectable<ReportRow>

export const insertReport = (trx: Transaction<Tables>, row: Insertable<ReportRow>): Promise<void> =>
  insertRows(trx, 'reports', [row])

/** Every version of every report of an assessment without its text, in the order recorded. */
export const listReports = (db: Source, assessmentId: string): Promise<Omit<StoredReport, 'body'>[]> =>
  db
    .selectFrom('reports')
    .select([
      'id',
      'seq',
      'assessmentId',
      'unitId',
      'year',
      'version',
      'fileName',
      'sha256',
      'observations',
      'evidenceId',
      'recordedBy',
      'recordedAt',
    ])
    .where('assessmentId', '=', assessmentId)
    .orderBy('seq')
    .execute()

export const findReport = (db: Source, id: string): Promise<StoredReport | undefined> =>
  db.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()

/** The versions of a unit's report on a year, the first one first. */
export const versionsOfReport = (
  db: Source,
  { assessmentId, unitId, year }: Pick<ReportRow, 'assessmentId' | 'unitId' | 'year'>,
): Promise<Pick<StoredReport, 'id' | 'version' | 'sha256' | 'recordedAt'>[]> =>
  db
    .selectFrom('reports')
    .select(['id', 'version', 'sha256', 'recordedAt'])
    .where('assessmentId', '=', assessmentId)
    .where('unitId', '=', unitId)
    .where('year', '=', year)
    .orderBy('version')
    .execute()

/** A report whose file is kept as this evidence. */
export const reportOfEvidence = (
  db: Source,
  evidenceId: string,
): Promise<Pick<StoredReport, 'id' | 'unitId' | 'assessmentId'> | undefined> =>
  db
    .selectFrom('reports')
    .select(['id', 'unitId', 'assessmentId'])
    .where('evidenceId', '=', evidenceId)
    .executeTakeFirst()

/** A report as others are compared with it. */
export interface ComparedReport {
  readonly unitId: string
  readonly unit: string
  readonly year: number
  readonly body: string
}

/** The reports of an assessing unit's assessments, each in its last version. */
export async function reportsToCompare(db: Source, assessingUnitId: string): Promise<ComparedReport[]> {
  const rows = await db
    .selectFrom('reports')
    .innerJoin('assessments', 'assessments.id', 'reports.assessmentId')
    .innerJoin('units', 'units.id', 'reports.unitId')
    .select(['reports.unitId', 'units.name as unit', 'reports.year', 'reports.body'])
    .where('assessments.unitId', '=', assessingUnitId)
    .orderBy('reports.seq')
    .execute()
  return [...new Map(rows.map((row) => [JSON.stringify([row.unitId, row.year]), row])).values()]
}
