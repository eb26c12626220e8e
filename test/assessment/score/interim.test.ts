import { describe, expect, it } from 'vitest'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import { outlookOf } from '#assessment/insight/outlook'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { finding, halves, noFacts, oneUnit, plainCalendar, thirdParty } from '../../fixtures/facts.ts'

const soFar = (facts: Facts, asOf: string, scheme: Scheme = municipal) =>
  assess(scheme, { year: 2017, ...facts }, asOf, plainCalendar, { interim: true })
const [first, second] = halves('u', '80', '90') as [Facts['verified'][number], Facts['verified'][number]]

describe('阶段成绩', () => {
  it('rests on the ledger alone while nothing else is known, and weighs it as the whole', () => {
    const told = soFar(oneUnit({ findings: [finding('f', '舆情回应')] }), '2017-11-30')
    expect(told.interim).toEqual({ 市直部门: { basis: ['平时考核'], share: '30.00' } })
    expect(told.standings).toMatchObject([
      { composite: '98.50', rank: 1, grade: null, components: { 平时考核: '98.50' }, pending: [] },
    ])
  })
  it('takes a window in from the day after its statistics end, once somebody is complete in it', () => {
    const facts = oneUnit({ verified: [first] })
    expect(soFar(facts, '2017-06-30').interim?.市直部门?.basis).toEqual(['平时考核'])
    expect(soFar(facts, '2017-07-01')).toMatchObject({
      interim: { 市直部门: { basis: ['平时考核', '自我考核·上半年'], share: '70.00' } },
      standings: [{ composite: '88.57' }],
    })
  })
  it('leaves a unit that is incomplete in the basis unranked', () => {
    const two: Facts = {
      ...noFacts,
      units: ['u', 'v'].map((id) => ({ id, name: id, parentId: null })),
      participants: ['u', 'v'].map((unitId) => ({ unitId, group: '市直部门' })),
      verified: [first],
    }
    expect(soFar(two, '2017-07-01').standings).toMatchObject([
      { unit: 'u', rank: 1 },
      { unit: 'v', rank: null, composite: null, pending: ['自我考核'] },
    ])
  })
  it('holds, of a ledger with windows, those begun', () => {
    const windows = [9, 6].map((month) => ({
      key: `M${month}`,
      name: `至 ${month} 月`,
      ends: { yearOffset: 0, month, day: 30 },
      due: null,
      weight: null,
    }))
    const scheme: Scheme = {
      ...municipal,
      components: municipal.components.map((component) =>
        component.method === 'deductions' ? { ...component, windows } : component,
      ),
    }
    const basis = (asOf: string) => soFar(oneUnit({}), asOf, scheme).interim?.市直部门?.basis
    expect([basis('2017-06-30'), basis('2017-07-01')]).toEqual([
      ['平时考核·至 6 月'],
      ['平时考核·至 6 月', '平时考核·至 9 月'],
    ])
  })
  it('has no share where nothing weighs anything, and then no composite', () => {
    const weightless: Scheme = {
      ...municipal,
      components: municipal.components.map((component) => ({ ...component, weight: 0 })),
    }
    const told = soFar(
      oneUnit({ verified: [first, second], external: thirdParty('u', '80') }),
      '2018-02-01',
      weightless,
    )
    expect(told.interim?.市直部门?.share).toBe('0.00')
    expect(told.standings).toMatchObject([{ composite: null }])
    expect(told.scorecards[0]?.components[0]?.share).toBe('0.00')
  })
})

describe('a part that does not apply', () => {
  it('in one dimension of a window leaves that window out for the unit, and shows what there is', () => {
    const quarters = [3, 6].map((month) => ({
      key: `Q${month}`,
      name: `至 ${month} 月`,
      ends: { yearOffset: 0, month, day: 30 },
      due: null,
      weight: null,
    }))
    const scheme: Scheme = {
      ...municipal,
      components: municipal.components.flatMap((component) =>
        component.method === 'external'
          ? [
              {
                ...component,
                windows: quarters,
                dimensions: [
                  { key: 'a', name: '甲', full: '50' },
                  { key: 'b', name: '乙', full: '50' },
                ],
              },
            ]
          : [],
      ),
    }
    const mark = (window: string, dimension: string, marks: string) => ({
      unitId: 'u',
      component: 'third-party',
      window,
      dimension,
      marks,
      on: null,
    })
    const external = [
      mark('Q3', 'a', '40'),
      mark('Q3', 'b', 'not-applicable'),
      mark('Q6', 'a', '45'),
      mark('Q6', 'b', '45'),
    ]
    const card = assess(scheme, oneUnit({ external }), '2018-02-01', plainCalendar).scorecards[0]
    expect(card).toMatchObject({
      composite: '90.00',
      components: [
        {
          steps: {
            windows: [{ applies: false, dimensions: [{ marks: '40' }, { marks: null }] }, { applies: true }],
          },
        },
      ],
    })
  })
  it('and what weighs nothing may be pending beside a composite, and moves nothing', () => {
    const scheme: Scheme = {
      ...municipal,
      components: municipal.components.map((component) =>
        component.method === 'external' ? { ...component, weight: 0 } : component,
      ),
    }
    const facts = oneUnit({ verified: [first, second] })
    const card = assess(scheme, facts, '2018-02-01', plainCalendar).scorecards[0]
    expect(card).toMatchObject({ composite: '91.43', components: [{}, {}, { score: null, share: '0.00' }] })
    expect(outlookOf(scheme, facts, '2018-02-01', plainCalendar, 'u')).toMatchObject({
      below: { of: '优秀', margin: '1.43' },
      cases: [{ component: 'self' }, { component: 'self' }],
    })
  })
})
