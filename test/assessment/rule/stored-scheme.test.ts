import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { municipal } from '#assessment/presets/municipal'
import { publicationFromStored } from '#assessment/publication/stored-publication'
import { checkScheme } from '#assessment/rule/check-scheme'
import { schemeFromStored } from '#assessment/rule/stored-scheme'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { costing, finding, gains, kindOf, noFacts, oneUnit, plainCalendar } from '../../fixtures/facts.ts'

/** Schemes as they were stored before a rule could have severities, windows, quotas and adjustments. */
const kind = (changes: object = {}) => ({
  key: 'k',
  name: '举报查实',
  points: 150,
  trigger: 'at-once',
  provider: '市政府办公室',
  rectifyWithin: { days: 15, count: 'working' },
  cap: null,
  chargedUpward: true,
  veto: null,
  clause: '四（一）',
  ...changes,
})
const ledger = (kinds: readonly object[], changes: object = {}) => ({
  key: 'routine',
  name: '平时考核',
  weight: 10_000,
  clause: '',
  method: 'deductions',
  base: 10_000,
  floor: 0,
  kinds,
  ...changes,
})
const marks = {
  key: 'third',
  name: '第三方评估',
  weight: 10_000,
  clause: '',
  method: 'external',
  full: '100',
  dimensions: [],
  missing: 'pending',
}
const former = (changes: object = {}) => ({
  name: '办法',
  source: '',
  components: [ledger([kind()])],
  grades: [
    { name: '优秀', from: 9000 },
    { name: '良好', from: 8000 },
    { name: '合格', from: 6000 },
    { name: '不合格', from: 0 },
  ],
  decimals: 2,
  rounding: 'half-up',
  ties: 'competition',
  rankAcrossGroups: false,
  bonus: null,
  excellenceQuota: null,
  appealWithin: 5,
  publicity: 'own-grade',
  milestones: [],
  ...changes,
})

const marked = (all: readonly string[]): Facts => ({
  ...noFacts,
  units: all.map((_, index) => ({ id: `u${index}`, name: `u${index}`, parentId: null })),
  participants: all.map((_, index) => ({ unitId: `u${index}`, group: '全部' })),
  external: all.map((given, index) => ({
    unitId: `u${index}`,
    component: 'third',
    window: null,
    dimension: null,
    marks: given,
    on: null,
  })),
})
const results = (json: unknown, facts: Facts, given: readonly number[] = []) =>
  assess(schemeFromStored(json, given), facts, '2017-12-31', plainCalendar).standings.map(
    ({ composite, grade, rank }) => [composite, grade, rank],
  )
const gain = (points: string, unitId = 'u0') => finding(points, 'bonus', { unitId, severity: points })

