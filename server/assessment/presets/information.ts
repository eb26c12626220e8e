import type { LedgerKind, Scheme } from '../rule/scheme.ts'
import { kind } from './kind.ts'
import { usual } from './usual.ts'

/** What an adopted item gives, by who adopted it: the first is the usual one. */
const adopted = (name: string, number: number, levels: readonly (readonly [string, number])[]): LedgerKind =>
  kind(name, {
    effect: 'gain',
    trigger: 'at-once',
    clause: `计分办法 二（${number}）`,
    severities: levels.map(([level, points]) => ({ key: level, name: level, points })),
  })

/** 信息工作加分排名: a base of 120 a year (10 a month) and points for each adopted item, without a ceiling. */
export const information: Scheme = {
  ...usual,
  name: '政务信息工作积分办法',
  source: '政务信息工作计分办法',
  components: [
    {
      key: 'points',
      name: '信息积分',
      weight: 10_000,
      clause: '计分办法 一',
      method: 'deductions',
      variants: [],
      windows: [],
      base: 12_000,
      floor: 0,
      full: null,
      ceiling: 'none',
      areas: [],
      kinds: [
        adopted('信息采用', 1, [
          ['市级', 500],
          ['省级', 1000],
          ['国家级', 3000],
        ]),
        adopted('领导批示', 2, [
          ['市级', 2000],
          ['省级', 5000],
          ['国家级', 8000],
        ]),
        kind('当月未报送', { points: 1000, trigger: 'at-once', clause: '计分办法 一' }),
      ],
    },
  ],
  grades: [
    { name: '先进', from: null, share: 3000, count: null, groups: [] },
    { name: '其他', from: 0, share: null, count: null, groups: [] },
  ],
  quotas: { rounding: 'nearest', atLeastOne: true, tieAcross: 'out' },
  milestones: [
    { key: 'circular', name: '年度通报', due: { yearOffset: 1, month: 1, day: 31 }, clause: '计分办法 三' },
  ],
  clauses: [
    { number: '一', text: '每月基础分 10 分，全年 120 分；当月没有报送的，当月基础分不计。' },
    { number: '二', text: '信息每被采用或批示一次加分，按采用单位的层级计，不设上限。' },
    { number: '三', text: '按积分排名，前 30% 为先进，于次年 1 月底前通报。' },
  ],
  english: {
    政务信息工作积分办法: 'Points for information work',
    信息积分: 'Points',
    信息采用: 'Adopted item',
    领导批示: 'Leader’s comment',
    当月未报送: 'Nothing handed in',
    市级: 'City',
    省级: 'Province',
    国家级: 'State',
    先进: 'Distinguished',
    其他: 'Others',
    年度通报: 'Yearly circular',
  },
}
