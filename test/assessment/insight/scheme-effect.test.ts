import { describe, expect, it } from 'vitest'
import type { Facts, VerifiedMark } from '#assessment/score/facts'
import { presets } from '#assessment/presets/registry'
import { kindsIn, type Scheme } from '#assessment/rule/scheme'
import { fitFacts, standingMoves } from '#assessment/insight/scheme-effect'
import type { Standing } from '#assessment/score/scorecard'

const { municipal, bureau } = presets
const mark = (leaf: string | null, full: string, marks: VerifiedMark['marks']): VerifiedMark => ({
  unitId: 'u',
  component: 'self',
  window: 'H1',
  leaf,
  full,
  marks,
  claimed: null,
  on: null,
})
const finding = (kind: string, amendedTo: string | null = null): Facts['findings'][number] => ({
  id: kind,
  number: '1',
  kind,
  severity: null,
  unitId: 'u',
  what: '',
  facts:
    amendedTo === null
      ? [{ type: 'notified', on: '2017-01-05', deadline: null }]
      : [{ type: 'decided', on: '2017-02-05', outcome: 'amended', kind: amendedTo, unitId: 'u' }],
})
const facts: Facts = {
  units: [{ id: 'u', name: '单位', parentId: null }],
  participants: [{ unitId: 'u', group: '县区' }],
  findings: [finding('上级检查通报'), finding('没有的类别'), finding('举报查实', '没有的类别')],
  verified: [
    mark(null, '100', '80'),
    mark('1.1', '3', '3'),
    mark('领导分工和工作机构', '6', '4'),
    mark('1.2', '8', null),
    mark('1.3', '9', 'not-applicable'),
    mark('9.9', '3', '3'),
    { ...mark(null, '100', '80'), component: 'gone' },
  ],
  external: [
    { unitId: 'u', component: 'third-party', window: null, dimension: null, marks: '80', on: null },
    { unitId: 'u', component: 'third-party', window: null, dimension: '网站', marks: '80', on: null },
    { unitId: 'u', component: 'gone', window: null, dimension: null, marks: '80', on: null },
  ],
  closed: [],
  submissions: [],
}

describe('facts under a draft', () => {
  it('a leaf keeps its share of changed full marks; what has no place is left out and counted', () => {
    const { facts: fitted, left } = fitFacts(facts, municipal)
    expect(fitted.findings.map(({ kind }) => kind)).toEqual(['上级检查通报'])
    expect(fitted.verified.map(({ leaf, full, marks }) => [leaf, full, marks])).toEqual([
      [null, '100', '80'],
      ['1.1', '3', '3'],
      ['领导分工和工作机构', '3', '2.000000'],
      ['1.2', '4', null],
      ['1.3', '3', 'not-applicable'],
    ])
    expect(fitted.external).toHaveLength(1)
    expect(left).toEqual({ findings: 2, marks: 4 })
  })

  it('a finding keeps its place while the draft has its 档次, amended or not', () => {
    const [kind] = kindsIn(municipal)
    const usual = kind?.severities[0]?.key as string
    const of = (severity: string) => ({ ...finding('上级检查通报'), severity })
    const findings = [of(usual), of('没有的档次'), finding('举报查实', '上级检查通报')]
    const { facts: fitted, left } = fitFacts({ ...facts, findings }, municipal)
    expect(fitted.findings).toEqual([findings[0], findings[2]])
    expect(left.findings).toBe(1)
  })

  it('marks of a dimension stay where the draft has the dimension', () => {
    const dimensions = [{ key: '网站', name: '网站', full: '100' }]
    const draft: Scheme = {
      ...municipal,
      components: municipal.components.map((one) =>
        one.method === 'external' ? { ...one, dimensions } : one,
      ),
    }
    expect(fitFacts(facts, draft).facts.external.map(({ dimension }) => dimension)).toEqual([null, '网站'])
  })

  it('marks of a component without a tree stay as they are, and an empty branch holds none', () => {
    const bare = (
      indicators: Extract<Scheme['components'][number], { method: 'verified-marks' }>['indicators'],
    ) => ({
      ...municipal,
      components: municipal.components.map((one) =>
        one.method === 'verified-marks' ? { ...one, indicators } : one,
      ),
    })
    expect(fitFacts(facts, bare([])).facts.verified).toHaveLength(6)
    const empty = {
      ...mark,
      key: '1',
      name: '空',
      full: null,
      scoring: null,
      scale: { type: 'free' as const },
      evidence: null,
      responsible: null,
    }
    const branch = { ...empty, groups: null, clause: null, children: [] }
    expect(fitFacts(facts, bare([branch])).facts.verified).toHaveLength(6)
    expect(fitFacts(facts, bureau).left).toEqual({ findings: 3, marks: 10 })
  })
})

describe('who moves', () => {
  const row = (
    unitId: string,
    rank: number | null,
    grade: string | null,
    composite: string | null,
  ): Standing => ({
    unitId,
    unit: unitId,
    group: '县区',
    rank,
    composite,
    grade,
    components: {},
    pending: [],
  })
  it('another grade first, then by places; who stays is not told', () => {
    const before = [
      row('a', 1, '优秀', '95'),
      row('b', 2, '良好', '89'),
      row('c', 3, '良好', '88'),
      row('d', 4, '良好', '87'),
      row('e', null, null, null),
    ]
    const after = [
      row('a', 1, '优秀', '95'),
      row('b', 4, '良好', '86'),
      row('c', 3, '优秀', '90'),
      row('d', 3, '良好', '87'),
      row('e', 5, '良好', '80'),
      row('f', 6, '良好', '80'),
    ]
    expect(standingMoves(before, after).map(({ unitId }) => unitId)).toEqual(['c', 'e', 'b', 'd'])
  })
})
