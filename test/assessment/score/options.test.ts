import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { municipal } from '#assessment/presets/municipal'
import { school } from '#assessment/presets/school'
import type { Component, Grade, Scheme, Veto } from '#assessment/rule/scheme'
import {
  costing,
  finding,
  gains,
  halves,
  kindOf,
  noFacts,
  oneUnit,
  plainCalendar,
  thirdParty,
  withKinds,
} from '../../fixtures/facts.ts'

const run = (scheme: Scheme, facts: Facts, asOf = '2018-02-10') => assess(scheme, facts, asOf, plainCalendar)

/** One external component: the composite is the mark. */
const marksOnly: Scheme = {
  ...municipal,
  components: municipal.components.filter((component) => component.method === 'external'),
}

/** Units a, b, c … with these marks, all in one group unless told. */
function marked(marks: readonly string[], groupOf: (index: number) => string = () => '市直部门'): Facts {
  const ids = marks.map((_, index) => String.fromCharCode(97 + index))
  return {
    ...noFacts,
    units: ids.map((id) => ({ id, name: id, parentId: null })),
    participants: ids.map((unitId, index) => ({ unitId, group: groupOf(index) })),
    external: ids.flatMap((id, index) => thirdParty(id, marks[index] as string)),
  }
}

const ranksOf = (scheme: Scheme, facts: Facts) =>
  run(scheme, facts).standings.map(({ unit, rank }) => [unit, rank])
const gradesOf = (scheme: Scheme, facts: Facts) =>
  Object.fromEntries(run(scheme, facts).standings.map(({ unit, grade }) => [unit, grade]))

function withComponent(scheme: Scheme, key: string, change: Partial<Component>): Scheme {
  return {
    ...scheme,
    components: scheme.components.map((one) =>
      one.key === key ? ({ ...one, ...change } as Component) : one,
    ),
  }
}

describe('ties', () => {
  const facts = marked(['80', '95', '90', '90', '70'])
  it('competition: 1, 2, 2, 4 with the unit order inside a tie', () => {
    expect(ranksOf(marksOnly, facts)).toEqual([
      ['b', 1],
      ['c', 2],
      ['d', 2],
      ['a', 4],
      ['e', 5],
    ])
  })
  it('dense: 1, 2, 2, 3', () => {
    expect(ranksOf({ ...marksOnly, ties: 'dense' }, facts).map(([, rank]) => rank)).toEqual([1, 2, 2, 3, 4])
  })
  it('units tie on the rounded composite', () => {
    expect(ranksOf(marksOnly, marked(['90.004', '90.001'])).map(([, rank]) => rank)).toEqual([1, 1])
  })
})

describe('groups', () => {
  const facts = marked(['80', '95', '90'], (index) => (index === 1 ? '县区' : '市直部门'))
  it('counties and departments do not share a ranking', () => {
    expect(run(marksOnly, facts).standings.map(({ unit, group, rank }) => [unit, group, rank])).toEqual([
      ['c', '市直部门', 1],
      ['a', '市直部门', 2],
      ['b', '县区', 1],
    ])
  })
  it('unless the scheme says so', () => {
    expect(ranksOf({ ...marksOnly, rankAcrossGroups: true }, facts)).toEqual([
      ['b', 1],
      ['c', 2],
      ['a', 3],
    ])
  })
})

describe('rounding', () => {
  const composite = (scheme: Scheme, marks: string) => run(scheme, marked([marks])).standings[0]?.composite
  it.each([
    ['half-up', '89.985', '89.99'],
    ['half-even', '89.985', '89.98'],
    ['half-even', '89.975', '89.98'],
    ['half-even', '89.9751', '89.98'],
    ['down', '89.989', '89.98'],
  ] as const)('%s takes %s to %s', (rounding, marks, expected) => {
    expect(composite({ ...marksOnly, rounding }, marks)).toBe(expected)
  })
  it('keeps as many decimals as the scheme says', () => {
    expect(composite({ ...marksOnly, decimals: 0 }, '89.5')).toBe('90')
    expect(composite({ ...marksOnly, decimals: 3 }, '89.5')).toBe('89.500')
  })
})

