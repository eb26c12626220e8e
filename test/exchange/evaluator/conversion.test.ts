import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertGroup, type Conversion } from '../../../server/exchange/evaluator/conversion.ts'

const marks = (
  conversion: Exclude<Conversion, { type: 'proportion' }>,
  given: readonly string[],
  full = '100',
) =>
  given.map((_, at) =>
    convertGroup(
      conversion,
      given.map((value, index) => ({ unitId: String(index), given: value })),
      full,
    ).get(String(at)),
  )

describe('marks that depend on the others of a group', () => {
  it('relative to the best: 40 of a best of 50 is 80, out of whatever full marks', () => {
    expect(marks({ type: 'best' }, ['50', '40', '0'])).toEqual(['100.0000', '80.0000', '0.0000'])
    expect(marks({ type: 'best' }, ['3', '1'], '10')).toEqual(['10.0000', '3.3333'])
    expect(marks({ type: 'best' }, ['0', '0'])).toEqual(['0.0000', '0.0000'])
  })
  it('by rank: ties share a place, and nobody falls under the floor', () => {
    expect(marks({ type: 'rank', step: '20', floor: '50' }, ['9', '7', '9', '5', '1'])).toEqual([
      '100.0000',
      '60.0000',
      '100.0000',
      '50.0000',
      '50.0000',
    ])
  })
  it('功效系数: the least has the base, the best all, the middle the middle', () => {
    expect(marks({ type: 'efficacy', base: '60' }, ['10', '20', '30'])).toEqual([
      '60.0000',
      '80.0000',
      '100.0000',
    ])
    expect(marks({ type: 'efficacy', base: '60' }, ['7', '7'])).toEqual(['100.0000', '100.0000'])
  })
  it('keeps the order of what was given, between 0 and full marks', () => {
    const given = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 })
    const conversion = fc.constantFrom<Exclude<Conversion, { type: 'proportion' }>>(
      { type: 'best' },
      { type: 'rank', step: '2.5', floor: '12.5' },
      { type: 'efficacy', base: '40' },
    )
    fc.assert(
      fc.property(given, conversion, (values, how) => {
        const out = marks(how, values.map(String), '50').map(Number)
        for (const [at, value] of values.entries())
          for (const [other, beside] of values.entries())
            if (value >= beside) expect(out[at]).toBeGreaterThanOrEqual(out[other] as number)
        for (const mark of out) expect(mark >= 0 && mark <= 50).toBe(true)
      }),
    )
  })
})
