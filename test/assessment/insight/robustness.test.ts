import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { gradeAt } from '#assessment/score/composite'
import type { Facts } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import { rank } from '#assessment/score/ranking'
import { ratio, round, roundings, type Rational } from '#assessment/rational'
import { drawRanks, rankIntervals, type RobustnessInput } from '#assessment/insight/robustness'
import { robustnessInput } from '#assessment/insight/robustness-input'
import { tieRules, type Scheme } from '#assessment/rule/scheme'
import { seededRandom } from '#assessment/seeded-random'
import { assessMarks, connectivity } from '../../fixtures/marked.ts'
import {
  finding,
  halves,
  noFacts,
  oneUnit,
  plainCalendar,
  thirdParty,
  withKinds,
} from '../../fixtures/facts.ts'

const inputOf = (scores: readonly (readonly number[])[], changes: Partial<RobustnessInput> = {}) => ({
  group: null,
  units: scores.map((row, index) => ({ unitId: `u${index}`, scores: row, bonus: 0, bestGrade: 0 })),
  weights: [3000, 4000, 3000],
  grades: municipal.grades,
  decimals: 2,
  rounding: 'half-up' as const,
  ties: 'competition' as const,
  ...changes,
})

/** The same draws, each ranked by the engine's own functions on exact numbers. */
function bruteForce(input: RobustnessInput, draws: number, spread: number, seed: number) {
  const random = seededRandom(seed)
  const ranks = input.units.map((): number[] => [])
  const grades = input.units.map((): number[] => [])
  for (let draw = 0; draw < draws; draw++) {
    const weights = input.weights.map((weight) => weight * (1 - spread + 2 * spread * random()))
    const total = weights.reduce((a, b) => a + b, 0)
    const composites = input.units.map(({ scores, bonus }): Rational => {
      const value = weights.reduce((sum, weight, index) => sum + weight * (scores[index] ?? NaN), 0) / total
      const exact = ratio(BigInt(Math.round((value + bonus) * 1e12)), 1_000_000_000_000n)
      return round(exact, input.decimals, input.rounding)
    })
    const units = composites.map((composite, index) => ({ unitId: String(index), group: '', composite }))
    for (const { unit, rank: place } of rank(units, input.ties))
      ranks[Number(unit.unitId)]?.push(place ?? NaN)
    composites.forEach((composite, index) => grades[index]?.push(gradeAt(input.grades, composite)))
  }
  return input.units.map(({ unitId }, index) => {
    const sorted = [...(ranks[index] ?? [])].sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.ceil(share * draws) - 1]
    return {
      unitId,
      low: at(0.05),
      median: at(0.5),
      high: at(0.95),
      grades: input.grades.map(({ name }, grade) => ({
        grade: name,
        share: (grades[index] ?? []).filter((one) => one === grade).length / draws,
      })),
    }
  })
}

const score = fc.integer({ min: 0, max: 200 }).map((halfMarks) => halfMarks / 2)
const scores = fc.array(fc.tuple(score, score, score), { maxLength: 12 })

