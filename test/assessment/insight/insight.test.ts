import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import { comparability } from '#assessment/rule/comparability'
import { componentMeans } from '#assessment/insight/component-means'
import type { Facts, VerifiedMark } from '#assessment/score/facts'
import { indicatorMaps } from '#assessment/insight/indicator-map'
import { municipal } from '#assessment/presets/municipal'
import { problemSpots } from '#assessment/insight/problem-spots'
import { rectificationFigures } from '#assessment/insight/rectification-figures'
import type { Component, Indicator, Scheme } from '#assessment/rule/scheme'
import { finding, gains, halves, noFacts, plainCalendar, thirdParty } from '../../fixtures/facts.ts'

const leaf = (key: string, full: string, groups: Indicator['groups'] = null): Indicator => ({
  key,
  name: `指标${key}`,
  full,
  scoring: null,
  scale: { type: 'free' },
  evidence: null,
  responsible: null,
  groups,
  clause: null,
  children: [],
})
const area = (key: string, children: readonly Indicator[]): Indicator => ({
  ...leaf(key, '0'),
  name: `领域${key}`,
  full: null,
  children,
})

/** The municipal scheme with two areas: A with leaves a1 (10) and a2 (20, for departments only), and B, a leaf itself (40). */
const scheme: Scheme = {
  ...municipal,
  components: municipal.components.map((component) =>
    component.method === 'verified-marks'
      ? {
          ...component,
          indicators: [area('A', [leaf('a1', '10'), leaf('a2', '20', ['部门'])]), leaf('B', '40')],
        }
      : component,
  ),
}

const city: Facts = {
  ...noFacts,
  units: [
    { id: 'county', name: '清河县政府', parentId: null },
    { id: 'school', name: '清河县教育局', parentId: 'county' },
    { id: 'water', name: '市水务局', parentId: null },
    { id: 'wood', name: '市林业局', parentId: null },
  ],
  participants: [
    { unitId: 'county', group: '县区' },
    { unitId: 'water', group: '部门' },
    { unitId: 'wood', group: '部门' },
  ],
}
const on = (facts: Partial<Facts>, asOf = '2018-02-10') =>
  assess(scheme, { ...city, ...facts }, asOf, plainCalendar)

describe('averages per group', () => {
  it('are taken over the units that have a score, never over pending ones as 0', () => {
    const assessed = on({
      verified: [...halves('water', '90', '91'), ...halves('county', '80')],
      external: [...thirdParty('water', '80'), ...thirdParty('wood', '85')],
    })
    const [county, departments] = componentMeans(scheme, assessed)
    expect(county).toMatchObject({ group: '县区', units: 1, composite: null, ranked: 0 })
    expect(county?.components.map(({ mean, known }) => [mean, known])).toEqual([
      ['100.00', 1],
      ['80.00', 1],
      [null, 0],
    ])
    // 市水务局: 0.3 × 100 + 0.4 × 90.5 + 0.3 × 80 = 90.2; 市林业局 has no self-assessment yet.
    expect(departments).toMatchObject({ group: '部门', units: 2, composite: '90.20', ranked: 1 })
    expect(departments?.components.map(({ mean, known }) => [mean, known])).toEqual([
      ['100.00', 2],
      ['90.50', 1],
      ['82.50', 2],
    ])
  })
})

