import type { Insertable, Selectable, Transaction } from 'kysely'
import { insertRows, type BulkOptions } from './bulk.ts'
import type { Source } from './source.ts'
import { formerBonusKey, pointsSeverity } from '#assessment/rule/stored-scheme'
import type { BonusMarkRow, FindingFactRow, FindingRow, Tables } from './tables.ts'

export const insertBonusMarks = (
  trx: Transaction<Tables>,
  rows: readonly Insertable<BonusMarkRow>[],
  options?: BulkOptions,
): Promise<void> => insertRows(trx, 'bonusMarks', rows, options)

/** In the order recorded, entries taken back and what took them back included. */
export const listBonusMarks = (db: Source, assessmentId: string): Promise<Selectable<BonusMarkRow>[]> =>
  db.selectFrom('bonusMarks').selectAll().where('assessmentId', '=', assessmentId).orderBy('seq').execute()

/** The points given so far, each once: in an assessment, or in those on a scheme. */
export async function pointsGiven(
  db: Source,
  { column, id }: { readonly column: 'assessments.id' | 'assessments.schemeId'; readonly id: string },
): Promise<number[]> {
  const rows = await db
    .selectFrom('bonusMarks')
    .innerJoin('assessments', 'assessments.id', 'bonusMarks.assessmentId')
    .select('bonusMarks.points')
    .distinct()
    .where(column, '=', id)
    .where('bonusMarks.points', '>', 0)
    .orderBy('bonusMarks.points')
    .execute()
  return rows.map(({ points }) => points)
}

type Given = Selectable<BonusMarkRow>

/** A row that gave points as the finding that it is now, with what took it back among its facts. */
export interface GivenPoints {
  readonly row: Selectable<FindingRow>
  readonly facts: readonly Selectable<FindingFactRow>[]
}

const factFrom = (
  { id, seq, onDay, what, recordedBy, recordedAt }: Given,
  findingId: string,
): Selectable<FindingFactRow> => ({
  id,
  seq,
  findingId,
  type: 'notified',
  onDay,
  deadline: null,
  outcome: null,
  kind: null,
  unitId: null,
  severity: null,
  unitDeadline: null,
  reason: what,
  recordedBy,
  recordedAt,
})

/** Points given before there were ledgers of gains, as entries of one, in the order recorded; `rows` are all of an assessment. */
export function givenAsFindings(rows: readonly Given[]): GivenPoints[] {
  const back = new Map(rows.flatMap((row) => (row.reverses === null ? [] : [[row.reverses, row]])))
  return rows
    .filter(({ reverses }) => reverses === null)
    .map((given, index) => {
      const { id, seq, assessmentId, unitId, points, what, importId, recordedBy, recordedAt } = given
      const taken = back.get(given.id)
      return {
        row: {
          id,
          seq,
          assessmentId,
          unitId,
          what,
          importId,
          recordedBy,
          recordedAt,
          number: `加分-${String(index + 1).padStart(3, '0')}`,
          kind: formerBonusKey,
          severity: pointsSeverity(points).key,
          numberedUnitId: null,
          heardByImport: null,
          source: null,
          foundOn: null,
        },
        facts: [
          { ...factFrom(given, given.id), reason: null },
          ...(taken ? [{ ...factFrom(taken, given.id), type: 'reversed' as const }] : []),
        ],
      }
    })
}

/** Those of some ids that gave points, as findings. */
export async function findGiven(db: Source, ids: readonly string[]): Promise<GivenPoints[]> {
  if (ids.length === 0) return []
  const assessments = await db
    .selectFrom('bonusMarks')
    .select('assessmentId')
    .distinct()
    .where('id', 'in', ids)
    .execute()
  const wanted = new Set(ids)
  const found: GivenPoints[] = []
  for (const { assessmentId } of assessments)
    found.push(...givenAsFindings(await listBonusMarks(db, assessmentId)))
  return found.filter(({ row }) => wanted.has(row.id))
}
