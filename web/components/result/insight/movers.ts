import { compare, decimal, format, subtract, type Rational } from '#assessment/rational'
import type { Insight } from '../../../api/insight.ts'

type Row = Insight['standings'][number]

export interface Mover {
  readonly row: Row
  readonly before: string
  readonly now: string
  /** Points of the composite, with its sign. */
  readonly change: string
}

const size = (value: Rational): Rational => (value.n < 0n ? { n: -value.n, d: value.d } : value)

/** Units with a composite in both years, those that moved most first. */
export function moversOf(standings: readonly Row[], most: number): Mover[] {
  return standings
    .flatMap((row) => {
      const { composite, previousComposite } = row
      if (composite === null || previousComposite === null) return []
      const change = subtract(decimal(composite), decimal(previousComposite))
      return change.n === 0n ? [] : [{ row, before: previousComposite, now: composite, change }]
    })
    .sort((a, b) => compare(size(b.change), size(a.change)))
    .slice(0, most)
    .map(({ change, ...mover }) => ({ ...mover, change: format(change).replace(/^(?=\d)/, '+') }))
}
