import { describe, expect, it } from 'vitest'
import { assess } from '#assessment/score/assess'
import type { Facts } from '#assessment/score/facts'
import { bureau } from '#assessment/presets/bureau'
import { municipal } from '#assessment/presets/municipal'
import type { Scheme } from '#assessment/rule/scheme'
import { finding, halves, oneUnit, plainCalendar, thirdParty } from '../../fixtures/facts.ts'

const card = (facts: Facts, scheme: Scheme = municipal, asOf = '2018-02-10') => {
  const [scorecard] = assess(scheme, facts, asOf, plainCalendar).scorecards
  if (!scorecard) throw new Error('no scorecard')
  return scorecard
}

const problems = (count: number) =>
  Array.from({ length: count }, (_, index) => finding(`f${index}`, '上级检查通报'))

describe('综合成绩 and 等次, 考核办法 四(四)', () => {
  it.each([
    // routine problems, verified mean, third party, composite, grade
    [0, '85.71', '85.72', '90.00', '优秀'],
    [1, '88.5', '83.5', '90.00', '优秀'],
    [22, '100', '100', '90.10', '优秀'],
    [23, '100', '100', '89.65', '良好'],
  ])('%i problems, %s and %s give %s %s', (count, self, third, composite, grade) => {
    const facts = oneUnit({
      findings: problems(count),
      verified: halves('u', self),
      external: thirdParty('u', third),
    })
    expect(card(facts)).toMatchObject({ composite, grade, rank: 1 })
  })

  it('a composite of exactly 90 is 优秀 although floating point gives 89.99999999999999', () => {
    expect(0.3 * 100 + 0.4 * 85.71 + 0.3 * 85.72).toBeLessThan(90)
    const facts = oneUnit({ verified: halves('u', '85.71'), external: thirdParty('u', '85.72') })
    expect(card(facts)).toMatchObject({ exact: '90', composite: '90.00', grade: '优秀' })
  })

  it('spells out each term: 0.30 × 98.50 + 0.40 × 88.50 + 0.30 × 83.50', () => {
    const facts = oneUnit({
      findings: problems(1),
      verified: halves('u', '89.2', '87.8'),
      external: thirdParty('u', '83.5'),
    })
    expect(card(facts).components).toMatchObject([
      { name: '平时考核', share: '0.30', score: '98.50', contribution: '29.55', loss: '0.45' },
      { name: '自我考核', share: '0.40', score: '88.50', contribution: '35.40', loss: '4.60' },
      { name: '第三方评估', share: '0.30', score: '83.50', contribution: '25.05', loss: '4.95' },
    ])
  })

  it('rounds once, half up, at the composite: 89.995 is 90.00 and 优秀', () => {
    const facts = oneUnit({
      findings: problems(1),
      verified: halves('u', '88.4875'),
      external: thirdParty('u', '83.5'),
    })
    expect(card(facts)).toMatchObject({ exact: '89.995', composite: '90.00', grade: '优秀' })
  })
})

describe('平时考核, 考核办法 四(一)', () => {
  it('the 66th problem leaves 1.00 and the 67th reaches the floor; the raw value is kept', () => {
    const routine = (count: number) => card(oneUnit({ findings: problems(count) })).components[0]
    expect(routine(66)).toMatchObject({ score: '1.00', steps: { windows: [{ raw: 100 }] } })
    expect(routine(67)).toMatchObject({ score: '0.00', steps: { windows: [{ raw: -50 }], floor: 0 } })
    expect(routine(80)).toMatchObject({ score: '0.00', steps: { windows: [{ raw: -2000 }] } })
  })

  it('one problem costs 0.45 of the composite', () => {
    const [routine] = card(oneUnit({ findings: problems(1) })).components
    expect(routine).toMatchObject({
      steps: { findings: [{ points: 150, worth: '0.45', countsOn: '2017-06-01' }] },
    })
  })

  it('a county is charged with the problems of its departments (县区政府含部门)', () => {
    const facts: Facts = {
      ...oneUnit(),
      units: [
        { id: 'county', name: '清河县政府', parentId: null },
        { id: 'bureau', name: '清河县教育局', parentId: 'county' },
        { id: 'office', name: '清河县教育局办公室', parentId: 'bureau' },
      ],
      participants: [{ unitId: 'county', group: '县区' }],
      findings: [
        finding('a', '举报查实', { unitId: 'office' }),
        finding('b', '专项督查', { unitId: 'bureau' }),
      ],
    }
    expect(card(facts)).toMatchObject({
      unit: '清河县政府',
      components: [
        {
          score: '97.00',
          steps: { findings: [{ unit: '清河县教育局办公室' }, { unit: '清河县教育局' }] },
        },
        { score: null },
        { score: null },
      ],
    })
  })
})

describe('局机关办法, 五、考核', () => {
  it('each item costs 0.5 and there is nothing else to add', () => {
    const findings = ['内容未按时提供', '投诉未处理', '内容未按时提供'].map((kind, index) =>
      finding(`f${index}`, kind),
    )
    expect(card(oneUnit({ findings }), bureau)).toMatchObject({ composite: '98.50', grade: '优秀' })
  })
})

describe('待定', () => {
  it('a missing part leaves the unit without composite, grade and rank, never with 0', () => {
    const facts = oneUnit({ verified: halves('u', '90') })
    expect(card(facts)).toMatchObject({ composite: null, grade: null, rank: null, exact: null, rankedOf: 0 })
    const { standings } = assess(municipal, facts, '2018-02-10', plainCalendar)
    expect(standings).toMatchObject([
      { pending: ['第三方评估'], components: { 自我考核: '90.00', 第三方评估: null } },
    ])
  })
})