describe('grades', () => {
  it.each([
    ['100', '优秀'],
    ['90', '优秀'],
    ['89.995', '优秀'],
    ['89.994', '良好'],
    ['80', '良好'],
    ['79.99', '合格'],
    ['60', '合格'],
    ['59.99', '不合格'],
    ['0', '不合格'],
  ])('%s is %s', (marks, grade) => {
    expect(gradesOf(marksOnly, marked([marks]))).toEqual({ a: grade })
  })
  it('a composite is never below 0, however far a part is, and takes the last grade', () => {
    const scheme = withComponent(withKinds(municipal, costing(5000)), 'routine', { floor: -10_000 })
    const routineOnly = { ...scheme, components: scheme.components.slice(0, 1) }
    const findings = ['x', 'y', 'z'].map((id) => finding(id, '举报查实'))
    expect(run(routineOnly, oneUnit({ findings })).standings).toMatchObject([
      { components: { 平时考核: '-50.00' }, composite: '0.00', grade: '不合格' },
    ])
  })
})

describe('caps', () => {
  it('a kind costs no more than its cap, counting the earliest losses', () => {
    const scheme = withKinds(municipal, { cap: 400 })
    const findings = [
      finding('late', '举报查实', { on: '2017-09-01' }),
      finding('first', '举报查实', { on: '2017-03-01' }),
      finding('second', '举报查实', { on: '2017-03-02' }),
      finding('last', '举报查实', { on: '2017-12-01' }),
      finding('other', '舆情回应', { on: '2017-12-01' }),
    ]
    const [routine] = run(scheme, oneUnit({ findings })).scorecards[0]?.components ?? []
    if (routine?.steps.method !== 'deductions') throw new Error('no deductions')
    expect(
      Object.fromEntries(routine.steps.findings.map(({ findingId, points }) => [findingId, points])),
    ).toEqual({
      first: 150,
      second: 150,
      late: 100,
      last: 0,
      other: 150,
    })
    expect(routine).toMatchObject({ score: '94.50', steps: { lost: 550 } })
    expect(routine.steps.kinds.find(({ name }) => name === '举报查实')).toMatchObject({
      count: 4,
      points: 400,
      cap: 400,
    })
  })
})

describe('charging upward', () => {
  const facts: Facts = {
    ...noFacts,
    units: [
      { id: 'county', name: '县', parentId: null },
      { id: 'bureau', name: '县局', parentId: 'county' },
      { id: 'stray', name: '无主单位', parentId: null },
    ],
    participants: [{ unitId: 'county', group: '县区' }],
    findings: [
      finding('a', '举报查实', { unitId: 'bureau' }),
      finding('b', '举报查实', { unitId: 'county' }),
      finding('c', '举报查实', { unitId: 'stray' }),
    ],
  }
  const score = (scheme: Scheme) => run(scheme, facts).scorecards[0]?.components[0]?.score
  it('is on in the preset and can be turned off per kind', () => {
    expect(score(municipal)).toBe('97.00')
    expect(score(withKinds(municipal, { chargedUpward: false }))).toBe('98.50')
  })
  it('refuses a participant that is no unit', () => {
    expect(() => run(municipal, { ...facts, units: [] })).toThrow('unknown unit county')
  })
  it('refuses a cycle of parents', () => {
    const units = [
      { id: 'bureau', name: '县局', parentId: 'other' },
      { id: 'other', name: '另一局', parentId: 'bureau' },
    ]
    expect(() => run(municipal, { ...facts, units })).toThrow('cycle')
  })
})

describe('a window closed without a submission', () => {
  const first = halves('u', '80').filter(({ window }) => window === 'H1')
  const closed = [{ component: 'self', window: 'H2', on: '2018-01-16' }]
  const self = (scheme: Scheme, facts: Facts, asOf?: string) =>
    run(scheme, facts, asOf).scorecards[0]?.components[1]

  it('counts as 0 in the preset from the day it is closed', () => {
    const facts = oneUnit({ verified: first, closed })
    expect(self(municipal, facts, '2018-01-15')).toMatchObject({
      score: null,
      pending: [{ code: 'window-missing', window: '下半年' }],
    })
    expect(self(municipal, facts, '2018-01-16')).toMatchObject({
      score: '40.00',
      steps: { windows: [{ countedAsZero: false }, { countedAsZero: true, score: '0' }] },
    })
  })
  it('stays pending when the scheme says so, or when the unit did submit', () => {
    const scheme = withComponent(municipal, 'self', { missingWindow: 'pending' })
    expect(self(scheme, oneUnit({ verified: first, closed }))?.score).toBeNull()
    const submissions = [{ unitId: 'u', component: 'self', window: 'H2', on: '2018-01-10' }]
    expect(self(municipal, oneUnit({ verified: first, closed, submissions }))?.score).toBeNull()
  })
})