describe('a scheme stored in the former form', () => {
  it('costs what it cost: points, caps and vetoes', () => {
    const facts = oneUnit({ findings: ['1', '2', '3'].map((id) => finding(id, 'k')) })
    expect(results(former(), facts)).toEqual([['95.50', '优秀', 1]])
    const capped = former({ components: [ledger([kind({ cap: 400 })])] })
    expect(results(capped, facts)).toEqual([['96.00', '优秀', 1]])
    const vetoed = former({ components: [ledger([kind({ veto: '合格' })])] })
    expect(results(vetoed, facts)).toEqual([['95.50', '合格', 1]])
    const floored = former({ components: [ledger([kind()], { base: 10_000, floor: 9700 })] })
    expect(results(floored, facts)).toEqual([['97.00', '优秀', 1]])
  })

  it('adds a bonus up to its cap from its mark on, whatever points were typed', () => {
    const bonus = { name: '创新加分', unlockedFrom: 8000, cap: 300, clause: '办法 五' }
    const json = former({ components: [marks], bonus })
    const facts = (given: string) => ({ ...marked([given]), findings: [gain('1.25'), gain('2.5')] })
    expect(results(json, facts('80'), [125, 250])).toEqual([['83.00', '良好', 1]])
    expect(results(json, facts('79.99'), [125, 250])).toEqual([['79.99', '合格', 1]])
    expect(results(json, { ...marked(['80']), findings: [gain('1.25')] }, [125])).toEqual([
      ['81.25', '良好', 1],
    ])
    expect(results(json, marked(['80']))).toEqual([['80.00', '良好', 1]])
    expect(results(json, { ...marked(['98']), findings: [gain('3')] })).toEqual([['101.00', '优秀', 1]])
  })

  it('keeps the share of the best grade: rounded down, a tie across the line below it', () => {
    const json = (percent: number) =>
      former({ components: [marks], excellenceQuota: { percent, clause: '六' } })
    const grades = (percent: number, all: readonly string[]) =>
      results(json(percent), marked(all)).map(([, grade]) => grade)
    expect(grades(3000, ['99', '98', '97', '96'])).toEqual(['优秀', '良好', '良好', '良好'])
    expect(grades(5000, ['99', '98', '98', '96'])).toEqual(['优秀', '良好', '良好', '良好'])
    expect(grades(3000, ['99', '98'])).toEqual(['良好', '良好'])
    expect(grades(10_000, ['99', '85'])).toEqual(['优秀', '良好'])
  })

  it('that knew no choice of publicity made the whole table known', () => {
    const { publicity, ...rest } = former()
    expect(schemeFromStored(rest).publicity).toBe('full-table')
    expect(schemeFromStored(former()).publicity).toBe(publicity)
  })

  it('gives half years the ends that they have, other windows that of their due day', () => {
    const window = (name: string) => ({ key: name, name, due: { yearOffset: 0, month: 7, day: 15 } })
    const self = {
      ...marks,
      method: 'verified-marks',
      windows: ['上半年', '一季度'].map(window),
      indicators: [],
      missingWindow: 'zero',
    }
    const [component] = schemeFromStored(former({ components: [self] })).components
    expect(component?.windows.map(({ ends }) => ends)).toEqual([{ yearOffset: 0, month: 6, day: 30 }, null])
  })

  it('takes the marks of every indicator as the verifier gives them', () => {
    const leaf = { key: 'a1', name: '栏目更新', full: '5', children: [] }
    const branch = { key: 'a', name: '主动公开', full: null, children: [leaf] }
    const self = {
      ...marks,
      method: 'verified-marks',
      windows: [],
      indicators: [branch],
      missingWindow: 'zero',
    }
    const [component] = schemeFromStored(former({ components: [self] })).components
    const free = { type: 'free' }
    expect(component?.method === 'verified-marks' && component.indicators).toEqual([
      { ...branch, scale: free, children: [{ ...leaf, scale: free }] },
    ])
  })

  it('leaves kinds beside the former bonus as they are, whatever points were recorded under it', () => {
    const [bonus, other] = [kindOf('bonus', { effect: 'gain', ...costing(100) }), kindOf('通报表扬')]
    const today = { ...municipal, adjustments: gains({ kinds: [bonus, other] }) }
    const [first, second] = schemeFromStored(today, [250]).adjustments?.kinds ?? []
    expect(first?.severities.map(({ points }) => points)).toEqual([100, 250])
    expect(second).toEqual(other)
  })

  it('of today’s form stays as it is', () => {
    expect(schemeFromStored(JSON.parse(JSON.stringify(municipal)))).toEqual(municipal)
  })

  it('has a severity for every number of points, in order, the recorded ones among them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.array(fc.integer({ min: 1, max: 20_000 })),
        (cap, given) => {
          const bonus = { name: '加分', unlockedFrom: 0, cap, clause: '' }
          const [only] = schemeFromStored(former({ bonus }), given).adjustments?.kinds ?? []
          const points = only?.severities.map((severity) => severity.points) ?? []
          expect(points).toEqual([...new Set(points)].sort((a, b) => a - b))
          expect(points).toEqual(expect.arrayContaining(given))
        },
      ),
    )
  })

  it('is sound', () => {
    const bonus = { name: '加分', unlockedFrom: 8000, cap: 300, clause: '' }
    const quota = { percent: 3000, clause: '' }
    const scheme = schemeFromStored(former({ bonus, excellenceQuota: quota }))
    expect(checkScheme(scheme).filter(({ warning }) => !warning)).toEqual([])
  })
})

