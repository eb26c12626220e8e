import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { leaveOneOut } from '#assessment/insight/leave-one-out'
import { outlookOf } from '#assessment/insight/outlook'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import { finding, halves, noFacts, plainCalendar, thirdParty, withKinds } from '../../fixtures/facts.ts'

const asOf = '2018-01-23'

/** One unit's marks per leaf for both windows. */
const leaves = (unitId: string, marks: Record<string, string>): Facts['verified'] =>
  ['H1', 'H2'].flatMap((window) =>
    Object.entries(marks).map(([leaf, value]) => ({
      unitId,
      component: 'self',
      window,
      leaf,
      full: '50',
      marks: value,
      claimed: null,
      on: null,
    })),
  )

const area = municipal.components.flatMap((component) =>
  component.method === 'verified-marks' ? component.indicators : [],
)[0]
if (!area) throw new Error('no indicators')
const known = area.children[0] ?? area

const facts: Facts = {
  ...noFacts,
  units: ['u', 'v', 'w', 'x'].map((id) => ({ id, name: id, parentId: null })),
  participants: ['u', 'v', 'w', 'x'].map((unitId) => ({ unitId, group: unitId === 'x' ? '县区' : '市直' })),
  findings: [
    finding('lost', '举报查实'),
    finding('appealed', '舆情回应', { then: [{ type: 'appealed', on: '2018-01-19' }] }),
    finding('open', '专项督查', { on: '2018-01-10', deadline: '2018-01-31' }),
    finding('open-appealed', '专项督查', {
      on: '2018-01-10',
      deadline: '2018-01-31',
      then: [{ type: 'appealed', on: '2018-01-19' }],
    }),
    finding('elsewhere', '举报查实', { unitId: 'v' }),
  ],
  verified: [
    ...leaves('u', { [known.key]: '30', 自拟指标: '50', 不适用: 'not-applicable' }),
    ...halves('v', '80.1'),
    ...halves('w', '70'),
    ...halves('x', '90'),
  ],
  external: ['u', 'v', 'w', 'x'].flatMap((unitId) => thirdParty(unitId, '80')),
}

const without = (unitId: string, scheme: Scheme = municipal, given: Facts = facts) =>
  leaveOneOut(scheme, given, assess(scheme, given, asOf, plainCalendar), plainCalendar, unitId)

