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
import type { Scorecard } from '#assessment/score/scorecard'
import { weightFlips, weightTriangle, type WeightPoint } from '#assessment/insight/weight-flip'
import { assessMarks, connectivity } from '../../fixtures/marked.ts'

const weights = [3000, 4000, 3000]
type Marks = readonly string[]

function cardsOf(first: Marks, second: Marks, of: readonly number[] = weights): [Scorecard, Scorecard] {
  return assessMarks([first, second], of).cards as unknown as [Scorecard, Scorecard]
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
    const [done, pending] = assessMarks(
      [
        ['90', '80'],
        ['80', null],
      ],
      [1, 1],
    ).cards as unknown as [Scorecard, Scorecard]
    expect(weightFlips(done, pending)).toBeNull()
    expect(weightFlips(pending, done)).toBeNull()
  })

  it('a bonus counts as awarded', () => {
    const bonus = { name: '加分', unlockedFrom: 0, cap: 500, clause: '' }
    const cards = assessMarks(
      [
        ['90', '80'],
        ['80', '85'],
      ],
      [1, 1],
      { bonus },
      [0, 500],
    ).cards
    const [flip] = weightFlips(...(cards as unknown as [Scorecard, Scorecard])) ?? []
    expect(flip?.share && exactly(flip.share)).toBe('2/3')
  })

  it('between neighbours of a published ranking, equals the official weights only for a tie', () => {
    const { cards } = connectivity()
    for (const [index, second] of cards.entries()) {
      const first = cards[index - 1]
      if (!first) continue
      const [scoresA, scoresB] = [first, second].map(({ components }) =>
        components.map(({ exact }) => fromExact(exact as string)),
      ) as [[Rational, Rational], [Rational, Rational]]
      for (const [at, { share }] of (weightFlips(first, second) ?? []).entries()) {
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

/** Twice the area of a region, as a share of the whole triangle's. */
function areaOf(region: readonly WeightPoint[]): number {
  const area = region.reduce((total, { at: [x, y] }, index) => {
    const [nextX, nextY] = (region[(index + 1) % region.length] as WeightPoint).at
    return total + x * nextY - nextX * y
  }, 0)
  return Math.abs(area)
}

const textOf = (points: readonly WeightPoint[]) => points.map(({ shares }) => shares.map(exactly).join(' '))

describe('the triangle of weights', () => {
  it('is divided among the two, and the line between them has equal composites', () => {
    fc.assert(
      fc.property(marks, marks, (first, second) => {
        const triangle = weightTriangle(...cardsOf(first, second))
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
    const triangle = weightTriangle(...cardsOf(['90', '80', '80'], ['80', '90', '85']))
    expect(triangle?.components).toEqual(['c0', 'c1', 'c2'])
    expect(triangle?.official.at).toEqual([0.3, 0.4, 0.3])
    expect(textOf(triangle?.line ?? [])).toEqual(['0.5 0.5 0', '1/3 0 2/3'])
    expect(textOf(triangle?.first ?? [])).toEqual(['1 0 0', '0.5 0.5 0', '1/3 0 2/3'])
    expect(textOf(triangle?.second ?? [])).toEqual(['0.5 0.5 0', '0 1 0', '0 0 1', '1/3 0 2/3'])
  })

  it('a line through a corner, along an edge, touching a corner, and none', () => {
    const lineOf = (second: Marks) => {
      const line = weightTriangle(...cardsOf(['80', '80', '80'], second))?.line
      return line && textOf(line)
    }
    expect(lineOf(['80', '70', '90'])).toEqual(['1 0 0', '0 0.5 0.5'])
    expect(lineOf(['80', '80', '90'])).toEqual(['1 0 0', '0 1 0'])
    expect(lineOf(['80', '70', '70'])).toBeNull()
    expect(lineOf(['70', '70', '70'])).toBeNull()
    expect(lineOf(['80', '80', '80'])).toBeNull()
  })

  it('exists for three components with scores only', () => {
    expect(weightTriangle(...cardsOf(['90', '80'], ['80', '90'], [1, 1]))).toBeNull()
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
