import { describe, expect, it } from 'vitest'
import { publicationFromStored } from '#assessment/publication/stored-publication'

/** A publication as it was frozen before a rule could have adjustments, of one unit with a bonus. */
const frozen = (ofRule: object | null, bonus: string | null) => ({
  format: 1,
  assessment: { id: 'a', name: '考核', year: 2017, unit: '云州市' },
  asOf: '2018-02-10',
  scheme: {
    name: '办法',
    source: '',
    components: [],
    grades: [
      { name: '优秀', from: 9000 },
      { name: '其他', from: 0 },
    ],
    decimals: 2,
    rounding: 'half-up',
    ties: 'competition',
    rankAcrossGroups: false,
    bonus: ofRule,
    excellenceQuota: null,
    appealWithin: 5,
    milestones: [],
  },
  factsDigest: '0',
  standings: [],
  scorecards: [
    {
      unitId: 'u',
      unit: '市自然资源局',
      group: '市直部门',
      asOf: '2018-02-10',
      components: [],
      bonus,
      composite: null,
      exact: null,
      grade: null,
      adjustments: [],
      rank: null,
      rankedOf: 0,
    },
  ],
})
const adjustmentIn = (ofRule: object | null, bonus: string | null) =>
  publicationFromStored(frozen(ofRule, bonus)).scorecards[0]?.adjustment

describe('an old publication', () => {
  const rule = { name: '加分', unlockedFrom: 8000, cap: 300, clause: '' }

  it('of a rule without a bonus has no 总分加减', () => {
    expect(adjustmentIn(null, null)).toBeNull()
  })
  it('with a bonus finer than points can be says it as it was', () => {
    expect(adjustmentIn(rule, '2.125')).toMatchObject({ value: '+2.125', counted: '2.125' })
  })
  it('of a unit that was pending says nothing of its bonus', () => {
    expect(adjustmentIn(rule, null)).toMatchObject({ value: null, unlocked: null, counted: null })
  })
})
