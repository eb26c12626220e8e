import type { Transaction } from 'kysely'
import type { Charging } from '#assessment/score/charging'
import { nextFindingNumbers } from '../../db/findings.ts'
import type { AssessmentRow, Tables } from '../../db/tables.ts'
import { grouped } from '../grouped.ts'

interface Numbered {
  readonly number: string
  readonly numberedUnitId: string
}

/**
 * 编号 of new findings, in their order: the one that a finding brings, else the next of the year within the unit charged with it today. It stays
 * the finding's own, whoever is charged later. `unitIds` are all the units that there are.
 */
export async function numbersFor(
  trx: Transaction<Tables>,
  assessment: Pick<AssessmentRow, 'id' | 'year'>,
  { numbering }: Pick<Charging, 'numbering'>,
  unitIds: readonly string[],
  findings: readonly { readonly unitId: string; readonly number: string | null }[],
): Promise<Numbered[]> {
  const placed = findings.map(({ unitId, number }) => ({ number, numberedUnitId: numbering(unitId) }))
  const places = grouped(unitIds, numbering)
  const series = [...grouped(placed, ({ numberedUnitId }) => numberedUnitId)].map(([unitId, within]) => ({
    unitId,
    places: places.get(unitId) ?? [],
    count: within.filter(({ number }) => number === null).length,
    reserved: within.flatMap(({ number }) => number ?? []),
  }))
  const next = await nextFindingNumbers(
    trx,
    assessment,
    series.filter(({ count }) => count > 0),
  )
  const left = new Map([...next].map(([unitId, numbers]) => [unitId, numbers.values()]))
  return placed.map(({ number, numberedUnitId }) => ({
    number: number ?? left.get(numberedUnitId)?.next().value ?? '',
    numberedUnitId,
  }))
}
