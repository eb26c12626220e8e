/** An exact fraction, always in lowest terms with a positive denominator. */
export interface Rational {
  readonly n: bigint
  readonly d: bigint
}

/** A decimal number as a person wrote it, e.g. `83.5`; exact, of any length. */
export type Decimal = string

/** A number in hundredths: points, weights, bounds. `150` is 1.5 points. */
export type Hundredths = number

const decimalPattern = /^[+-]?(\d+\.?\d*|\.\d+)$/

const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b]
  return a
}

/** n ÷ d in lowest terms. Throws RangeError when d is 0. */
export function ratio(n: bigint, d: bigint): Rational {
  if (d === 0n) throw new RangeError('division by zero')
  const divisor = gcd(absolute(n), absolute(d)) * (d < 0n ? -1n : 1n)
  return { n: n / divisor, d: d / divisor }
}

export const zero: Rational = { n: 0n, d: 1n }
export const hundred: Rational = { n: 100n, d: 1n }

export const whole = (value: number): Rational => ({ n: BigInt(value), d: 1n })
export const hundredths = (value: Hundredths): Rational => ratio(BigInt(value), 100n)

/** Whether the text is a plain decimal number (no exponent, no separators). */
export const isDecimal = (text: string): boolean => decimalPattern.test(text)

/** The exact value of a decimal. Throws RangeError when the text is none. */
export function decimal(text: Decimal): Rational {
  if (!isDecimal(text)) throw new RangeError(`not a decimal number: ${text}`)
  const [integer = '', fraction = ''] = text.split('.')
  return ratio(BigInt(integer + fraction), 10n ** BigInt(fraction.length))
}

export const add = (a: Rational, b: Rational): Rational => ratio(a.n * b.d + b.n * a.d, a.d * b.d)
export const subtract = (a: Rational, b: Rational): Rational => ratio(a.n * b.d - b.n * a.d, a.d * b.d)
export const multiply = (a: Rational, b: Rational): Rational => ratio(a.n * b.n, a.d * b.d)
export const divide = (a: Rational, b: Rational): Rational => ratio(a.n * b.d, a.d * b.n)
export const sum = (values: readonly Rational[]): Rational => values.reduce(add, zero)

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export const max = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b)
export const min = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b)

export const roundings = ['half-up', 'half-even', 'down'] as const
export type Rounding = (typeof roundings)[number]

const roundsAway: Record<Rounding, (twiceRest: bigint, d: bigint, quotient: bigint) => boolean> = {
  'half-up': (twiceRest, d) => twiceRest >= d,
  'half-even': (twiceRest, d, quotient) => twiceRest > d || (twiceRest === d && quotient % 2n === 1n),
  down: () => false,
}

/** The value at `places` decimals; halves go away from zero unless told otherwise. */
export function round(value: Rational, places: number, rounding: Rounding = 'half-up'): Rational {
  const scale = 10n ** BigInt(places)
  const scaled = absolute(value.n) * scale
  const quotient = scaled / value.d
  const away = roundsAway[rounding]((scaled % value.d) * 2n, value.d, quotient)
  const magnitude = away ? quotient + 1n : quotient
  return ratio(value.n < 0n ? -magnitude : magnitude, scale)
}

/** The value as a decimal with exactly `places` digits, half up: `90.00`. */
export function format(value: Rational, places = 2, rounding: Rounding = 'half-up'): Decimal {
  const rounded = round(value, places, rounding)
  const units = ((absolute(rounded.n) * 10n ** BigInt(places)) / rounded.d)
    .toString()
    .padStart(places + 1, '0')
  const cut = units.length - places
  const sign = rounded.n < 0n ? '-' : ''
  return sign + units.slice(0, cut) + (places > 0 ? `.${units.slice(cut)}` : '')
}

/** The exact value for people and programs: `88.5` when it ends, else a fraction, `8845/3`. */
export function exactly(value: Rational): string {
  let rest = value.d
  let places = 0
  for (const prime of [2n, 5n]) {
    let power = 0
    while (rest % prime === 0n) {
      rest /= prime
      power++
    }
    places = Math.max(places, power)
  }
  return rest === 1n ? format(value, places) : `${value.n}/${value.d}`
}

/** The value that `exactly` wrote. Throws RangeError when the text is neither a decimal nor a fraction. */
export function fromExact(text: string): Rational {
  const [over, under] = text.split('/') as [string, string | undefined]
  return under === undefined ? decimal(over) : divide(decimal(over), decimal(under))
}

/** The nearest floating-point number, for drawing only; never for deciding. */
export const approximately = (value: Rational): number => Number(value.n) / Number(value.d)
