import type { ExternalMark } from './facts.ts'
import { compare, decimal } from '../rational.ts'

export const batchChanges = ['added', 'removed', 'changed'] as const
export type BatchChange = (typeof batchChanges)[number]

/** A mark that two batches do not agree on; null = none. */
export interface BatchDifference {
  readonly unitId: string
  readonly dimension: string | null
  readonly change: BatchChange
  readonly from: ExternalMark['marks']
  readonly to: ExternalMark['marks']
}

type Mark = Pick<ExternalMark, 'unitId' | 'dimension' | 'marks'>

const placeOf = ({ unitId, dimension }: Mark): string => `${unitId}\n${dimension ?? ''}`

type Given = NonNullable<ExternalMark['marks']>
const isSame = (a: Given, b: Given): boolean =>
  a === 'not-applicable' || b === 'not-applicable' ? a === b : compare(decimal(a), decimal(b)) === 0

/** Where two batches of marks differ, in the order of the first and then of the second; 90 and 90.0 do not. */
export function batchDifferences(before: readonly Mark[], after: readonly Mark[]): BatchDifference[] {
  const froms = new Map(before.map((mark) => [placeOf(mark), mark.marks]))
  const tos = new Map(after.map((mark) => [placeOf(mark), mark.marks]))
  const places = new Map([...before, ...after].map((mark) => [placeOf(mark), mark]))
  return [...places].flatMap(([place, { unitId, dimension }]): BatchDifference[] => {
    const [from, to] = [froms.get(place) ?? null, tos.get(place) ?? null]
    if (from === null && to === null) return []
    if (from === null) return [{ unitId, dimension, change: 'added', from, to }]
    if (to === null) return [{ unitId, dimension, change: 'removed', from, to }]
    if (isSame(from, to)) return []
    return [{ unitId, dimension, change: 'changed', from, to }]
  })
}
