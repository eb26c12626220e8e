import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchDifferences } from '#assessment/score/batch-differences'
import { convertMark } from '#assessment/score/mark-conversion'
import { marksAlike } from '#assessment/score/marks-alike'
import { compare, decimal, divide, multiply, ratio, subtract } from '#assessment/rational'

describe('a mark on the scheme’s full marks', () => {
  it('is exact where the decimal ends', () => {
    expect(convertMark('100.2', '120', '100')).toBe('83.5')
    expect(convertMark('77', '80', '100')).toBe('96.25')
    expect(convertMark('0.0001', '1024', '100')).toBe('0.000009765625')
    expect(convertMark('86', '100', '100')).toBe('86')
  })
  it('is rounded half up to four decimals where it does not', () => {
    expect(convertMark('100', '120', '100')).toBe('83.3333')
    expect(convertMark('110', '120', '100')).toBe('91.6667')
    expect(convertMark('1', '300', '0.015')).toBe('0.00005')
  })
  it('never lies further than half a ten-thousandth from the exact value, and full marks stay full', () => {
    const marks = fc.integer({ min: 0, max: 120_000 })
    fc.assert(
      fc.property(marks, fc.integer({ min: 1, max: 1200 }), (given, full) => {
        const text = `${Math.min(given, full * 100) / 100}`
        const exact = divide(multiply(decimal(text), decimal('100')), decimal(`${full}`))
        const off = subtract(decimal(convertMark(text, `${full}`, '100')), exact)
        expect(compare(off, ratio(1n, 20_000n)) <= 0 && compare(ratio(-1n, 20_000n), off) <= 0).toBe(true)
        expect(convertMark(`${full}`, `${full}`, '100')).toBe('100')
      }),
    )
  })
})

describe('marks that tell no units apart', () => {
  const of = (...marks: string[]) => marksAlike(marks, '100')
  it('are all equal, equal for four fifths, or closer than one part in a hundred', () => {
    expect(of('90', '90.0', '90', '90', '90')).toBe('all-equal')
    expect(of('90', '90', '90', '90', '70')).toBe('mostly-equal')
    expect(of('90', '90.1', '90.2', '90.3', '90.99')).toBe('close-together')
    expect(of('90', '90.1', '90.2', '90.3', '91')).toBeNull()
  })
  it('are not complained of while they are few', () => {
    expect(of('90', '90', '90', '90')).toBeNull()
  })
})

describe('what differs between two batches', () => {
  const mark = (unitId: string, marks: string | null, dimension: string | null = null) => ({
    unitId,
    dimension,
    marks,
  })
  it('is added, removed or changed, and 90 is 90.0', () => {
    const before = [
      mark('a', '90'),
      mark('b', '80'),
      mark('c', null),
      mark('d', null),
      mark('e', '70', 'x'),
      mark('g', '50'),
      mark('h', 'not-applicable'),
    ]
    const after = [
      mark('a', '90.0'),
      mark('b', '81.5'),
      mark('c', '60'),
      mark('d', null),
      mark('f', '50'),
      mark('g', 'not-applicable'),
      mark('h', 'not-applicable'),
    ]
    expect(batchDifferences(before, after)).toEqual([
      { unitId: 'b', dimension: null, change: 'changed', from: '80', to: '81.5' },
      { unitId: 'c', dimension: null, change: 'added', from: null, to: '60' },
      { unitId: 'e', dimension: 'x', change: 'removed', from: '70', to: null },
      { unitId: 'g', dimension: null, change: 'changed', from: '50', to: 'not-applicable' },
      { unitId: 'f', dimension: null, change: 'added', from: null, to: '50' },
    ])
  })
})
