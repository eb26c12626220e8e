import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  compare,
  decimal,
  divide,
  exactly,
  fromExact,
  multiply,
  ratio,
  subtract,
  sum,
  whole,
  zero,
  type Rational,
} from '#assessment/rational'
import type { Scheme } from '#assessment/rule/scheme'
import type { Scorecard } from '#assessment/score/scorecard'
import { weightFlips, weightTriangle, type WeightPoint } from '#assessment/insight/weight-flip'
import { assess } from '#assessment/score/assess'
import { composedWith } from '#assessment/score/one-unit'
import { ruleAndFacts } from '../../fixtures/any-rule.ts'
import { costing, gains, kindOf, plainCalendar } from '../../fixtures/facts.ts'
import { assessMarks, connectivity } from '../../fixtures/marked.ts'

const weights = [3000, 4000, 3000]
type Marks = readonly string[]

type Pair = [Scheme, Scorecard, Scorecard]

function cardsOf(first: Marks, second: Marks, of: readonly number[] = weights): Pair {
  const { scheme, cards } = assessMarks([first, second], of)
  return [scheme, ...cards] as Pair
}

const compositeAt = (marks: Marks, shares: readonly Rational[]): Rational =>
  sum(shares.map((share, index) => multiply(share, decimal(marks[index] as string))))

/** Shares of all components when one of them has the share given and the others keep their proportions. */
function sharesWith(at: number, share: Rational): Rational[] {
  const rest = weights.reduce((total, weight, index) => (index === at ? total : total + weight), 0)
  return weights.map((weight, index) =>
    index === at ? share : multiply(subtract(whole(1), share), ratio(BigInt(weight), BigInt(rest))),
  )
}

const mark = fc.integer({ min: 0, max: 1000 }).map((tenths) => (tenths / 10).toFixed(1))
const marks = fc.tuple(mark, mark, mark)
const leadAt = (first: Marks, second: Marks, shares: readonly Rational[]): number =>
  compare(compositeAt(first, shares), compositeAt(second, shares))