describe('rank intervals', () => {
  it('are those of ranking every draw by the engine itself', () => {
    fc.assert(
      fc.property(
        scores,
        fc.integer(),
        fc.constantFrom(...roundings),
        fc.constantFrom(...tieRules),
        fc.integer({ min: 0, max: 2 }),
        (rows, seed, rounding, ties, decimals) => {
          const input = inputOf(rows, { rounding, ties, decimals })
          expect(rankIntervals(input, { draws: 40, spread: 0.25, seed })).toEqual(
            bruteForce(input, 40, 0.25, seed),
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  it('are of 10,000 draws within a quarter of each weight unless told otherwise', () => {
    const input = inputOf([
      [90, 80, 70],
      [70, 80, 90],
      [80, 80, 80],
    ])
    const given = rankIntervals(input, { draws: 10_000, spread: 0.25, seed: 5 })
    expect(rankIntervals(input, { seed: 5 })).toEqual(given)
    // Two weights of 30 that move alike: either of the outer units is ahead about as often, the even one always between.
    expect(given.map(({ low, median, high }) => [low, median, high])).toEqual([
      [1, expect.any(Number), 3],
      [1, expect.any(Number), 3],
      [2, 2, 2],
    ])
  })

  it('same seed, same answer, however the draws are taken; another seed, another answer', () => {
    const input = inputOf([
      [92, 80, 71],
      [71, 81, 90],
      [100, 89, 84.5],
    ])
    const steps: number[] = []
    const drawing = drawRanks(input, { draws: 1200, seed: 42 })
    let step = drawing.next()
    for (; !step.done; step = drawing.next()) steps.push(step.value)
    const heard: number[] = []
    const once = rankIntervals(input, { draws: 1200, seed: 42, onProgress: (done) => heard.push(done) })
    expect(step.value).toEqual(once)
    expect(steps).toEqual([500, 1000])
    expect(heard).toEqual(steps)
    expect(rankIntervals(input, { draws: 1200, seed: 43 })).not.toEqual(once)
  })

  it('refuse what is no number of draws and no spread', () => {
    for (const draws of [0, -1, 1.5, NaN])
      expect(() => rankIntervals(inputOf([]), { draws, seed: 1 })).toThrow(RangeError)
    for (const spread of [-0.1, 1, NaN])
      expect(() => rankIntervals(inputOf([]), { spread, seed: 1 })).toThrow(RangeError)
  })

  it('keep up with composites below zero', () => {
    const input = inputOf([[-3], [-1], [2]], { weights: [1] })
    expect(rankIntervals(input, { draws: 10, seed: 1 }).map(({ median }) => median)).toEqual([3, 2, 1])
  })
})

describe('the random stream', () => {
  it('is in [0, 1), even, and repeats with its seed', () => {
    const stream = (): number[] => {
      const random = seededRandom(2018)
      return Array.from({ length: 100_000 }, random)
    }
    const values = stream()
    expect(stream()).toEqual(values)
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => values.filter((one) => Math.floor(one * 10) === tenth).length,
    )
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500)
  })
})

const mark = fc.integer({ min: 0, max: 20_000 }).map((value) => (value / 200).toFixed(3))
const vetoing = withKinds(municipal, { veto: '合格' })
const schemes: readonly Scheme[] = [
  municipal,
  vetoing,
  { ...municipal, rankAcrossGroups: true, ties: 'dense', rounding: 'half-even' },
  { ...municipal, decimals: 1, rounding: 'down' },
  { ...municipal, bonus: { name: '加分', unlockedFrom: 6000, cap: 300, clause: '' } },
]

/** Units in two groups with these marks; the first loses points, the last is pending. */
const groupsOf = (rows: readonly (readonly [string, string])[]): Facts => {
  const ids = [...rows.map((_, index) => `u${index}`), 'pending']
  return {
    ...noFacts,
    units: ids.map((id) => ({ id, name: id, parentId: null })),
    participants: ids.map((unitId, index) => ({ unitId, group: index % 2 === 0 ? '县区' : '市直' })),
    findings: [finding('f', '举报查实', { unitId: 'u0' })],
    verified: rows.flatMap(([self], index) => halves(`u${index}`, self)),
    external: rows.flatMap(([, third], index) => thirdParty(`u${index}`, third)),
    bonuses: ids.map((unitId, index) => ({ unitId, points: index * 50, on: '2018-01-01' })),
  }
}

describe('without any spread the draws are the official result', () => {
  it.each(schemes.map((scheme, index) => [index, scheme] as const))('scheme %i', (_, scheme) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(mark, mark), { minLength: 1, maxLength: 8 }), (rows) => {
        const assessed = assess(scheme, groupsOf(rows), '2018-02-10', plainCalendar)
        const inputs = robustnessInput(assessed, scheme)
        expect(inputs.map(({ group }) => group)).toEqual(scheme.rankAcrossGroups ? [null] : ['县区', '市直'])
        const found = inputs.flatMap((input) => rankIntervals(input, { draws: 3, spread: 0, seed: 1 }))
        const official = assessed.standings.filter((standing) => standing.rank !== null)
        expect(found).toHaveLength(official.length)
        for (const { unitId, rank: place, grade } of official) {
          const one = found.find((each) => each.unitId === unitId)
          expect([one?.low, one?.median, one?.high]).toEqual([place, place, place])
          expect(one?.grades.filter(({ share }) => share > 0)).toEqual([{ grade, share: 1 }])
        }
      }),
      { numRuns: 60 },
    )
  })

  it('a veto holds in every draw', () => {
    const facts = oneUnit({
      findings: [finding('f', '举报查实')],
      verified: halves('u', '99'),
      external: thirdParty('u', '99'),
    })
    const [input] = robustnessInput(assess(vetoing, facts, '2018-02-10', plainCalendar), vetoing)
    const [unit] = rankIntervals(input as RobustnessInput, { draws: 100, seed: 1 })
    expect(unit?.grades[2]).toEqual({ grade: '合格', share: 1 })
  })
})

describe('ASEM sustainable connectivity: Index from Conn and Sust', () => {
  const { scheme, assessed } = connectivity()
  const [input] = robustnessInput(assessed, scheme)
  const intervals = rankIntervals(input as RobustnessInput, { seed: 2018 })
  const official = new Map(assessed.standings.map(({ unitId, rank: place }) => [unitId, place as number]))

  it('the interval holds the official rank of every one of 51 countries', () => {
    expect(intervals).toHaveLength(51)
    const outside = intervals.filter(({ unitId, low, high }) => {
      const place = official.get(unitId) as number
      return place < low || place > high
    })
    expect(outside).toEqual([])
  })
  it('medians stay within a place of the official ranks, ends are in order, and some interval is wide', () => {
    for (const { unitId, low, median, high } of intervals) {
      expect(Math.abs(median - (official.get(unitId) as number))).toBeLessThanOrEqual(1)
      expect(low <= median && median <= high).toBe(true)
    }
    expect(Math.max(...intervals.map(({ low, high }) => high - low))).toBeGreaterThan(3)
  })
})

it('a marks-only scheme ranks by the marks', () => {
  const { assessed, scheme } = assessMarks([['90'], ['80'], ['85']], [1])
  const [input] = robustnessInput(assessed, scheme)
  expect(rankIntervals(input as RobustnessInput, { draws: 9, seed: 0 }).map(({ high }) => high)).toEqual([
    1, 3, 2,
  ])
})
