import { describe, expect, it } from 'vitest'
import type { Facts } from '#assessment/score/facts'
import { outlookOf } from '#assessment/insight/outlook'
import { municipal } from '#assessment/presets/municipal'
import type { DeductionsComponent, Scheme } from '#assessment/rule/scheme'
import {
  costing,
  finding,
  gains,
  halves,
  kindOf,
  oneUnit,
  plainCalendar,
  thirdParty,
  withKinds,
} from '../../fixtures/facts.ts'

const outlook = (facts: Facts, scheme: Scheme = municipal) => {
  const found = outlookOf(scheme, facts, '2018-01-23', plainCalendar, 'u')
  if (!found) throw new Error('no outlook')
  return found
}

/** 98.50 / 88.50 / 83.50: exactly on the line, one problem appealed, one open until 31 January. */
const onTheLine = oneUnit({
  findings: [
    finding('2017-432', '舆情回应', { on: '2018-01-15', then: [{ type: 'appealed', on: '2018-01-19' }] }),
    finding('2017-428', '调度和网上检查', { on: '2018-01-10', deadline: '2018-01-31' }),
  ],
  verified: halves('u', '89.2', '87.8'),
  external: thirdParty('u', '83.5'),
})

describe('a unit exactly on the line', () => {
  it('has the best grade, no margin, and falls with the next problem', () => {
    expect(outlook(onTheLine)).toMatchObject({
      next: null,
      below: { grade: '良好', line: '90.00', margin: '0.00' },
      oneMore: [
        {
          name: '平时考核',
          points: 150,
          worth: '0.45',
          composite: '89.55',
          grade: '良好',
          problemsToLower: 1,
        },
      ],
    })
  })
  it('sees each open case decided', () => {
    expect(outlook(onTheLine).cases).toEqual([
      expect.objectContaining({
        type: 'if-revoked',
        number: '2017-432',
        change: '0.45',
        composite: '90.45',
        grade: '优秀',
      }),
      expect.objectContaining({
        type: 'if-lost',
        number: '2017-428',
        on: '2018-01-31',
        change: '-0.45',
        composite: '89.55',
        grade: '良好',
      }),
      expect.objectContaining({
        type: 'component-up',
        component: 'self',
        change: '0.40',
        composite: '90.40',
      }),
      expect.objectContaining({ type: 'component-down', component: 'self', change: '-0.40', grade: '良好' }),
      expect.objectContaining({
        type: 'component-up',
        component: 'third-party',
        change: '0.30',
        composite: '90.30',
      }),
      expect.objectContaining({
        type: 'component-down',
        component: 'third-party',
        change: '-0.30',
        composite: '89.70',
      }),
    ])
  })
})

describe('the way to the next grade', () => {
  const facts = oneUnit({ verified: halves('u', '80'), external: thirdParty('u', '80') })
  it('says how far it is and what each part alone would need', () => {
    expect(outlook(facts).next).toEqual({
      grade: '优秀',
      from: '90.00',
      distance: '4.00',
      problems: null,
      components: [
        { key: 'routine', name: '平时考核', marks: null },
        { key: 'self', name: '自我考核', marks: '9.99' },
        { key: 'third-party', name: '第三方评估', marks: '13.32' },
      ],
    })
  })
  it('counts how many problems the grade still bears', () => {
    expect(outlook(facts)).toMatchObject({
      below: { grade: '合格', margin: '6.00' },
      oneMore: [{ problemsToLower: 14 }],
    })
  })
})

it('a unit at the floor has nothing more to lose', () => {
  const findings = Array.from({ length: 67 }, (_, index) => finding(`f${index}`, '举报查实'))
  const facts = oneUnit({ findings, verified: halves('u', '100'), external: thirdParty('u', '100') })
  expect(outlook(facts)).toMatchObject({
    oneMore: [{ worth: '0.00', composite: '70.00', problemsToLower: null }],
  })
})

it('a unit in the last grade has no line below', () => {
  const facts = oneUnit({ verified: halves('u', '10'), external: thirdParty('u', '10') })
  expect(outlook(facts)).toMatchObject({ below: null, next: { grade: '合格' } })
})