describe('a publication frozen in the former form', () => {
  const entry = {
    findingId: 'f',
    number: '2017-001',
    kind: 'k',
    kindName: '举报查实',
    unitId: 'u',
    unit: '市自然资源局',
    what: '栏目未更新',
    status: 'lost',
    notifiedOn: '2017-06-01',
    deadline: '2017-06-22',
    lostOn: '2017-06-01',
    points: 100,
    atRisk: 0,
    worth: '1.00',
    appealed: false,
    clause: '',
  }
  const body = {
    format: 1,
    assessment: { id: 'a', name: '考核', year: 2017, unit: '云州市' },
    asOf: '2018-02-10',
    scheme: former({
      components: [ledger([kind({ cap: 100, veto: '合格' })])],
      bonus: { name: '加分', unlockedFrom: 0, cap: 300, clause: '' },
    }),
    factsDigest: '0',
    standings: [
      {
        unitId: 'u',
        unit: '市自然资源局',
        group: '市直部门',
        rank: 1,
        composite: '101.00',
        grade: '合格',
        components: { 平时考核: '99.00' },
        pending: [],
      },
    ],
    scorecards: [
      {
        unitId: 'u',
        unit: '市自然资源局',
        group: '市直部门',
        asOf: '2018-02-10',
        components: [
          {
            key: 'routine',
            name: '平时考核',
            method: 'deductions',
            weight: 10_000,
            share: '1.00',
            score: '99.00',
            exact: '99',
            contribution: '99.00',
            loss: '1.00',
            pending: [],
            clause: '',
            steps: {
              method: 'deductions',
              base: 10_000,
              floor: 0,
              lost: 100,
              raw: 9900,
              kinds: [{ key: 'k', name: '举报查实', count: 1, points: 100, cap: 100 }],
              findings: [entry],
            },
          },
        ],
        bonus: '2.00',
        composite: '101.00',
        exact: '101',
        grade: '合格',
        adjustments: [{ code: 'veto', kind: '举报查实', from: '优秀' }],
        rank: 1,
        rankedOf: 1,
      },
    ],
  }
  const read = publicationFromStored(structuredClone(body))

  it('says the same results, and what it froze of the bonus and the veto', () => {
    expect(read.standings).toEqual([{ ...body.standings[0], adjustment: '+2.00', vetoes: ['举报查实'] }])
    expect(read.scorecards).toMatchObject([
      {
        composite: '101.00',
        exact: '101',
        grade: '合格',
        rank: 1,
        adjustment: { value: '+2.00', counted: '2.00', gained: 200 },
        reasons: [{ code: 'veto', kind: '举报查实', veto: { type: 'grade', grade: '合格' }, from: '优秀' }],
        vetoes: [{ kind: '举报查实' }],
      },
    ])
  })

  it('shows its ledger as today’s: what counted from when, and what a cap took off', () => {
    expect(read.scorecards[0]?.components[0]?.steps).toMatchObject({
      method: 'deductions',
      lost: 100,
      gained: 0,
      windows: [{ key: null, raw: 9900, value: 9900, score: '99.00' }],
      findings: [{ countsOn: '2017-06-01', points: 100, fullPoints: 150, cutBy: 'kind', effect: 'loss' }],
    })
  })

  it('of today’s form stays as it is', () => {
    const facts = oneUnit({ findings: [finding('1', '举报查实')] })
    const { scorecards, standings, asOf } = assess(municipal, facts, '2017-12-31', plainCalendar)
    const { assessment, factsDigest } = body
    const now = {
      format: 2,
      assessment,
      asOf,
      scheme: municipal,
      factsDigest,
      scorecards,
      standings,
      interim: null,
    }
    expect(publicationFromStored(JSON.parse(JSON.stringify(now)))).toEqual(JSON.parse(JSON.stringify(now)))
  })
})