describe('the weight at which two units change places', () => {
  it('makes their exact composites equal, and the one said to be ahead is, on either side', () => {
    fc.assert(
      fc.property(marks, marks, (first, second) => {
        const flips = weightFlips(...cardsOf(first, second)) ?? []
        expect(flips).toHaveLength(3)
        flips.forEach(({ share, aheadBelow, aheadAbove }, at) => {
          const leads = [zero, whole(1)].map((end) => leadAt(first, second, sharesWith(at, end)))
          const [none = 0, all = 0] = leads
          if (share === null) {
            expect(none * all > 0 || (none === 0 && all === 0)).toBe(true)
            expect([aheadBelow, aheadAbove]).toEqual([null, null])
            return
          }
          expect(leadAt(first, second, sharesWith(at, share))).toBe(0)
          const [below, above] = [divide(share, whole(2)), divide(add(share, whole(1)), whole(2))]
          if (compare(share, zero) > 0)
            expect(leadAt(first, second, sharesWith(at, below))).toBe(aheadBelow === 'u0' ? 1 : -1)
          if (compare(share, whole(1)) < 0)
            expect(leadAt(first, second, sharesWith(at, above))).toBe(aheadAbove === 'u0' ? 1 : -1)
        })
      }),
    )
  })

  it('by hand: 90 and 80 against 80 and 85 change places at one third', () => {
    const [flip] = weightFlips(...cardsOf(['90', '80'], ['80', '85'], [1, 1])) ?? []
    expect(
      flip && { ...flip, nominal: exactly(flip.nominal), share: flip.share && exactly(flip.share) },
    ).toEqual({
      component: 'c0',
      name: 'C0',
      nominal: '0.5',
      share: '1/3',
      aheadBelow: 'u1',
      aheadAbove: 'u0',
    })
  })

  it('a unit ahead everywhere stays ahead, and equal units never change places', () => {
    for (const second of [
      ['70', '60', '50'],
      ['90', '80', '70'],
      ['80', '70', '60'],
    ])
      expect(weightFlips(...cardsOf(['90', '80', '70'], second))?.map(({ share }) => share)).toEqual([
        null,
        null,
        null,
      ])
  })

  it('there is none with a single component, nor while a unit is pending', () => {
    expect(weightFlips(...cardsOf(['90'], ['80'], [1]))?.[0]?.share).toBeNull()
    const { scheme, cards } = assessMarks(
      [
        ['90', '80'],
        ['80', null],
      ],
      [1, 1],
    )
    const [done, pending] = cards as unknown as [Scorecard, Scorecard]
    expect(weightFlips(scheme, done, pending)).toBeNull()
    expect(weightFlips(scheme, pending, done)).toBeNull()
  })

  it('a bonus counts as awarded', () => {
    const { scheme, cards } = assessMarks(
      [
        ['90', '80'],
        ['80', '85'],
      ],
      [1, 1],
      {},
      [0, 500],
    )
    const [flip] = weightFlips(scheme, ...(cards as unknown as [Scorecard, Scorecard])) ?? []
    expect(flip?.share && exactly(flip.share)).toBe('2/3')
  })

  describe('where gains are unlocked at 80', () => {
    const flipOf = (
      rows: readonly Marks[],
      of: readonly number[],
      points: readonly number[],
      { unlock = { from: 8000, inclusive: true }, ceiling = null as number | null } = {},
    ) => {
      const kinds = points.map((each, at) => kindOf(`加分${at}`, { effect: 'gain', ...costing(each) }))
      const adjustments = gains({ kinds, unlock })
      const { scheme, cards } = assessMarks(rows, of, { adjustments, ceiling }, points)
      const [flip] = weightFlips(scheme, ...(cards as unknown as [Scorecard, Scorecard])) ?? []
      return flip && { ...flip, share: flip.share && exactly(flip.share) }
    }

    it('a unit may overtake at one stroke', () => {
      // 85 + 5s against 60 + 25s, and 20 more once that is 80.
      const rows = [
        ['90', '85'],
        ['85', '60'],
      ]
      expect(flipOf(rows, [1, 1], [0, 2000])).toMatchObject({
        share: '0.8',
        aheadBelow: 'u0',
        aheadAbove: 'u1',
      })
    })
    it('of several shares the one nearest to the rule’s own is told', () => {
      // 74 + 18s against 75 + 10s, and 5 more once that is 80: they change places at 1/8, at 1/2 and at 3/4.
      const rows = [
        ['92', '74'],
        ['85', '75'],
      ]
      const at = (of: readonly number[]) => flipOf(rows, of, [0, 500])
      expect(at([7, 3])).toMatchObject({ share: '0.75', aheadBelow: 'u1', aheadAbove: 'u0' })
      expect(at([6, 4])).toMatchObject({ share: '0.5', aheadBelow: 'u0', aheadAbove: 'u1' })
      expect(at([1, 9])).toMatchObject({ share: '0.125', aheadBelow: 'u1', aheadAbove: 'u0' })
    })
    it('units that are level just there change places once', () => {
      // 70 + 20s against 90 − 20s.
      const rows = [
        ['90', '70'],
        ['70', '90'],
      ]
      expect(flipOf(rows, [1, 3], [0, 0])).toMatchObject({
        share: '0.5',
        aheadBelow: 'u1',
        aheadAbove: 'u0',
      })
    })
    it('a unit may be overtaken just where one part alone counts', () => {
      // 90 − 10s and 5 more above 80, against 82.
      const rows = [
        ['82', '82'],
        ['80', '90'],
      ]
      const unlock = { from: 8000, inclusive: false }
      expect(flipOf(rows, [1, 1], [0, 500], { unlock })).toMatchObject({
        share: '1',
        aheadBelow: 'u1',
        aheadAbove: 'u0',
      })
    })
    it('units that the same bound holds level for a while change places at the nearer end of it', () => {
      // 70 + 30s against 100 − 30s, at most 80; at one half something may turn, but nothing does.
      const rows = [
        ['100', '70'],
        ['70', '100'],
      ]
      const held = { unlock: { from: 8500, inclusive: true }, ceiling: 8000 }
      expect(flipOf(rows, [13, 12], [0, 0], held)).toMatchObject({
        share: '2/3',
        aheadBelow: 'u1',
        aheadAbove: 'u0',
      })
    })
  })

  it('two units that a veto both ranks last change places between themselves as without it', () => {
    const [scheme, ...cards] = cardsOf(['80', '60', '60'], ['60', '80', '80'])
    const veto = { type: 'last' } as const
    const last = (card: Scorecard): Scorecard => ({ ...card, vetoes: [{ kind: 'falsified', veto }] })
    expect(weightFlips(scheme, last(cards[0]), last(cards[1]))).toEqual(weightFlips(scheme, ...cards))
  })

  it('a unit that a veto holds at 80 is overtaken there', () => {
    // 70 + 20s, but at most 80, against 60 + 35s.
    const rows = [
      ['90', '70'],
      ['95', '60'],
    ]
    const { scheme, cards } = assessMarks(rows, [1, 1])
    const [first, second] = cards as unknown as [Scorecard, Scorecard]
    const veto = { type: 'at-most', composite: 8000 } as const
    const held = { ...first, vetoes: [{ kind: 'falsified', veto }] }
    const [flip] = weightFlips(scheme, held, second) ?? []
    expect(flip?.share && exactly(flip.share)).toBe('4/7')
    expect(flip).toMatchObject({ aheadBelow: 'u0', aheadAbove: 'u1' })
  })

  it('between neighbours of a published ranking, equals the official weights only for a tie', () => {
    const { cards, scheme } = connectivity()
    for (const [index, second] of cards.entries()) {
      const first = cards[index - 1]
      if (!first) continue
      const [scoresA, scoresB] = [first, second].map(({ components }) =>
        components.map(({ exact }) => fromExact(exact as string)),
      ) as [[Rational, Rational], [Rational, Rational]]
      for (const [at, { share }] of (weightFlips(scheme, first, second) ?? []).entries()) {
        if (share === null) continue
        const shares = at === 0 ? [share, subtract(whole(1), share)] : [subtract(whole(1), share), share]
        const composites = [scoresA, scoresB].map((scores) =>
          sum(scores.map((score, part) => multiply(score, shares[part] as Rational))),
        ) as [Rational, Rational]
        expect(compare(...composites)).toBe(0)
      }
    }
  })
})