it('a rejection waiting to count and different points per kind are told apart', () => {
  const scheme = {
    ...municipal,
    components: municipal.components.map((component) =>
      component.method === 'deductions'
        ? {
            ...component,
            kinds: component.kinds.map((kind, index) => ({ ...kind, ...costing(index === 0 ? 300 : 150) })),
          }
        : component,
    ),
  }
  const findings = [
    finding('f', '专项督查', { deadline: '2018-01-10', then: [{ type: 'submitted', on: '2018-01-05' }] }),
  ]
  const facts = oneUnit({ findings, verified: halves('u', '100'), external: thirdParty('u', '100') })
  const found = outlook(facts, scheme)
  expect(found.oneMore.map(({ points }) => points)).toEqual([300, 150])
  expect(found.cases[0]).toMatchObject({ type: 'if-lost', change: '-0.45' })
  expect(found.cases.filter(({ type }) => type === 'component-up')).toEqual([])
})

it("a county's outlook counts its departments, and a finding moved to it by an appeal", () => {
  const facts: Facts = {
    ...onTheLine,
    units: [
      ...onTheLine.units,
      { id: 'below', name: '下属', parentId: 'u' },
      { id: 'v', name: '他单位', parentId: null },
    ],
    findings: [
      finding('f', '专项督查', { unitId: 'below', deadline: '2018-02-20' }),
      finding('g', '举报查实', {
        unitId: 'v',
        then: [{ type: 'decided', on: '2018-01-02', outcome: 'amended', kind: '专项督查', unitId: 'u' }],
      }),
      finding('h', '举报查实', { unitId: 'v' }),
    ],
  }
  const numbers = outlook(facts).cases.flatMap(({ number }) => number ?? [])
  expect(numbers).toEqual(['f'])
  expect(outlook(facts)).toMatchObject({ below: { margin: '0.00' } })
})

it('is silent for a pending unit and for one that does not take part', () => {
  expect(outlookOf(municipal, oneUnit(), '2018-01-23', plainCalendar, 'u')).toBeNull()
  expect(outlookOf(municipal, onTheLine, '2018-01-23', plainCalendar, 'nobody')).toBeNull()
})

it('is told before any quota', () => {
  const scheme: Scheme = {
    ...municipal,
    grades: municipal.grades.map((grade, at) => (at === 0 ? { ...grade, share: 0 } : grade)),
  }
  expect(outlook(onTheLine, scheme).below).toMatchObject({ grade: '良好', line: '90.00' })
})

describe('what a rule with vetoes, caps and adjustments may bring', () => {
  const veto = (points: number): Scheme => ({
    ...municipal,
    components: municipal.components.map((component) =>
      component.method === 'deductions'
        ? {
            ...component,
            kinds: [
              ...component.kinds,
              kindOf('泄密', {
                ...costing(points),
                vetoes: [{ type: 'grade', grade: '不合格' }, { type: 'last' }],
              }),
            ],
          }
        : component,
    ),
  })
  const good = { verified: halves('u', '94'), external: thirdParty('u', '88') }

  it('one more problem of a veto kind says so, though it costs no points', () => {
    const told = outlook(oneUnit(good), veto(0)).oneMore
    expect(told).toMatchObject([
      { points: 150, grade: '优秀', vetoes: false },
      { kinds: ['泄密'], points: 0, worth: '0.00', composite: '94.00', grade: '不合格', vetoes: true },
    ])
  })
  it('a vetoed unit has no line below, and the way up is its veto', () => {
    const facts = oneUnit({ ...good, findings: [finding('f', '泄密')] })
    expect(outlook(facts, veto(150))).toMatchObject({
      below: null,
      next: { grade: '合格', problems: 1, components: [{ marks: null }, { marks: null }, { marks: null }] },
      oneMore: [
        { composite: '93.10', grade: '不合格', problemsToLower: null },
        { kinds: ['泄密'], vetoes: false },
      ],
    })
  })
  it('a cap used up makes one more of its kind free', () => {
    const capped = withKinds(municipal, { cap: 150 })
    const facts = oneUnit({ ...good, findings: [finding('f', '舆情回应')] })
    const more = outlook(facts, capped).oneMore.find(({ kinds }) => kinds.includes('舆情回应'))
    expect(more).toMatchObject({ worth: '0.00', problemsToLower: null })
  })
  it('a loss of 总分 is one more as well, and what no band tells is not guessed', () => {
    const scheme: Scheme = {
      ...municipal,
      adjustments: gains({ kinds: [kindOf('通报批评', costing(300))] }),
      grades: [
        { name: '先进', from: null, share: null, count: 3, groups: [] },
        { name: '其他', from: null, share: null, count: null, groups: [] },
      ],
    }
    expect(outlook(oneUnit(good), scheme)).toMatchObject({
      next: null,
      below: null,
      oneMore: [
        { component: 'routine' },
        { component: null, worth: '3.00', grade: null, problemsToLower: null },
      ],
    })
  })
})