describe('verified marks by leaf', () => {
  type Mark = Facts['verified'][number]
  const mark = (leaf: string | null, full: string, marks: Mark['marks'], on: Mark['on'] = null): Mark => ({
    unitId: 'u',
    component: 'checklist',
    window: 'year',
    leaf,
    full,
    marks,
    claimed: full,
    on,
  })
  const checklist = (verified: Mark[], asOf = '2018-02-10') =>
    run(school, oneUnit({ verified }), asOf).scorecards[0]?.components[0]

  it('a leaf that does not apply is left out of both sums', () => {
    const verified = [mark('1.1', '5', '4'), mark('1.2', '3', 'not-applicable'), mark('1.3', '3', '2')]
    expect(checklist(verified)).toMatchObject({
      score: '75.00',
      steps: { windows: [{ full: '8', verified: '6' }] },
    })
  })
  it('a mean that does not end is kept exact', () => {
    expect(checklist([mark('1.1', '3', '2')])).toMatchObject({ exact: '200/3', score: '66.67' })
  })
  it('is pending while a leaf is unverified or nothing applies', () => {
    expect(checklist([mark('1.1', '5', '4'), mark('1.2', '3', null)])).toMatchObject({
      score: null,
      pending: [{ code: 'marks-missing', missing: 1, of: 2 }],
    })
    expect(checklist([mark('1.1', '5', 'not-applicable')])?.pending).toEqual([
      { code: 'nothing-applicable', window: '全年' },
    ])
  })
  it('the last mark on or before the day counts', () => {
    const verified = [mark('1.1', '5', '1', '2018-01-10'), mark('1.1', '5', '4', '2018-01-20')]
    expect(checklist(verified, '2018-01-09')?.score).toBeNull()
    expect(checklist(verified, '2018-01-19')?.score).toBe('20.00')
    expect(checklist(verified, '2018-01-20')?.score).toBe('80.00')
  })
  it('marks by leaf make a total superfluous', () => {
    expect(checklist([mark(null, '100', '50'), mark('1.1', '5', '5')])?.score).toBe('100.00')
    expect(checklist([mark(null, '100', '50')])?.score).toBe('50.00')
  })
})

describe('external marks', () => {
  const external = marksOnly.components[0] as Extract<Component, { method: 'external' }>
  const withDimensions: Scheme = {
    ...marksOnly,
    components: [
      {
        ...external,
        full: '80',
        dimensions: [
          { key: 'a', name: '信息发布', full: '50' },
          { key: 'b', name: '解读回应', full: '30' },
        ],
      },
    ],
  }
  const mark = (
    dimension: string | null,
    marks: string | null,
    on: string | null = null,
  ): Facts['external'][number] => ({
    unitId: 'u',
    component: 'third-party',
    window: null,
    dimension,
    marks,
    on,
  })
  const score = (scheme: Scheme, facts: Partial<Facts>) =>
    run(scheme, oneUnit(facts)).scorecards[0]?.components[0]

  it('convert from any full marks', () => {
    expect(score(withDimensions, { external: [mark(null, '60')] })?.score).toBe('75.00')
  })
  it('add up by dimension and wait for all of them', () => {
    expect(score(withDimensions, { external: [mark('a', '40'), mark('b', '20')] })?.score).toBe('75.00')
    expect(score(withDimensions, { external: [mark('a', '40')] })).toMatchObject({
      score: null,
      pending: [{ code: 'external-missing', dimension: 'b' }],
    })
  })
  it('given as a total later replace those by dimension, and the other way round', () => {
    const total = mark(null, '60')
    const parts = [mark('a', '40'), mark('b', '28')]
    expect(score(withDimensions, { external: [...parts, total] })?.score).toBe('75.00')
    expect(score(withDimensions, { external: [total, ...parts] })?.score).toBe('85.00')
    expect(score(withDimensions, { external: [...parts, total, mark('a', '40')] })?.score).toBeNull()
    expect(score(withDimensions, { external: [total, mark('unknown', '40')] })?.score).toBe('75.00')
  })
  it('are superseded by later ones, and wait while blank or from a later day', () => {
    expect(score(marksOnly, { external: [mark(null, '60'), mark(null, '70', '2018-02-01')] })?.score).toBe(
      '70.00',
    )
    expect(score(marksOnly, { external: [mark(null, null)] })?.score).toBeNull()
    expect(score(marksOnly, { external: [mark(null, '70', '2018-03-01')] })?.score).toBeNull()
  })
  it('count as 0 only when the scheme says so and the term is over', () => {
    const zero = withComponent(marksOnly, 'third-party', { missing: 'zero' })
    const closed = [{ component: 'third-party', window: 'third-party', on: '2018-02-01' }]
    expect(score(zero, {})?.score).toBeNull()
    expect(score(marksOnly, { closed })?.score).toBeNull()
    expect(score(zero, { closed })).toMatchObject({
      score: '0.00',
      pending: [],
      steps: { windows: [{ countedAsZero: true }] },
    })
  })
})