describe('under any rule: caps, vetoes, adjustments, bounds and scales', () => {
  const tiny = ratio(1n, 10_000_000n)
  /** Who is ahead when one part has a share and the others keep their proportions: 1, −1 or 0. */
  const aheadAt = (
    scheme: Scheme,
    [first, second]: readonly [Scorecard, Scorecard],
    key: string,
    share: Rational,
  ) => {
    const total = first.components.reduce((sum, { weight }) => sum + weight, 0)
    const own = first.components.find((part) => part.key === key)?.weight ?? 0
    const shares = new Map(
      first.components.map((part) => [
        part.key,
        part.key === key
          ? share
          : multiply(subtract(whole(1), share), ratio(BigInt(part.weight), BigInt(total - own))),
      ]),
    )
    const [a, b] = [first, second].map((card) => composedWith(scheme, card, {}, shares).exact as Rational)
    return compare(a as Rational, b as Rational)
  }

  it('units change places there and nowhere nearer to the official weights', () => {
    fc.assert(
      fc.property(
        ruleAndFacts,
        fc.constantFrom(['a', 'b'], ['c', 'd'], ['d', 'e']),
        ({ scheme, facts }, ids) => {
          const { scorecards } = assess(scheme, facts, '2018-02-10', plainCalendar)
          const pair = ids.map((id) =>
            scorecards.find(({ unitId }) => unitId === id),
          ) as unknown as readonly [Scorecard, Scorecard]
          const [first, second] = pair
          for (const { component, nominal, share, aheadBelow, aheadAbove } of weightFlips(scheme, ...pair) ??
            []) {
            const signAt = (at: Rational) => aheadAt(scheme, pair, component, at)
            const name = (sign: number) => (sign === 0 ? null : sign > 0 ? first.unitId : second.unitId)
            if (compare(nominal, whole(1)) === 0 || first.vetoes.some(({ veto }) => veto.type === 'last'))
              continue
            if (second.vetoes.some(({ veto }) => veto.type === 'last')) continue
            if (share === null) {
              const signs = new Set(Array.from({ length: 21 }, (_, at) => signAt(ratio(BigInt(at), 20n))))
              expect(signs.has(1) && signs.has(-1)).toBe(false)
              continue
            }
            const [below, above] = [subtract(share, tiny), add(share, tiny)]
            const inRange = (at: Rational) => compare(at, zero) >= 0 && compare(at, whole(1)) <= 0
            if (inRange(below) && inRange(above)) {
              // Where both are held at the same bound, they are level for a while before the other is ahead.
              const [left, right] = [name(signAt(below)), name(signAt(above))]
              expect([aheadBelow, null]).toContain(left)
              expect([aheadAbove, null]).toContain(right)
              expect([left, right]).not.toEqual([null, null])
            }
            const between = Array.from({ length: 19 }, (_, at) =>
              add(nominal, multiply(subtract(share, nominal), ratio(BigInt(at), 19n))),
            )
            const signs = new Set(between.map(signAt).filter((sign) => sign !== 0))
            expect(signs.size).toBeLessThanOrEqual(1)
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

/** Twice the area of a region, as a share of the whole triangle's. */
function areaOf(region: readonly WeightPoint[]): number {
  const area = region.reduce((total, { at: [x, y] }, index) => {
    const [nextX, nextY] = (region[(index + 1) % region.length] as WeightPoint).at
    return total + x * nextY - nextX * y
  }, 0)
  return Math.abs(area)
}

const textOf = (points: readonly WeightPoint[]) => points.map(({ shares }) => shares.map(exactly).join(' '))

const triangleOf = ([, first, second]: Pair) => weightTriangle(first, second)

describe('the triangle of weights', () => {
  it('is divided among the two, and the line between them has equal composites', () => {
    fc.assert(
      fc.property(marks, marks, (first, second) => {
        const triangle = triangleOf(cardsOf(first, second))
        if (!triangle) throw new Error('no triangle')
        for (const [region, sign] of [
          [triangle.first, 1],
          [triangle.second, -1],
        ] as const) {
          const leads = region.map(({ shares }) => leadAt(first, second, shares))
          expect(leads.every((lead) => lead === sign || lead === 0)).toBe(true)
          expect(region.length === 0 || leads.includes(sign)).toBe(true)
        }
        for (const { shares, at } of triangle.line ?? []) {
          expect(leadAt(first, second, shares)).toBe(0)
          expect(compare(sum(shares), whole(1))).toBe(0)
          expect(at.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12)
          expect(shares.some((share) => share.n === 0n)).toBe(true)
        }
        const same = first.join() === second.join()
        expect(areaOf(triangle.first) + areaOf(triangle.second)).toBeCloseTo(same ? 0 : 1, 9)
      }),
    )
  })

  it('by hand: one part against two', () => {
    const triangle = triangleOf(cardsOf(['90', '80', '80'], ['80', '90', '85']))
    expect(triangle?.components).toEqual(['c0', 'c1', 'c2'])
    expect(triangle?.official.at).toEqual([0.3, 0.4, 0.3])
    expect(textOf(triangle?.line ?? [])).toEqual(['0.5 0.5 0', '1/3 0 2/3'])
    expect(textOf(triangle?.first ?? [])).toEqual(['1 0 0', '0.5 0.5 0', '1/3 0 2/3'])
    expect(textOf(triangle?.second ?? [])).toEqual(['0.5 0.5 0', '0 1 0', '0 0 1', '1/3 0 2/3'])
  })

  it('a line through a corner, along an edge, touching a corner, and none', () => {
    const lineOf = (second: Marks) => {
      const line = triangleOf(cardsOf(['80', '80', '80'], second))?.line
      return line && textOf(line)
    }
    expect(lineOf(['80', '70', '90'])).toEqual(['1 0 0', '0 0.5 0.5'])
    expect(lineOf(['80', '80', '90'])).toEqual(['1 0 0', '0 1 0'])
    expect(lineOf(['80', '70', '70'])).toBeNull()
    expect(lineOf(['70', '70', '70'])).toBeNull()
    expect(lineOf(['80', '80', '80'])).toBeNull()
  })

  it('exists for three components with scores only', () => {
    expect(triangleOf(cardsOf(['90', '80'], ['80', '90'], [1, 1]))).toBeNull()
    const [done, pending] = assessMarks(
      [
        ['90', '80', '70'],
        ['80', null, '70'],
      ],
      weights,
    ).cards as unknown as [Scorecard, Scorecard]
    expect(weightTriangle(done, pending)).toBeNull()
  })
})