describe('leaving one out', () => {
  it('stops at as many as asked for and tells how many are left', () => {
    const all = without('u')?.effects ?? []
    const few = leaveOneOut(
      municipal,
      facts,
      assess(municipal, facts, asOf, plainCalendar),
      plainCalendar,
      'u',
      2,
    )
    expect(few).toMatchObject({ effects: all.slice(0, 2), omitted: all.length - 2 })
  })

  // u: 97.00 × 30% + 80 × 40% + 80 × 30% = 85.10; v: 98.50 × 30% + 80.1 × 40% + 24 = 85.59
  it('tells the place without each lost finding, appeal and indicator', () => {
    expect(without('u')).toEqual({
      omitted: 0,
      now: { composite: '85.10', grade: '良好', rank: 2 },
      effects: [
        {
          type: 'finding',
          component: 'routine',
          findingId: 'lost',
          number: 'lost',
          leaf: null,
          what: '栏目未更新',
          change: '0.45',
          composite: '85.55',
          grade: '良好',
          rank: 2,
          placesGained: 0,
        },
        expect.objectContaining({ type: 'appeal', findingId: 'appealed', change: '0.45', rank: 2 }),
        expect.objectContaining({ type: 'appeal', findingId: 'open-appealed', change: '0.00' }),
        expect.objectContaining({
          type: 'indicator',
          component: 'self',
          leaf: known.key,
          what: known.name,
          change: '8.00',
          composite: '93.10',
          grade: '优秀',
          rank: 1,
          placesGained: 1,
        }),
        expect.objectContaining({
          type: 'indicator',
          leaf: '自拟指标',
          what: '自拟指标',
          change: '-8.00',
          composite: '77.10',
          grade: '合格',
          rank: 3,
          placesGained: -1,
        }),
      ],
    })
  })

  it('agrees with assessing everything again', () => {
    const revoked = facts.findings.map((one) =>
      one.id === 'lost'
        ? { ...one, facts: [...one.facts, { type: 'decided', on: asOf, outcome: 'revoked' } as const] }
        : one,
    )
    for (const scheme of [municipal, { ...municipal, rankAcrossGroups: true, ties: 'dense' } as const]) {
      const again = assess(scheme, { ...facts, findings: revoked }, asOf, plainCalendar)
      const { composite, grade, rank } = again.scorecards[0] ?? {}
      expect(without('u', scheme)?.effects[0]).toMatchObject({ composite, grade, rank })
    }
  })

  it('a veto goes with its finding, and a full cap lets the next one count', () => {
    const vetoing = withKinds(municipal, { vetoes: [{ type: 'grade', grade: '合格' }], cap: 150 })
    const twice = { ...facts, findings: [finding('1', '举报查实'), finding('2', '举报查实')] }
    expect(without('u', vetoing, twice)?.effects.slice(0, 2)).toEqual([
      expect.objectContaining({ change: '0.00', grade: '合格' }),
      expect.objectContaining({ change: '0.00', grade: '合格' }),
    ])
    const once = { ...facts, findings: [finding('1', '举报查实')] }
    expect(without('u', vetoing, once)?.effects[0]).toMatchObject({ change: '0.45', grade: '良好' })
  })

  it('without its only indicator a unit would be pending', () => {
    const single = {
      ...facts,
      verified: [...leaves('u', { [known.key]: '30' }), ...halves('v', '80'), ...halves('w', '70')],
    }
    expect(without('u', municipal, single)?.effects.at(-1)).toMatchObject({
      type: 'indicator',
      change: null,
      composite: null,
      grade: null,
      rank: null,
      placesGained: null,
    })
  })

  it('a unit whose group is not self-assessed has findings alone to leave out', () => {
    const unassessed: Scheme = {
      ...municipal,
      components: municipal.components.map((one) =>
        one.key === 'self'
          ? { ...one, variants: [{ group: '市直', weight: 'not-applicable', full: null }] }
          : one,
      ),
    }
    const told = without('u', unassessed)?.effects.map(({ type }) => type)
    expect(told).toEqual(['finding', 'appeal', 'appeal'])
  })

  it('totals have no indicators to leave out; pending units and strangers have no effects', () => {
    expect(without('v')?.effects.map(({ type }) => type)).toEqual(['finding'])
    expect(without('u', municipal, { ...facts, external: [] })).toBeNull()
    expect(without('nobody')).toBeNull()
    expect(without('w', municipal, { ...facts, external: thirdParty('w', '80') })?.now.rank).toBe(1)
  })
})

describe('a participant below another', () => {
  const nested: Facts = {
    ...facts,
    units: [
      { id: 'u', name: 'u', parentId: null },
      { id: 'v', name: 'v', parentId: 'u' },
    ],
    participants: ['u', 'v'].map((unitId) => ({ unitId, group: '市直' })),
    findings: [
      finding('moved', '举报查实', {
        then: [{ type: 'decided', on: '2017-07-01', outcome: 'amended', kind: '举报查实', unitId: 'v' }],
      }),
    ],
    external: ['u', 'v'].flatMap((unitId) => thirdParty(unitId, '80')),
  }

  it('answers alone for a finding that an appeal moved to it', () => {
    const { scorecards } = assess(municipal, nested, asOf, plainCalendar)
    for (const { unitId, composite } of scorecards) {
      expect(without(unitId, municipal, nested)?.now.composite).toBe(composite)
      const margin = outlookOf(municipal, nested, asOf, plainCalendar, unitId)?.below?.margin
      expect(Number(margin) + 80).toBeCloseTo(Number(composite), 9)
    }
    expect(without('u', municipal, nested)?.effects.map(({ type }) => type)).toEqual([
      'indicator',
      'indicator',
    ])
    expect(without('v', municipal, nested)?.effects.map(({ type }) => type)).toEqual(['finding'])
  })
})
