import type { Insertable, Selectable, Transaction } from 'kysely'
import { insertRows, type BulkOptions } from './bulk.ts'
import type { Source } from './source.ts'
import type { ClaimRow, ExternalMarkRow, SubmissionRow, Tables, VerifiedMarkRow } from './tables.ts'

export const insertVerifiedMarks = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<VerifiedMarkRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'verifiedMarks', rows, options)

export const insertExternalMarks = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<ExternalMarkRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'externalMarks', rows, options)

export const insertClaims = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<ClaimRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'claims', rows, options)

export const insertSubmissions = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<SubmissionRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'submissions', rows, options)

/** In the order recorded: the last mark of a unit, window and leaf counts. */
export const listVerifiedMarks = (db: Source, assessmentId: string): Promise<Selectable<VerifiedMarkRow>[]> =>
  db.selectFrom('verifiedMarks').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()

/** In the order recorded: the last mark of a unit, component and dimension counts. */
export const listExternalMarks = (db: Source, assessmentId: string): Promise<Selectable<ExternalMarkRow>[]> =>
  db.selectFrom('externalMarks').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()

/** In the order recorded: the last claim of a unit, window and leaf counts. */
export const listClaims = (db: Source, assessmentId: string): Promise<Selectable<ClaimRow>[]> =>
  db.selectFrom('claims').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()

/** In the order recorded. */
export const listSubmissions = (db: Source, assessmentId: string): Promise<Selectable<SubmissionRow>[]> =>
  db.selectFrom('submissions').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()
