import { compare, decimal, divide, max, min, subtract, whole, type Decimal } from '../rational.ts'

/** Fewer units than this say nothing about how alike marks are. */
const fewUnits = 5
/** Marks closer together than one part in this many of the full marks. */
const closeTogether = 100

export type Alikeness = 'all-equal' | 'mostly-equal' | 'close-together'

/** Whether an evaluator's marks, out of the same full marks, hardly tell units apart, and how; null when they do. */
export function marksAlike(marks: readonly Decimal[], full: Decimal): Alikeness | null {
  if (marks.length < fewUnits) return null
  const values = marks.map(decimal)
  const first = decimal(marks[0] as Decimal)
  const spread = subtract(values.reduce(max, first), values.reduce(min, first))
  if (spread.n === 0n) return 'all-equal'
  const counts = new Map<string, number>()
  for (const { n, d } of values) counts.set(`${n}/${d}`, (counts.get(`${n}/${d}`) ?? 0) + 1)
  if (Math.max(...counts.values()) * 5 >= marks.length * 4) return 'mostly-equal'
  return compare(spread, divide(decimal(full), whole(closeTogether))) < 0 ? 'close-together' : null
}
