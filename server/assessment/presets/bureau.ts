import type { LedgerKind, Scheme } from '../rule/scheme.ts'
import { kind } from './kind.ts'
import { usual } from './usual.ts'

/** 五、考核: each item costs 0.5. */
const perItem = 50

const item = (name: string, clause: string): LedgerKind =>
  kind(name, { points: perItem, trigger: 'at-once', provider: '局办公室', clause })

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
      variants: [],
      windows: [],
      base: 10_000,
      floor: 0,
      full: null,
      ceiling: 'full',
      areas: [],
      kinds: [
        item('内容未按时提供', '工作方案 五（一）'),
        item('变更未在 15 个工作日内提供', '工作方案 五（二）'),
        item('投诉未处理', '工作方案 五（三）'),
      ],
    },
  ],
  ...usual,
  english: {
    局机关政府信息公开考核办法: 'Disclosure rule of a bureau',
    科室公开工作: 'Sections’ work',
    内容未按时提供: 'Content not provided in time',
    '变更未在 15 个工作日内提供': 'Change not provided within 15 working days',
    投诉未处理: 'Complaint not handled',
    优秀: 'Excellent',
    良好: 'Good',
    合格: 'Pass',
    不合格: 'Fail',
    年终通报: 'Year-end circular',
  },
  clauses: [
    { number: '五', text: '各科室的公开工作以 100 分为基准，发现一项不到位扣 0.5 分。' },
    { number: '五（一）', text: '应当公开的内容没有按时提供的，每项扣 0.5 分。' },
    { number: '五（二）', text: '内容变更后没有在 15 个工作日内提供的，每项扣 0.5 分。' },
    { number: '五（三）', text: '投诉没有处理的，每项扣 0.5 分。' },
  ],
  milestones: [
    { key: 'circular', name: '年终通报', due: { yearOffset: 1, month: 1, day: 31 }, clause: '工作方案 五' },
  ],
}
