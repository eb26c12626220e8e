import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { checkScheme } from '#assessment/rule/check-scheme'
import { municipal } from '#assessment/presets/municipal'
import { triggerMeaning } from '#assessment/rule/trigger'
import type { Facts } from '#assessment/score/facts'
import { weightTriangle } from '#assessment/insight/weight-flip'
import { trianglePicture } from '../../web/charts/weight-triangle.ts'
import {
  changedScheme,
  figuresOf,
  figureFrom,
  readChanges,
  simulatedRows,
  writeChanges,
  type SchemeChanges,
} from '../../web/components/result/simulation/scheme-changes.ts'
import { finding, noFacts, plainCalendar } from '../fixtures/facts.ts'

const unchanged: SchemeChanges = { weights: [], points: [], bands: [] }
const routine = municipal.components.find(({ method }) => method === 'deductions')
const kinds = routine?.method === 'deductions' ? routine.kinds : []
const atOnce = kinds.findIndex(({ trigger }) => !triggerMeaning[trigger].hasDeadline)
const [self, external] = ['verified-marks', 'external'].map(
  (method) => municipal.components.find((component) => component.method === method)?.key ?? '',
)

const marksOf = (unitId: string, own: string, outside: string): Pick<Facts, 'verified' | 'external'> => ({
  verified: ['H1', 'H2'].map((window) => ({
    unitId,
    component: self ?? '',
    window,
    leaf: null,
    full: '100',
    marks: own,
    claimed: null,
    on: null,
  })),
  external: [{ unitId, component: external ?? '', window: null, dimension: null, marks: outside, on: null }],
})
const [a, b] = [marksOf('a', '96', '84'), marksOf('b', '84', '98')]
const facts: Facts = {
  ...noFacts,
  units: [
    { id: 'a', name: '市教育局', parentId: null },
    { id: 'b', name: '市财政局', parentId: null },
  ],
  participants: [
    { unitId: 'a', group: '市直部门' },
    { unitId: 'b', group: '市直部门' },
  ],
  findings: [finding('f', kinds[atOnce]?.key ?? '', { unitId: 'a' })],
  verified: [...a.verified, ...b.verified],
  external: [...a.external, ...b.external],
}
const under = (changes: Partial<SchemeChanges>) =>
  assess(changedScheme(municipal, { ...unchanged, ...changes }), facts, '2018-02-10', plainCalendar)
const official = under({})

describe('what if the rule were different', () => {
  it('leaves the scheme as it is until something is changed', () => {
    expect(changedScheme(municipal, unchanged)).toEqual(municipal)
  })

  it('lets a heavier third party turn the ranking round, and tells both ranks', () => {
    expect(official.standings.map(({ unitId }) => unitId)).toEqual(['a', 'b'])
    const rows = simulatedRows(official, under({ weights: [3000, 2000, 5000] }), '市直部门')
    expect(rows.map((row) => [row.official.unit, row.official.rank, row.simulated.rank])).toEqual([
      ['市财政局', 2, 1],
      ['市教育局', 1, 2],
    ])
  })

  it('charges a problem of a kind what was entered for that kind', () => {
    const points = kinds.map((_, place) => (place === atOnce ? 1000 : null))
    expect(under({ points }).scorecards[0]?.components[0]?.score).toBe('90.00')
  })

  it('moves a grade line without moving a score', () => {
    const card = under({ bands: [9900] }).scorecards[0]
    expect([card?.composite, card?.grade]).toEqual([official.scorecards[0]?.composite, '良好'])
  })

  it('is told by the scheme’s own check when grade lines cross', () => {
    const faults = checkScheme(changedScheme(municipal, { ...unchanged, bands: [7000] }))
    expect(faults.filter(({ warning }) => !warning)).not.toEqual([])
  })

  it('stands in the address, with what is no figure left as it is', () => {
    expect(writeChanges([4000, null, 150])).toBe('40,,1.5')
    expect(readChanges('40,,1.5', 3)).toEqual([4000, null, 150])
    expect(readChanges('x,-3', 3)).toEqual([null, null, null])
    expect(writeChanges([null, null])).toBe('')
    expect(['1.5', '30', '1.555', '-1', '', '1e3'].map(figureFrom)).toEqual([
      150,
      3000,
      null,
      null,
      null,
      null,
    ])
  })

  it('offers every figure of the scheme but the bound of the last grade, which is 0', () => {
    expect(figuresOf.weights(municipal).map(({ value }) => value)).toEqual([3000, 4000, 3000])
    expect(figuresOf.points(municipal)).toHaveLength(kinds.length)
    expect(figuresOf.bands(municipal).map(({ value }) => value)).toEqual([9000, 8000, 6000])
  })
})

describe('the weight triangle', () => {
  const [first, second] = official.scorecards
  const triangle = first && second ? weightTriangle(first, second) : null
  const picture = triangle && trianglePicture(triangle, 200)

  it('stands on its second and third component, with the first at the top', () => {
    expect(picture?.corners).toEqual([
      [100, 0],
      [0, 173.2],
      [200, 173.2],
    ])
  })

  it('puts the official weights inside, as far up as the first component weighs', () => {
    const [x, y] = picture?.official ?? [0, 0]
    expect(y).toBeCloseTo(173.2 * 0.7, 1)
    expect(x).toBeCloseTo(100 * 0.3 + 200 * 0.3, 1)
  })

  it('parts the regions of two units along the line on which they are equal', () => {
    const [from, to] = picture?.line ?? []
    for (const end of [from, to]) {
      expect(picture?.first).toContain(String(end))
      expect(picture?.second).toContain(String(end))
    }
  })
})
