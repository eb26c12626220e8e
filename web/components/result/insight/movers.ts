import { compare, decimal, format, subtract, zero, type Rational } from '#assessment/rational'
import type { Insight } from '../../../api/insight.ts'

type Row = Insight['standings'][number]

/** Who is listed: those that moved most either way, or one way only. */
export const moverOrders = ['moved', 'fell', 'rose'] as const
export type MoverOrder = (typeof moverOrders)[number]

export interface Mover {
  readonly row: Row
  readonly before: string
  readonly now: string
  /** Points of the composite; negative where it fell. */
  readonly change: string
}

const size = (value: Rational): Rational => (value.n < 0n ? { n: -value.n, d: value.d } : value)
const fits: Readonly<Record<MoverOrder, (change: Rational) => boolean>> = {
  moved: (change) => change.n !== 0n,
  fell: (change) => compare(change, zero) < 0,
  rose: (change) => compare(change, zero) > 0,
}

/** Units with a composite in both years, those that moved most first. */
export function moversOf(standings: readonly Row[], order: MoverOrder, most: number): Mover[] {
  return standings
    .flatMap((row) => {
      const { composite, previousComposite } = row
      if (composite === null || previousComposite === null) return []
      const change = subtract(decimal(composite), decimal(previousComposite))
      return fits[order](change) ? [{ row, before: previousComposite, now: composite, change }] : []
    })
    .sort((a, b) => compare(size(b.change), size(a.change)))
    .slice(0, most)
    .map(({ change, ...mover }) => ({ ...mover, change: format(change) }))
}
