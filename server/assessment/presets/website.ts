import type { LedgerKind, Scheme } from '../rule/scheme.ts'
import { wholeYear } from '../rule/usual-times.ts'
import { kind } from './kind.ts'
import { area, leaf } from './tree.ts'
import { usual } from './usual.ts'

/** 单项否决 costs no points: the site is 不合格 and behind all others, whatever else it has. */
const fatal = (name: string, number: number): LedgerKind =>
  kind(name, {
    points: 0,
    trigger: 'at-once',
    vetoes: [{ type: 'grade', grade: '不合格' }, { type: 'last' }],
    clause: `检查指标 一（${number}）`,
  })

/** Each thing missing takes a mark, until the indicator's are gone. */
const check = (key: string, name: string, full: string, off: string, evidence: string) => ({
  ...leaf(key, name, full, `每缺一项扣 ${off} 分，扣完为止`, evidence),
  scale: { type: 'checklist', off } as const,
})

/** 网站年度检查: vetoes without points, indicators lost item by item, and a bonus that opens above 80. */
export const website: Scheme = {
  ...usual,
  name: '政府网站年度检查办法',
  source: '政府网站与政务新媒体检查指标',
  components: [
    {
      key: 'site',
      name: '网站检查',
      weight: 10_000,
      clause: '检查指标 二',
      method: 'verified-marks',
      variants: [],
      windows: wholeYear,
      missingWindow: 'pending',
      indicators: [
        area('1', '信息发布', '市政府办公室', '检查指标 二（一）', [
          check('1.1', '概况和机构职能', '15', '1', '页面地址和截图'),
          check('1.2', '动态和要闻更新', '15', '1', '页面地址和截图'),
          check('1.3', '政策文件和解读', '25', '2', '页面地址和截图'),
        ]),
        area('2', '互动交流', '市政府办公室', '检查指标 二（二）', [
          check('2.1', '留言答复', '20', '2', '答复记录'),
        ]),
        area('3', '办事服务', '市政府办公室', '检查指标 二（三）', [
          check('3.1', '事项公开和指南准确', '25', '1', '页面地址和截图；没有办事功能的填不适用'),
        ]),
      ],
    },
  ],
  adjustments: {
    gainCap: 3000,
    unlock: { from: 8000, inclusive: false },
    clause: '检查指标 三',
    areas: [],
    kinds: [
      fatal('站点无法访问', 1),
      fatal('首页不更新', 2),
      fatal('严重错误', 3),
      fatal('互动回应差', 4),
      kind('创新加分', { effect: 'gain', points: 600, trigger: 'at-once', clause: '检查指标 三' }),
    ],
  },
  grades: [
    { name: '合格', from: 6000, share: null, count: null, groups: [] },
    { name: '不合格', from: 0, share: null, count: null, groups: [] },
  ],
  milestones: [
    {
      key: 'circular',
      name: '检查情况通报',
      due: { yearOffset: 1, month: 2, day: 28 },
      clause: '检查指标 四',
    },
  ],
  clauses: [
    {
      number: '一',
      text: '单项否决：站点无法访问、首页不更新、出现严重错误、互动回应差，有其一即为不合格，其他指标不再影响结果。',
    },
    {
      number: '二',
      text: '扣分指标满分 100 分，各指标扣完为止；没有办事服务功能的网站，其余指标折算为 100 分。60 分以下为不合格。',
    },
    { number: '三', text: '扣分指标得分高于 80 分的，加分指标才计入，最多 30 分。' },
    { number: '四', text: '检查结果通报各单位。' },
  ],
  english: {
    政府网站年度检查办法: 'Yearly check of government websites',
    网站检查: 'Website check',
    信息发布: 'Publishing',
    互动交流: 'Interaction',
    办事服务: 'Services',
    全年: 'Whole year',
    站点无法访问: 'Site cannot be reached',
    首页不更新: 'Home page not updated',
    严重错误: 'Grave error',
    互动回应差: 'Poor response',
    创新加分: 'Innovation',
    合格: 'Pass',
    不合格: 'Fail',
    概况和机构职能: 'Overview and duties',
    动态和要闻更新: 'News kept up to date',
    政策文件和解读: 'Policies and explanations',
    留言答复: 'Messages answered',
    事项公开和指南准确: 'Services listed, guides correct',
    检查情况通报: 'Circular on the check',
  },
}
