import {
  compare,
  decimal,
  divide,
  exactly,
  format,
  max,
  multiply,
  ratio,
  subtract,
  zero,
  type Decimal,
  type Rational,
} from '../rational.ts'
import type { LeafScale, ScaleType } from '../rule/scheme.ts'
import { typedNumber, typedText } from '../typed.ts'

/** Why an observation gives no marks. */
export type ScaleFault = 'unknown-level' | 'not-a-number' | 'no-scale'

/** Exact marks: a decimal, or n/d where it does not end. */
type Marks = { readonly marks: string } | { readonly fault: ScaleFault }

/** Whether the marks of a leaf follow from what is observed, so that they rest on an observation (model §3 f). */
export const isObserved = ({ type }: LeafScale): boolean => type !== 'free'

/** Of a number above 0. */
const ceil = ({ n, d }: Rational): Rational => ({ n: (n + d - 1n) / d, d: 1n })

const number = (text: string): Rational | null => {
  const read = typedNumber(text)
  return 'value' in read ? decimal(read.value) : null
}

const written = (value: Rational): Marks => ({ marks: exactly(value) })

/** What each scale makes of an observation, out of the leaf's full marks. */
const marksBy: {
  readonly [Type in ScaleType]: (
    scale: Extract<LeafScale, { type: Type }>,
    observation: string,
    full: Rational,
  ) => Marks
} = {
  free: () => ({ fault: 'no-scale' }),
  levels: ({ levels }, observation) => {
    const level = levels.find(({ word }) => typedText(word) === typedText(observation))
    return level ? { marks: level.marks } : { fault: 'unknown-level' }
  },
  steps: ({ steps }, observation) => {
    const value = number(observation)
    if (value === null) return { fault: 'not-a-number' }
    const reached = steps.filter(({ atLeast }) => compare(value, decimal(atLeast)) >= 0)
    const highest = reached.reduce<(typeof steps)[number] | null>(
      (best, step) => (best && compare(decimal(best.atLeast), decimal(step.atLeast)) >= 0 ? best : step),
      null,
    )
    return { marks: highest?.marks ?? '0' }
  },
  rate: ({ target, step, off, floor, whenBegun }, observation, full) => {
    const value = number(observation)
    if (value === null) return { fault: 'not-a-number' }
    const below = subtract(decimal(target), value)
    if (compare(below, zero) <= 0) return written(full)
    const steps = divide(below, decimal(step))
    const lost = multiply(whenBegun ? ceil(steps) : steps, decimal(off))
    return written(max(decimal(floor), subtract(full, lost)))
  },
  checklist: ({ off }, observation, full) => {
    const missing = number(observation)
    return missing === null || compare(missing, zero) < 0 || missing.d !== 1n
      ? { fault: 'not-a-number' }
      : written(max(zero, subtract(full, multiply(missing, decimal(off)))))
  },
}

/** Decimals kept where marks that follow do not end. */
const shownDecimals = 4

/** Exact marks as people read them: a decimal, rounded where it does not end. */
export function shownMarks(exact: string): Decimal {
  const [n = '', d] = exact.split('/')
  return d === undefined ? exact : format(ratio(BigInt(n), BigInt(d)), shownDecimals)
}

/** 计分方式 (model §3 f): the marks that follow from an observation; a rate is in points of 100, a checklist counts what is missing. */
export const marksFrom = (scale: LeafScale, observation: string, full: Decimal): Marks =>
  (marksBy[scale.type] as (scale: LeafScale, observation: string, full: Rational) => Marks)(
    scale,
    observation,
    decimal(full),
  )
