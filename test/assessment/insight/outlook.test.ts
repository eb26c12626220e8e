import { describe, expect, it } from 'vitest'
import type { Facts } from '#assessment/score/facts'
import { outlookOf } from '#assessment/insight/outlook'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import { finding, halves, oneUnit, plainCalendar, thirdParty, withKinds } from '../../fixtures/facts.ts'

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
        { key: 'self', name: '自我考核', marks: '10.00' },
        { key: 'third-party', name: '第三方评估', marks: '13.34' },
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
            kinds: component.kinds.map((kind, index) => ({ ...kind, points: index === 0 ? 300 : 150 })),
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

it('is told before any excellence quota', () => {
  const scheme: Scheme = { ...withKinds(municipal, {}), excellenceQuota: { percent: 0, clause: '' } }
  expect(outlook(onTheLine, scheme).below).toMatchObject({ grade: '良好', line: '90.00' })
})
