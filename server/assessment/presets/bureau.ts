import type { DeductionKind, Scheme } from '../rule/scheme.ts'
import { usual } from './usual.ts'

/** 五、考核: each item costs 0.5. */
const perItem = 50

const kind = (name: string, clause: string, days: number): DeductionKind => ({
  key: name,
  name,
  points: perItem,
  trigger: 'at-once',
  provider: '局办公室',
  rectifyWithin: { days, count: 'working' },
  cap: null,
  chargedUpward: true,
  veto: null,
  clause,
})

/** 部门内部考核: a bureau assesses its own sections 科室 by deductions alone. */
export const bureau: Scheme = {
  name: '局机关政府信息公开考核办法',
  source: '局政府信息公开工作方案',
  components: [
    {
      key: 'routine',
      name: '科室公开工作',
      weight: 10_000,
      clause: '工作方案 五',
      method: 'deductions',
      base: 10_000,
      floor: 0,
      kinds: [
        kind('内容未按时提供', '工作方案 五（一）', 15),
        kind('变更未在 15 个工作日内提供', '工作方案 五（二）', 15),
        kind('投诉未处理', '工作方案 五（三）', 15),
      ],
    },
  ],
  ...usual,
  milestones: [
    { key: 'circular', name: '年终通报', due: { yearOffset: 1, month: 1, day: 31 }, clause: '工作方案 五' },
  ],
}
