import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import { roundings } from '#assessment/rational'
import { drawRanks, rankIntervals, type RobustnessInput } from '#assessment/insight/robustness'
import { robustnessInput } from '#assessment/insight/robustness-input'
import { tieRules, type Scheme } from '#assessment/rule/scheme'
import { seededRandom } from '#assessment/seeded-random'
import { assessMarks, connectivity } from '../../fixtures/marked.ts'
import { ruleAndFacts } from '../../fixtures/any-rule.ts'
import {
  finding,
  gains,
  halves,
  noFacts,
  oneUnit,
  plainCalendar,
  thirdParty,
  withKinds,
} from '../../fixtures/facts.ts'

const inputOf = (
  scores: readonly (readonly number[])[],
  changes: Partial<RobustnessInput> = {},
  weights: readonly number[] = [3000, 4000, 3000],
): RobustnessInput => ({
  group: null,
  units: scores.map((row, index) => ({
    unitId: `u${index}`,
    scores: row,
    weights,
    scale: 1,
    lost: 0,
    gained: 0,
    atMost: null,
    last: false,
    bestGrade: 0,
    lines: municipal.grades.map(({ from }) => (from ?? 0) / 100),
  })),
  unlock: null,
  ceiling: null,
  grades: municipal.grades.map(({ name }) => ({ name, allowed: null })),
  tieAcross: 'out',
  decimals: 2,
  rounding: 'half-up',
  ties: 'competition',
  ...changes,
})

/** The same draws, each assessed by the engine itself under the weights drawn, as whole numbers that are as fine as floats. */
function bruteForce(
  scheme: Scheme,
  facts: Facts,
  group: string | null,
  draws: number,
  spread: number,
  seed: number,
) {
  const random = seededRandom(seed)
  const results = Array.from({ length: draws }, () => {
    const factors = scheme.components.map(() => 1 + spread * (2 * random() - 1))
    const drawn = (weight: number, at: number) => Math.round(weight * (factors[at] as number) * 1e11)
    const components = scheme.components.map((component, at) => ({
      ...component,
      weight: drawn(component.weight, at),
      variants: component.variants.map((variant) =>
        typeof variant.weight === 'number' ? { ...variant, weight: drawn(variant.weight, at) } : variant,
      ),
    }))
    return assess({ ...scheme, components }, facts, '2018-02-10', plainCalendar).standings
  })
  return facts.participants
    .filter((participant) => group === null || participant.group === group)
    .map(({ unitId }) => {
      const own = results.flatMap((standings) => standings.filter((row) => row.unitId === unitId))
      const sorted = own.map(({ rank }) => rank as number).sort((a, b) => a - b)
      const at = (share: number) => sorted[Math.ceil(share * draws - 1e-6) - 1]
      return {
        unitId,
        low: at(0.05),
        median: at(0.5),
        high: at(0.95),
        grades: scheme.grades.map(({ name }) => ({
          grade: name,
          share: own.filter(({ grade }) => grade === name).length / draws,
        })),
      }
    })
}

describe('rank intervals', () => {
  it('are those of assessing every draw by the engine itself, under any rule', () => {
    fc.assert(
      fc.property(
        ruleAndFacts,
        fc.integer(),
        fc.constantFrom(...roundings),
        fc.constantFrom(...tieRules),
        ({ scheme, facts }, seed, rounding, ties) => {
          const rule = { ...scheme, rounding, ties }
          const assessed = assess(rule, facts, '2018-02-10', plainCalendar)
          // A unit to which nothing that weighs anything applies is in no ranking.
          if (assessed.standings.some(({ rank }) => rank === null)) return
          for (const input of robustnessInput(assessed, rule))
            expect(rankIntervals(input, { draws: 8, spread: 0.25, seed })).toEqual(
              bruteForce(rule, facts, input.group, 8, 0.25, seed),
            )
        },
      ),
      { numRuns: 40 },
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

  it('take a composite below 0 as 0, as the engine does', () => {
    const input = inputOf([[-3], [-1], [2]], {}, [1])
    expect(rankIntervals(input, { draws: 10, seed: 1 }).map(({ median }) => median)).toEqual([2, 2, 1])
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
const vetoing = withKinds(municipal, { vetoes: [{ type: 'grade', grade: '合格' }] })
const schemes: readonly Scheme[] = [
  municipal,
  vetoing,
  { ...municipal, rankAcrossGroups: true, ties: 'dense', rounding: 'half-even' },
  { ...municipal, decimals: 1, rounding: 'down' },
  { ...municipal, adjustments: gains({ gainCap: 300, unlock: { from: 6000, inclusive: true } }) },
]

/** Units in two groups with these marks; the first loses points, the last is pending. */
const groupsOf = (rows: readonly (readonly [string, string])[], gaining: boolean): Facts => {
  const ids = [...rows.map((_, index) => `u${index}`), 'pending']
  return {
    ...noFacts,
    units: ids.map((id) => ({ id, name: id, parentId: null })),
    participants: ids.map((unitId, index) => ({ unitId, group: index % 2 === 0 ? '县区' : '市直' })),
    findings: [
      finding('f', '举报查实', { unitId: 'u0' }),
      ...(gaining ? ids.map((unitId, at) => finding(`g${at}`, '加分', { unitId })) : []),
    ],
    verified: rows.flatMap(([self], index) => halves(`u${index}`, self)),
    external: rows.flatMap(([, third], index) => thirdParty(`u${index}`, third)),
  }
}

describe('without any spread the draws are the official result', () => {
  it.each(schemes.map((scheme, index) => [index, scheme] as const))('scheme %i', (_, scheme) => {
    fc.assert(
      fc.property(fc.array(fc.tuple(mark, mark), { minLength: 1, maxLength: 8 }), (rows) => {
        const assessed = assess(
          scheme,
          groupsOf(rows, scheme.adjustments !== null),
          '2018-02-10',
          plainCalendar,
        )
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
