import type { Day } from '#assessment/day'
import type { LedgerKind } from '#assessment/rule/scheme'
import type { WorkCalendar } from '#assessment/working-days'
import type { Step } from './courses.ts'
import { shift, workingDayBy } from './days.ts'
import type { Story } from './ledger.ts'

/** A step `at` working days from today; deadlines likewise. */
type Moment = readonly [
  at: number,
  type: Step['type'],
  extra?: { due?: number; outcome?: Step['outcome']; reason?: string },
]

/** Fifteen working days are given unless a step says otherwise. */
const allowance = 15

const recorder: Readonly<Record<Step['type'], Step['by']>> = {
  notified: 'provider',
  extended: 'provider',
  submitted: 'editor',
  withdrawn: 'editor',
  accepted: 'provider',
  rejected: 'provider',
  appealed: 'head',
  decided: 'office',
  reversed: 'provider',
}

const open = (due: number): Moment => [due - allowance, 'notified', { due }]

/** What is going on today, so that every state can be seen on any day: kind, place, what, and its facts. */
const scenes: readonly (readonly [kind: string, place: string, what: string, ...facts: Moment[]])[] = [
  ['调度和网上检查', '望澜区住建局', '公共租赁住房分配结果未公开', open(1)],
  ['调度和网上检查', '市教育局', '义务教育招生计划公开不完整', open(1)],
  ['专项督查', '市水利局', '水资源费征收情况栏目空白', open(2)],
  [
    '专项督查',
    '云陵区卫健局',
    '突发公共卫生事件预案未公开',
    open(2),
    [-1, 'submitted', { reason: '已补充公开并附链接' }],
  ],
  [
    '调度和网上检查',
    '白岫县住建局',
    '老旧小区改造计划附件无法下载',
    open(-2),
    [-3, 'submitted', { reason: '附件已重新上传' }],
  ],
  ['网站安全隐患', '市城管局', '门户网站存在跨站脚本漏洞', open(3)],
  [
    '网站安全隐患',
    '北塬县财政局',
    '网站组件版本过低存在隐患',
    open(4),
    [-6, 'submitted', { reason: '已升级组件' }],
    [-3, 'rejected', { reason: '复测仍可触发' }],
  ],
  ['调度和网上检查', '望澜区教育局', '民办学校年检结果未公开', open(6)],
  ['调度和网上检查', '市自然资源局', '上季度国有建设用地出让结果未公开', open(6)],
  [
    '舆情回应',
    '市自然资源局',
    '“不动产登记排队难”舆情超过 48 小时未回应',
    [-7, 'notified'],
    [-5, 'submitted', { reason: '已发布回应和预约办理指引' }],
    [-4, 'accepted', { reason: '回应内容完整；立即扣分类别不恢复分数' }],
    [-3, 'appealed', { reason: '微信公众号已在首发后 31 小时回应，附后台记录' }],
  ],
  [
    '上级检查通报',
    '市司法局',
    '行政执法公示信息缺项，被列入通报',
    [-4, 'notified'],
    [-1, 'appealed', { reason: '通报前已补齐，附更新日志' }],
  ],
  [
    '专项督查',
    '望澜区政府',
    '重大民生项目进展未按月公开',
    [-13, 'notified', { due: 2 }],
    [-1, 'extended', { due: 12, reason: '涉及跨部门数据核对，同意延期' }],
  ],
  ['调度和网上检查', '市商务局', '促消费资金使用情况未更新', open(-1)],
  [
    '专项督查',
    '澜江经开区住建局',
    '工程质量监督信息台账与公开不一致',
    open(-3),
    [-4, 'submitted', { reason: '已补充台账' }],
    [-1, 'rejected', { reason: '台账仍缺两个月' }],
  ],
  [
    '举报查实',
    '市财政局',
    '政府采购公告被撤下，举报属实',
    [-11, 'notified'],
    [-8, 'appealed', { reason: '系更正后重新发布，附更正公告' }],
    [-4, 'decided', { outcome: 'revoked', reason: '更正公告发布在举报之前，撤销' }],
  ],
  [
    '网站安全隐患',
    '市体育局',
    '网上办事系统存在弱口令账号',
    [-6, 'notified', { due: 9 }],
    [-5, 'reversed', { reason: '系统已移交其他单位，登记有误' }],
  ],
  [
    '调度和网上检查',
    '霁川县民政局',
    '最低生活保障名单公开不规范',
    [-10, 'notified', { due: 5 }],
    [-4, 'submitted', { reason: '已更正名单格式' }],
    [-3, 'withdrawn', { reason: '附件上传有误，撤回重报' }],
  ],
  [
    '调度和网上检查',
    '桐浦县水利局',
    '防汛责任人名单未更新',
    open(3),
    [-3, 'submitted', { reason: '已更新名单' }],
    [0, 'accepted', { reason: '网上核对无误，予以销号' }],
  ],
  ['举报查实', '岚桥县农业农村局', '惠农补贴发放结果应公开未公开，举报属实', [-2, 'notified']],
  // Recorded, and not notified yet.
  ['专项督查', '市民政局', '养老机构收费公开责任未落实'],
]

/** The findings of the days up to today. */
export function liveStories(kinds: readonly LedgerKind[], today: Day, calendar: WorkCalendar): Story[] {
  const now = workingDayBy(calendar, today)
  const dayAt = (at: number): Day => shift(calendar, now, at)
  return scenes.map(([name, place, what, ...facts]) => {
    const kind = kinds.find(({ key }) => key === name)
    if (!kind) throw new RangeError(`no such kind: ${name}`)
    return {
      kind,
      lost: false,
      place,
      what,
      foundOn: dayAt(Math.min(0, (facts[0]?.[0] ?? 0) - 2)),
      movedTo: null,
      steps: facts.map(([at, type, { due, ...extra } = {}]): Step => ({
        type,
        on: dayAt(at),
        by: recorder[type],
        ...extra,
        ...(due === undefined ? {} : { deadline: dayAt(due) }),
      })),
    }
  })
}