describe('the indicator map', () => {
  const mark = (unitId: string, of: string, full: string, marks: VerifiedMark['marks'], window = 'H1') => ({
    unitId,
    component: 'self',
    window,
    leaf: of,
    full,
    marks,
    claimed: null,
    on: null,
  })
  const rowsOf = (verified: readonly VerifiedMark[]) =>
    indicatorMaps(scheme, on({ verified }))[0]?.rows.map(({ key, area, full, cells }) => [
      key,
      area,
      full,
      ...cells,
    ])

  it('adds up areas from their leaves over both windows, by key or by name', () => {
    expect(
      rowsOf([
        mark('water', 'a1', '10', '8'),
        mark('water', '指标a2', '20', '19'),
        mark('water', 'a1', '10', '9', 'H2'),
        mark('county', 'a1', '10', '5'),
        mark('county', 'B', '40', null),
        mark('wood', 'B', '40', 'not-applicable'),
      ]),
    ).toEqual([
      // (8 + 19 + 9) ÷ 40 = 90 %; 17 ÷ 20 = 85 %; 19 ÷ 20 = 95 %
      ['A', null, '30.00', '50.0', '90.0', null],
      ['a1', 'A', '10.00', '50.0', '85.0', null],
      ['a2', 'A', '20.00', 'not-applicable', '95.0', null],
      ['B', null, '40.00', null, null, 'not-applicable'],
    ])
  })

  it('keeps marks that fit no indicator in a row of their own, and is not drawn from totals alone', () => {
    expect(rowsOf([mark('water', '旧指标', '10', '7')])?.at(-1)).toEqual([
      '旧指标',
      null,
      '0.00',
      null,
      '70.0',
      null,
    ])
    expect(rowsOf(halves('water', '90'))).toBeUndefined()
  })

  it('lists the units in the order of the ranking', () => {
    const verified = [...halves('water', '80'), ...halves('wood', '90'), mark('wood', 'B', '40', '30')]
    const assessed = on({
      verified: verified.filter((one) => one.unitId === 'water' || one.leaf === null),
      external: [...thirdParty('water', '80'), ...thirdParty('wood', '80')],
    })
    const [map] = indicatorMaps(scheme, {
      ...assessed,
      scorecards: on({ verified }).scorecards,
    })
    expect(map?.units.map(({ unitId }) => unitId)).toEqual(['county', 'wood', 'water'])
  })
})

const course = {
  /** Handed in and accepted before the deadline: 6 working days. */
  inTime: finding('1', '专项督查', {
    unitId: 'water',
    on: '2017-06-01',
    deadline: '2017-06-20',
    then: [
      { type: 'submitted', on: '2017-06-06' },
      { type: 'accepted', on: '2017-06-09' },
    ],
  }),
  /** Lost, rectified afterwards: 22 working days. */
  late: finding('2', '专项督查', {
    unitId: 'water',
    on: '2017-06-01',
    deadline: '2017-06-20',
    then: [
      { type: 'submitted', on: '2017-06-28' },
      { type: 'accepted', on: '2017-07-03' },
    ],
  }),
  waiting: finding('3', '网站安全隐患', { unitId: 'wood', on: '2018-02-01', deadline: '2018-03-01' }),
  revoked: finding('4', '专项督查', {
    unitId: 'wood',
    then: [{ type: 'decided', on: '2017-06-05', outcome: 'revoked' }],
  }),
  atOnce: finding('5', '舆情回应', { unitId: 'school', on: '2017-08-01' }),
  atOnceAgain: finding('6', '舆情回应', { unitId: 'school', on: '2017-07-01' }),
  early: finding('7', '举报查实', { unitId: 'water', on: '2018-02-20' }),
}
const findings = Object.values(course)

describe('rectification', () => {
  const facts = { ...city, findings }
  const figures = (asOf: string) => rectificationFigures(scheme, facts, on({ findings }, asOf), plainCalendar)

  it('counts what was rectified in time of what is decided, and the working days it took', () => {
    const { total, kinds, units } = figures('2018-02-10')
    expect(total).toMatchObject({ notified: 3, inTime: 1, late: 1, waiting: 1, rate: '50.0', medianDays: 14 })
    expect(kinds.map(({ name, notified, rate }) => [name, notified, rate])).toEqual([
      ['专项督查', 2, '50.0'],
      ['网站安全隐患', 1, null],
    ])
    expect(
      units.map(({ name, inTime, late, waiting, medianDays }) => [name, inTime, late, waiting, medianDays]),
    ).toEqual([
      ['市水务局', 1, 1, 0, 14],
      ['市林业局', 0, 0, 1, null],
    ])
  })

  it('knows on an earlier day only what had happened by then', () => {
    expect(figures('2017-06-10').total).toMatchObject({
      notified: 2,
      inTime: 1,
      waiting: 1,
      rate: '100.0',
      medianDays: 6,
    })
    expect(figures('2017-05-01').total).toMatchObject({ notified: 0, rate: null, medianDays: null })
  })
})

