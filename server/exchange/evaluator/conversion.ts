import {
  add,
  compare,
  decimal,
  divide,
  format,
  max,
  min,
  multiply,
  subtract,
  whole,
  zero,
  type Decimal,
  type Rational,
} from '../../assessment/rational.ts'
import { nextRank } from '../../assessment/score/ranking.ts'

/** 折算: how what an evaluator gave becomes marks; all but the first depend on the other units of the group. */
export const conversionTypes = ['proportion', 'best', 'rank', 'efficacy'] as const
export type ConversionType = (typeof conversionTypes)[number]
export type Conversion =
  /** As given, out of other full marks. */
  | { readonly type: 'proportion' }
  /** 与最好者相比: full marks to the best of the group, the others in proportion to it. */
  | { readonly type: 'best' }
  /** 按名次: full marks to the first of the group, `step` off for each place below, never under `floor`. */
  | { readonly type: 'rank'; readonly step: Decimal; readonly floor: Decimal }
  /** 功效系数: `base` percent of full marks to the least of the group, all to the best, between them in proportion. */
  | { readonly type: 'efficacy'; readonly base: Decimal }

/** What one unit of a group was given. */
interface Given {
  readonly unitId: string
  readonly given: Decimal
}

/** Marks may have so many decimals. */
const finest = 4

type Of<Type extends ConversionType> = Extract<Conversion, { readonly type: Type }>
type Convert<Type extends ConversionType> = (
  conversion: Of<Type>,
  values: readonly Rational[],
  full: Rational,
) => (value: Rational) => Rational

const least = (values: readonly Rational[]): Rational => values.reduce(min)
const most = (values: readonly Rational[]): Rational => values.reduce(max)

const converted: { readonly [Type in Exclude<ConversionType, 'proportion'>]: Convert<Type> } = {
  best: (_, values, full) => {
    const best = most(values)
    return (value) => (best.n === 0n ? zero : multiply(divide(value, best), full))
  },
  rank: ({ step, floor }, values, full) => {
    const ranked = [...values].sort((a, b) => compare(b, a))
    const placeOf = (value: Rational): number =>
      nextRank.competition(ranked.findIndex((each) => compare(each, value) === 0) + 1, 0)
    return (value) => max(decimal(floor), subtract(full, multiply(decimal(step), whole(placeOf(value) - 1))))
  },
  efficacy: ({ base }, values, full) => {
    const [low, high] = [least(values), most(values)]
    const share = divide(decimal(base), whole(100))
    return (value) => {
      const within = compare(low, high) === 0 ? whole(1) : divide(subtract(value, low), subtract(high, low))
      const earned = multiply(within, subtract(whole(1), share))
      return multiply(full, add(share, earned))
    }
  },
}

/** The marks of one group's units under a conversion, at most four decimals; the original stays with whoever keeps it. */
export function convertGroup(
  conversion: Exclude<Conversion, { type: 'proportion' }>,
  group: readonly Given[],
  full: Decimal,
): Map<string, Decimal> {
  if (group.length === 0) return new Map()
  const values = group.map(({ given }) => decimal(given))
  const convert = (converted[conversion.type] as Convert<typeof conversion.type>)(
    conversion as never,
    values,
    decimal(full),
  )
  return new Map(
    group.map(({ unitId }, at) => [
      unitId,
      format(min(convert(values[at] as Rational), decimal(full)), finest),
    ]),
  )
}