describe('加分', () => {
  const scheme: Scheme = {
    ...marksOnly,
    adjustments: gains({ gainCap: 300, unlock: { from: 8000, inclusive: true } }),
  }
  const twice = [1, 2].map((day) =>
    finding(`g${day}`, '加分', { unitId: 'a', severity: 'usual', on: `2018-01-0${day}` }),
  )
  const findings = [
    ...twice,
    ...twice.map(({ id, ...rest }) => ({ ...rest, id: `${id} too` })),
    finding('later', '加分', { unitId: 'a', on: '2018-03-02' }),
  ]
  const cardOf = (rule: Scheme, marks: string, more: Partial<Facts> = {}) =>
    run(rule, { ...marked([marks]), ...more }).scorecards[0]
  it('is added up to its cap once the composite reaches the mark that unlocks it', () => {
    expect(cardOf(scheme, '80', { findings })).toMatchObject({
      adjustment: { gained: 400, counted: '3.00', value: '+3.00', unlocked: true },
      composite: '83.00',
    })
    expect(cardOf(scheme, '79.99', { findings })).toMatchObject({
      adjustment: { gained: 400, counted: '0.00', value: '+0.00', unlocked: false },
      composite: '79.99',
    })
    expect(cardOf(scheme, '80')).toMatchObject({ adjustment: { value: '+0.00' }, composite: '80.00' })
  })
  it('a mark that is not included opens only above it, by the exact composite', () => {
    const above: Scheme = { ...scheme, adjustments: gains({ unlock: { from: 8000, inclusive: false } }) }
    expect(cardOf(above, '80', { findings })?.composite).toBe('80.00')
    expect(cardOf(above, '80.004', { findings })?.composite).toBe('84.00')
  })
  it('losses of 总分 come off, whatever the composite, never below 0; a ceiling ends gains', () => {
    const off: Scheme = { ...marksOnly, adjustments: gains({ kinds: [kindOf('通报批评', costing(300))] }) }
    const criticised = ['x', 'y'].map((id) => finding(id, '通报批评', { unitId: 'a' }))
    expect(cardOf(off, '70', { findings: criticised })).toMatchObject({
      adjustment: { value: '-6.00' },
      composite: '64.00',
    })
    expect(cardOf(off, '5', { findings: criticised })?.composite).toBe('0.00')
    const open: Scheme = { ...marksOnly, adjustments: gains() }
    expect(cardOf(open, '98', { findings })?.composite).toBe('102.00')
    expect(cardOf({ ...open, ceiling: 10_000 }, '98', { findings })?.composite).toBe('100.00')
  })
  it('says nothing while the unit is pending', () => {
    expect(cardOf(scheme, '80', { external: [], findings })).toMatchObject({
      adjustment: { value: null, counted: null, unlocked: null },
      composite: null,
    })
  })
})

describe('一票否决', () => {
  const full = { verified: halves('u', '100'), external: thirdParty('u', '100') }
  const to = (...vetoes: Veto[]): Scheme => withKinds(municipal, { vetoes })
  const found = oneUnit({ ...full, findings: [finding('f', '举报查实')] })
  it('a lost point under a veto kind leaves no better grade than it names', () => {
    const veto = { type: 'grade', grade: '合格' } as const
    expect(run(to(veto), found).scorecards).toMatchObject([
      {
        composite: '99.55',
        grade: '合格',
        reasons: [{ code: 'veto', kind: '举报查实', veto, from: '优秀' }],
        vetoes: [{ kind: '举报查实', veto }],
      },
    ])
  })
  it('needs no points', () => {
    const free = withKinds(to({ type: 'grade', grade: '不合格' }), costing(0))
    expect(run(free, found).scorecards).toMatchObject([{ composite: '100.00', grade: '不合格' }])
  })
  it('caps the composite at a number, the lowest of several', () => {
    const scheme = to({ type: 'at-most', composite: 5900 }, { type: 'at-most', composite: 7000 })
    expect(run(scheme, found).scorecards).toMatchObject([{ composite: '59.00', grade: '不合格' }])
  })
  it('ranks last, among themselves by composite, and never ties with others', () => {
    const scheme = withKinds(
      { ...municipal, components: municipal.components.slice(0, 1) },
      {
        vetoes: [{ type: 'last' }],
      },
    )
    const ids = ['a', 'b', 'c', 'd']
    const facts: Facts = {
      ...noFacts,
      units: ids.map((id) => ({ id, name: id, parentId: null })),
      participants: ids.map((unitId) => ({ unitId, group: '全部' })),
      findings: [
        finding('1', '举报查实', { unitId: 'a' }),
        finding('2', '举报查实', { unitId: 'a' }),
        finding('3', '舆情回应', { unitId: 'b' }),
      ],
    }
    expect(ranksOf(scheme, facts)).toEqual([
      ['c', 1],
      ['d', 1],
      ['b', 3],
      ['a', 4],
    ])
  })
  it('does nothing while no point is lost, or when the grade is lower already', () => {
    const scheme = to({ type: 'grade', grade: '良好' })
    const open = finding('f', '专项督查', { deadline: '2018-06-01' })
    expect(run(scheme, oneUnit({ ...full, findings: [open] })).scorecards).toMatchObject([
      { grade: '优秀', reasons: [], vetoes: [] },
    ])
    const low = { ...full, external: thirdParty('u', '0'), findings: [finding('f', '举报查实')] }
    expect(run(scheme, oneUnit(low)).scorecards).toMatchObject([
      { composite: '69.55', grade: '合格', reasons: [] },
    ])
  })
})