describe('problem spots', () => {
  it('count problems by kind and by the unit charged, revoked ones left out', () => {
    const spots = problemSpots(on({ findings }))
    expect(spots.kinds.map(({ name, total }) => [name, total])).toEqual([
      ['舆情回应', 2],
      ['专项督查', 2],
      ['网站安全隐患', 1],
    ])
    expect(spots.units.map(({ unit, counts, total }) => [unit, total, ...counts])).toEqual([
      ['清河县政府', 2, 2, 0, 0],
      ['市水务局', 2, 0, 2, 0],
      ['市林业局', 1, 0, 0, 1],
    ])
  })

  it('name the place where a kind of problem came back, most often and latest first', () => {
    const third = finding('8', '舆情回应', { unitId: 'school', on: '2017-07-15' })
    const again = [1, 2].map((number) =>
      finding(`w${number}`, '专项督查', { unitId: 'wood', on: '2017-12-01' }),
    )
    const before = [1, 2].map((number) =>
      finding(`b${number}`, '举报查实', { unitId: 'wood', on: '2017-03-01' }),
    )
    const { repeated } = problemSpots(on({ findings: [...before, ...findings, third, ...again] }))
    expect(repeated.map(({ unit, kind, count, lost, lastOn }) => [unit, kind, count, lost, lastOn])).toEqual([
      ['清河县教育局', '舆情回应', 3, 3, '2017-08-01'],
      ['市林业局', '专项督查', 2, 2, '2017-12-01'],
      ['市水务局', '专项督查', 2, 1, '2017-06-01'],
      ['市林业局', '举报查实', 2, 2, '2017-03-01'],
    ])
    expect(repeated[0]?.chargedUnit).toBe('清河县政府')
  })
})

describe('comparing two years', () => {
  const changed = (method: Component['method'], change: object, more: Partial<Scheme> = {}): Scheme => ({
    ...scheme,
    ...more,
    components: scheme.components.map((component) =>
      component.method === method ? { ...component, ...change } : component,
    ),
  })
  const keys = scheme.components.map(({ key }) => key)

  it('is open where only words, days or people changed', () => {
    const later = changed(
      'deductions',
      { clause: '另一条' },
      { name: '2018 年办法', milestones: [], appealWithin: 7 },
    )
    expect(comparability(scheme, later)).toEqual({
      composite: true,
      grades: true,
      components: keys,
      changes: [],
    })
  })

  it('ends for a component that is scored otherwise, and for the composite', () => {
    const { composite, grades, components, changes } = comparability(
      scheme,
      changed('deductions', { base: 9000 }),
    )
    expect([composite, grades, components]).toEqual([false, false, keys.slice(1)])
    expect(changes).toMatchObject([{ part: 'component', field: 'base', from: 10000, to: 9000 }])
  })

  it('ends for a component that lost a kind under a new name', () => {
    const { components } = comparability(scheme, changed('deductions', { name: '日常考核', kinds: [] }))
    expect(components).toEqual(keys.slice(1))
  })

  it('leaves the components when weights or rounding changed, and the composite when only grades did', () => {
    const { composite, components } = comparability(scheme, changed('external', { weight: 4000 }))
    expect([composite, components]).toEqual([false, keys])
    expect(comparability(scheme, { ...scheme, decimals: 1 })).toMatchObject({
      composite: false,
      components: keys,
    })
    const capped = (gainCap: number) => ({ ...scheme, adjustments: gains({ gainCap }) })
    expect(comparability(capped(300), capped(500))).toMatchObject({
      composite: false,
      components: keys,
    })
    const grades = scheme.grades.map((grade, index) => (index === 0 ? { ...grade, from: 9500 } : grade))
    expect(comparability(scheme, { ...scheme, grades })).toMatchObject({
      composite: true,
      grades: false,
      components: keys,
    })
  })
})
