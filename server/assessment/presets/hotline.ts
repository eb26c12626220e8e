import type { Scheme, Window } from '../rule/scheme.ts'
import { area, leaf } from './tree.ts'
import { usual } from './usual.ts'

/** Each month by itself, handed in by the fifth of the next. */
const month = (number: number): Window => ({
  key: `M${String(number).padStart(2, '0')}`,
  name: `${number} 月`,
  ends: { yearOffset: 0, month: number, day: new Date(Date.UTC(2023, number, 0)).getUTCDate() },
  due: { yearOffset: number === 12 ? 1 : 0, month: (number % 12) + 1, day: 5 },
  weight: null,
})

/** 指标 二: half a mark off for each point that a rate lies below 98, never under half of the marks. */
const rate = (key: string, name: string) => ({
  ...leaf(key, name, '25', '目标 98%，每低 1 个百分点扣 0.5 分，最低 12.5 分', '热线系统月度报表'),
  scale: { type: 'rate', target: '98', step: '1', off: '0.5', floor: '12.5', whenBegun: false } as const,
})

/** 热线办理月度考核: marks follow from rates; counties are published out of 150, districts out of 100; a month without requests is 不适用. */
export const hotline: Scheme = {
  ...usual,
  name: '政务服务热线办理考核办法',
  source: '政务服务热线办理工作考核指标',
  components: [
    {
      key: 'hotline',
      name: '热线办理',
      weight: 10_000,
      clause: '考核指标 二',
      method: 'verified-marks',
      variants: [],
      windows: Array.from({ length: 12 }, (_, index) => month(index + 1)),
      missingWindow: 'pending',
      indicators: [
        area('1', '办理质量', '市热线中心', '考核指标 二（一）', [
          rate('1.1', '按时签收率'),
          rate('1.2', '按时办结率'),
        ]),
        area('2', '办理效果', '市热线中心', '考核指标 二（二）', [
          rate('2.1', '群众满意率'),
          rate('2.2', '问题解决率'),
        ]),
      ],
    },
  ],
  scale: 10_000,
  groupScales: [{ group: '县区', scale: 15_000 }],
  grades: [
    {
      ...usual.grades[0],
      groups: [{ group: '县区', from: 13_500, share: null, count: null }],
    },
    {
      ...usual.grades[1],
      groups: [{ group: '县区', from: 12_000, share: null, count: null }],
    },
    {
      ...usual.grades[2],
      groups: [{ group: '县区', from: 9000, share: null, count: null }],
    },
    usual.grades[3],
  ],
  milestones: [
    { key: 'circular', name: '年度通报', due: { yearOffset: 1, month: 1, day: 31 }, clause: '考核指标 三' },
  ],
  clauses: [
    { number: '一', text: '按月考核，县区满分 150 分，城区和部门满分 100 分。' },
    {
      number: '二',
      text: '签收、办结、满意、解决四项各占四分之一，以 98% 为目标，每低 1 个百分点扣 0.5 分，单项最低为满分的一半。当月没有工单的不考核。',
    },
    { number: '三', text: '全年成绩为各月的平均，于次年 1 月底前通报。' },
  ],
  english: {
    政务服务热线办理考核办法: 'Rule for handling hotline calls',
    热线办理: 'Hotline',
    办理质量: 'Handling',
    办理效果: 'Effect',
    按时签收率: 'Taken up in time',
    按时办结率: 'Completed in time',
    群众满意率: 'Satisfied callers',
    问题解决率: 'Problems solved',
    优秀: 'Excellent',
    良好: 'Good',
    合格: 'Pass',
    不合格: 'Fail',
    '1 月': 'January',
    '2 月': 'February',
    '3 月': 'March',
    '4 月': 'April',
    '5 月': 'May',
    '6 月': 'June',
    '7 月': 'July',
    '8 月': 'August',
    '9 月': 'September',
    '10 月': 'October',
    '11 月': 'November',
    '12 月': 'December',
    年度通报: 'Yearly circular',
  },
}