describe('parts of every sort', () => {
  const ledgerWith = (change: Partial<DeductionsComponent>): Scheme => ({
    ...municipal,
    components: municipal.components.map((one) =>
      one.method === 'deductions' ? { ...one, ...change } : one,
    ),
  })
  const notFor = (component: string): Scheme => ({
    ...municipal,
    components: municipal.components.map((one) =>
      one.key === component
        ? { ...one, variants: [{ group: '市直部门', weight: 'not-applicable', full: null }] }
        : one,
    ),
  })
  const good = { verified: halves('u', '80'), external: thirdParty('u', '80') }
  /** 80.00 without the self-assessment. */
  const fair = oneUnit({ ...good, external: thirdParty('u', '60') })
  const marksOf = (facts: Facts, scheme: Scheme) =>
    Object.fromEntries(outlook(facts, scheme).next?.components.map(({ key, marks }) => [key, marks]) ?? [])

  it('a ledger without a ceiling may bring any number of marks', () => {
    const facts = oneUnit({ ...good, findings: [finding('f', '举报查实')] })
    const scheme = ledgerWith({ ceiling: 'none' })
    // 29.55 + 56 = 85.55; 4.45 ÷ 0.3, and half a hundredth rounds up.
    expect(marksOf(facts, scheme)).toMatchObject({ routine: '14.82' })
    expect(outlook(facts, scheme).next?.problems).toBeNull()
  })
  it('a ledger out of full marks may bring as many as are missing', () => {
    const facts = oneUnit({ verified: halves('u', '86'), external: thirdParty('u', '86') })
    // 100 of 120 is 25 points; 85.20 in all.
    expect(marksOf(facts, ledgerWith({ full: 12_000 }))).toMatchObject({ routine: '15.99' })
  })
  it('a part that weighs nothing cannot lift a unit, and moves nothing', () => {
    const scheme: Scheme = {
      ...municipal,
      components: municipal.components.map((one) => (one.key === 'self' ? { ...one, weight: 0 } : one)),
    }
    expect(marksOf(fair, scheme)).toMatchObject({ self: null })
    expect(outlook(fair, scheme).cases.map(({ component }) => component)).toEqual([
      'third-party',
      'third-party',
    ])
  })
  it('a part that does not apply to the unit is not offered to it', () => {
    expect(Object.keys(marksOf(fair, notFor('self')))).toEqual(['routine', 'third-party'])
    expect(outlook(fair, notFor('routine')).oneMore).toEqual([])
  })
  it('one more problem of a kind with several 档次 names each', () => {
    const severities = [
      { key: 'light', name: '轻', points: 50 },
      { key: 'grave', name: '重', points: 300 },
    ]
    const told = outlook(oneUnit(good), ledgerWith({ kinds: [kindOf('迟报', { severities })] })).oneMore
    expect(told).toMatchObject([
      { kinds: ['迟报·轻'], points: 50 },
      { kinds: ['迟报·重'], points: 300 },
    ])
  })
  it('a veto that holds the composite below the next line is the first to lift', () => {
    const kinds = [kindOf('轻微'), kindOf('泄密', { vetoes: [{ type: 'at-most', composite: 8500 }] })]
    const findings = [finding('1', '轻微'), finding('2', '泄密')]
    const facts = oneUnit({ findings, verified: halves('u', '90'), external: thirdParty('u', '90') })
    expect(outlook(facts, ledgerWith({ kinds })).next).toMatchObject({
      grade: '优秀',
      distance: '5.00',
      problems: 1,
      components: [{ marks: null }, { marks: null }, { marks: null }],
    })
  })
})
