import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectiveWeights } from '#assessment/insight/effective-weights'
import { assessMarks, connectivity } from '../../fixtures/marked.ts'

const mark = fc.integer({ min: 0, max: 100 }).map(String)

function weightsOf(rows: readonly (readonly (string | null)[])[], weights: readonly number[]) {
  const { assessed, scheme } = assessMarks(rows, weights)
  const [ranking] = effectiveWeights(assessed, scheme)
  if (!ranking) throw new Error('no ranking')
  return ranking
}

describe('effective weights', () => {
  it('sum to 1 whenever the composites differ, and are null when they do not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(mark, mark, mark), { minLength: 1, maxLength: 20 }), (rows) => {
        const { components } = weightsOf(rows, [30, 40, 30])
        const composites = new Set(rows.map(([a, b, c]) => 3 * Number(a) + 4 * Number(b) + 3 * Number(c)))
        const effective = components.map((component) => component.effective)
        if (composites.size < 2) expect(effective).toEqual([null, null, null])
        else expect(effective.reduce<number>((sum, share) => sum + (share ?? NaN), 0)).toBeCloseTo(1, 9)
      }),
    )
  })

  it('by hand: a part that is the same everywhere has none of its nominal 30', () => {
    expect(
      weightsOf(
        [
          ['100', '60', '70'],
          ['100', '80', '70.5'],
        ],
        [30, 40, 30],
      ).components,
    ).toEqual([
      { key: 'c0', name: 'C0', nominal: 0.3, effective: 0, deviation: 0, separates: false },
      {
        key: 'c1',
        name: 'C1',
        nominal: 0.4,
        effective: expect.closeTo(8 / 8.15, 12),
        deviation: 10,
        separates: true,
      },
      {
        key: 'c2',
        name: 'C2',
        nominal: 0.3,
        effective: expect.closeTo(0.15 / 8.15, 12),
        deviation: 0.25,
        separates: false,
      },
    ])
  })

  it('a part that separates exactly a tenth as much as the widest still separates', () => {
    const rows = [
      ['10', '50'],
      ['20', '51'],
    ]
    expect(weightsOf(rows, [1, 1]).components.map(({ separates }) => separates)).toEqual([true, true])
  })

  it('parts that cancel out leave equal composites and no shares, though each separates', () => {
    const rows = [
      ['33.3', '66.7'],
      ['66.7', '33.3'],
    ]
    expect(weightsOf(rows, [1, 1]).components).toEqual([
      expect.objectContaining({ effective: null, separates: true }),
      expect.objectContaining({ effective: null, separates: true }),
    ])
  })

  it('count ranked units only, and say nothing of a single one', () => {
    const ranking = weightsOf(
      [
        ['80', '70'],
        ['90', null],
      ],
      [1, 1],
    )
    expect(ranking).toMatchObject({ group: '全部', ranked: 1 })
    expect(ranking.components.map(({ effective, separates }) => [effective, separates])).toEqual([
      [null, true],
      [null, true],
    ])
  })

  it('a group in which all are pending has neither shares nor deviations', () => {
    expect(weightsOf([['80', null]], [1, 1])).toMatchObject({
      ranked: 0,
      components: [
        { effective: null, deviation: 0, separates: true },
        { effective: null, deviation: 0, separates: true },
      ],
    })
  })

  it('a part that weighs nothing and is not known yet adds nothing', () => {
    const rows = [
      ['80', null],
      ['90', null],
    ]
    expect(weightsOf(rows, [1, 0]).components).toMatchObject([
      { nominal: 1, effective: 1, deviation: 5, separates: true },
      { nominal: 0, effective: 0, deviation: 0, separates: false },
    ])
  })

  it('identical marks with long decimals separate nothing', () => {
    const rows = Array.from({ length: 7 }, () => ['94.0713749349729', '27.8763185011046'])
    expect(weightsOf(rows, [1, 2]).components.map(({ deviation }) => deviation)).toEqual([0, 0])
  })
})

describe('ASEM sustainable connectivity', () => {
  it('effective shares are those computed from the covariance matrix of the two halves', () => {
    const { assessed, scheme, cards } = connectivity()
    const [ranking] = effectiveWeights(assessed, scheme)
    const halves = [0, 1].map((part) => cards.map(({ components }) => Number(components[part]?.exact)))
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    const covariance = (a: readonly number[], b: readonly number[]) =>
      mean(a.map((value, index) => (value - mean(a)) * ((b[index] ?? NaN) - mean(b))))
    const [conn = [], sust = []] = halves
    const [cc, cs, ss] = [covariance(conn, conn), covariance(conn, sust), covariance(sust, sust)]
    const whole = cc + 2 * cs + ss
    expect(ranking?.ranked).toBe(51)
    expect(ranking?.components).toMatchObject([
      { nominal: 0.5, effective: expect.closeTo((cc + cs) / whole, 9), separates: true },
      { nominal: 0.5, effective: expect.closeTo((ss + cs) / whole, 9), separates: true },
    ])
  })
})