describe('名额', () => {
  const first = (line: Partial<Grade>, quotas: Partial<Scheme['quotas']> = {}): Scheme => ({
    ...marksOnly,
    grades: marksOnly.grades.map((grade, at) => (at === 0 ? { ...grade, ...line } : grade)),
    quotas: { ...marksOnly.quotas, ...quotas },
  })
  const scheme = first({ share: 4000 })
  it('lets no more than its share of a group hold the best grade', () => {
    expect(gradesOf(scheme, marked(['99', '98', '97', '91', '70']))).toEqual({
      a: '优秀',
      b: '优秀',
      c: '良好',
      d: '良好',
      e: '合格',
    })
    const reasons = run(scheme, marked(['99', '98', '97', '91', '70'])).scorecards.map((card) => card.reasons)
    const lowered = { code: 'quota', grade: '优秀', allowed: 2, from: '优秀' }
    expect(reasons).toEqual([[], [], [lowered], [lowered], []])
  })
  it('a tie across the line falls below it, or is taken whole where the rule says so', () => {
    const marks = marked(['99', '98', '98', '91', '70'])
    expect(gradesOf(scheme, marks)).toMatchObject({ a: '优秀', b: '良好', c: '良好' })
    expect(gradesOf(first({ share: 4000 }, { tieAcross: 'in' }), marks)).toMatchObject({
      a: '优秀',
      b: '优秀',
      c: '优秀',
      d: '良好',
    })
  })
  it('a tie kept out closes the grade for those below it', () => {
    expect(gradesOf(first({ count: 2 }), marked(['99', '98', '98', '91', '70']))).toMatchObject({ d: '良好' })
  })
  it('a tie inside the line stays', () => {
    expect(gradesOf(scheme, marked(['98', '98', '97', '91', '70']))).toMatchObject({
      a: '优秀',
      b: '优秀',
      c: '良好',
    })
  })
  it('nothing changes when fewer are excellent, and nobody is when none is allowed', () => {
    expect(gradesOf(scheme, marked(['99', '80', '80', '80', '70']))).toMatchObject({ a: '优秀', b: '良好' })
    expect(gradesOf(first({ share: 0 }), marked(['99']))).toEqual({ a: '良好' })
  })
  it.each([
    ['down', false, '良好'],
    ['down', true, '优秀'],
    ['nearest', false, '优秀'],
    ['up', false, '优秀'],
  ] as const)('30 %% of two, %s, at least one %s: the first is %s', (rounding, atLeastOne, grade) => {
    const rule = first({ share: 3000 }, { rounding, atLeastOne })
    expect(gradesOf(rule, marked(['99', '95']))).toMatchObject({ a: grade, b: '良好' })
  })
  it('by number and without a band, whatever the composite; the last takes all others', () => {
    const rule: Scheme = {
      ...marksOnly,
      grades: [
        {
          name: '优秀',
          from: null,
          share: null,
          count: 1,
          groups: [{ group: '县区', from: null, share: null, count: 2 }],
        },
        { name: '合格', from: null, share: null, count: null, groups: [] },
      ],
    }
    const facts = marked(['85.30', '70', '60', '50', '40'], (index) => (index < 3 ? '县区' : '市直部门'))
    expect(gradesOf(rule, facts)).toEqual({ a: '优秀', b: '优秀', c: '合格', d: '优秀', e: '合格' })
  })
})
