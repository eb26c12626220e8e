import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  approximately,
  compare,
  decimal,
  divide,
  exactly,
  format,
  fromExact,
  isDecimal,
  max,
  min,
  multiply,
  ratio,
  round,
  subtract,
  sum,
} from '#assessment/rational'

const fractions = fc
  .tuple(fc.bigInt({ min: -10_000n, max: 10_000n }), fc.bigInt({ min: 1n, max: 10_000n }))
  .map(([n, d]) => ratio(n, d))

describe('decimals', () => {
  it.each(['0', '83.5', '-0.45', '+1', '.5', '5.', '0.1250'])('reads %s', (text) => {
    expect(isDecimal(text)).toBe(true)
    expect(approximately(decimal(text))).toBe(Number(text))
  })
  it.each(['', '.', '1e3', '1,000', '八', '1.2.3', ' 1'])('refuses %j', (text) => {
    expect(isDecimal(text)).toBe(false)
    expect(() => decimal(text)).toThrow(RangeError)
  })
  it('division by zero is refused', () => {
    expect(() => divide(decimal('1'), decimal('0'))).toThrow('division by zero')
  })
})

describe('rounding', () => {
  it.each([
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['0.0049', 2, '0.00'],
    ['89.995', 2, '90.00'],
    ['99.999', 0, '100'],
    ['2.5', 0, '3'],
    ['-7', 2, '-7.00'],
  ] as const)('%s at %i places is %s', (text, places, expected) => {
    expect(format(decimal(text), places)).toBe(expected)
  })
  it('rounding down cuts, rounding half to even is fair', () => {
    expect(format(decimal('0.999'), 2, 'down')).toBe('0.99')
    expect(format(decimal('0.125'), 2, 'half-even')).toBe('0.12')
    expect(format(decimal('0.135'), 2, 'half-even')).toBe('0.14')
  })
  it('never moves a value by more than half a unit', () => {
    fc.assert(
      fc.property(fractions, fc.integer({ min: 0, max: 4 }), (value, places) => {
        const moved = subtract(round(value, places), value)
        const half = ratio(1n, 2n * 10n ** BigInt(places))
        expect(compare(moved, half)).toBeLessThanOrEqual(0)
        expect(compare(multiply(moved, decimal('-1')), half)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('exact text', () => {
  it.each([
    [ratio(177n, 2n), '88.5'],
    [ratio(200n, 3n), '200/3'],
    [ratio(-1n, 8n), '-0.125'],
    [ratio(100n, 1n), '100'],
    [ratio(1n, 50n), '0.02'],
  ])('%o is %s and reads back', (value, text) => {
    expect(exactly(value)).toBe(text)
    expect(fromExact(text)).toEqual(value)
  })
})

it('fractions obey the laws of arithmetic', () => {
  fc.assert(
    fc.property(fractions, fractions, fractions, (a, b, c) => {
      expect(add(a, b)).toEqual(add(b, a))
      expect(add(add(a, b), c)).toEqual(add(a, add(b, c)))
      expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)))
      expect(sum([a, b, c])).toEqual(add(a, add(b, c)))
      expect(compare(max(a, b), min(a, b))).toBeGreaterThanOrEqual(0)
      expect(compare(min(a, b), max(a, b))).toBeLessThanOrEqual(0)
      expect(add(max(a, b), min(a, b))).toEqual(add(a, b))
      if (b.n !== 0n) expect(multiply(divide(a, b), b)).toEqual(a)
    }),
  )
})
