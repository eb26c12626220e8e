import { compare, decimal, sum, type Decimal } from '../assessment/rational.ts'
import { nameKey, type OfUnit, type Suspicion } from './suspicion.ts'

/** The figures of table three of the 2021 form that carry requests over the years. */
export const carriedItems = ['received', 'carried-in', 'closed', 'carried-out'] as const
export type CarriedItem = (typeof carriedItems)[number]

/** One figure of 依申请统计. */
export interface CarriedRecord extends OfUnit {
  readonly year: number
  readonly item: CarriedItem
  readonly value: Decimal | null
}

/** Requests that a year took in and did not pass on, and years whose figures do not meet (2021 表式三). */
export function carriedSuspicions<Kept extends CarriedRecord>(records: readonly Kept[]): Suspicion<Kept>[] {
  const keyOf = (unit: string, year: number, item: CarriedItem) => JSON.stringify([nameKey(unit), year, item])
  const byKey = new Map(records.map((record) => [keyOf(record.unit, record.year, record.item), record]))
  const valueOf = (unit: string, year: number, item: CarriedItem): Decimal | null =>
    byKey.get(keyOf(unit, year, item))?.value ?? null
  return records.flatMap((record): Suspicion<Kept>[] => {
    const { unit, year, item, value } = record
    const suspicion = (sides: string): Suspicion<Kept>[] => [
      { rule: 'cross-carried', unit, record, due: null, on: null, params: { sides } },
    ]
    if (value === null) return []
    if (item === 'received') {
      const [carriedIn, closed, carriedOut] = [
        valueOf(unit, year, 'carried-in'),
        valueOf(unit, year, 'closed'),
        valueOf(unit, year, 'carried-out'),
      ]
      if (carriedIn === null || closed === null || carriedOut === null) return []
      const isEqual =
        compare(sum([decimal(value), decimal(carriedIn)]), sum([decimal(closed), decimal(carriedOut)])) === 0
      return isEqual ? [] : suspicion(`${value} + ${carriedIn} ≠ ${closed} + ${carriedOut}`)
    }
    if (item === 'carried-out') {
      const next = valueOf(unit, year + 1, 'carried-in')
      return next === null || compare(decimal(value), decimal(next)) === 0
        ? []
        : suspicion(`${year}: ${value} ≠ ${year + 1}: ${next}`)
    }
    return []
  })
}
