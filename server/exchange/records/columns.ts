import type { Register } from '../../monitors/records.ts'
import { carriedItems, type CarriedItem } from '../../monitors/carried.ts'
import type { DisclosureNature } from '../../monitors/disclosure.ts'
import type { Column, Content } from '../spreadsheet/column.ts'

const needed = (content: Content, about: string): Column => ({ needed: true, content, about })
const optional = (content: Content, about: string): Column => ({ needed: false, content, about })

export const natureWords: Readonly<Record<DisclosureNature, string>> = {
  government: '政府信息',
  section: '科室内容',
  school: '学校信息',
}
/** The names under which the figures of 依申请统计 may stand; the first is written. */
export const carriedWords: Readonly<Record<CarriedItem, readonly [string, ...string[]]>> = {
  received: ['本年新收政府信息公开申请数量'],
  'carried-in': ['上年结转', '上年结转政府信息公开申请数量'],
  closed: ['办理结果总计', '总计'],
  'carried-out': ['结转下年度继续办理'],
}
const yes = ['是', '否']

/** The sheets of the registers, in their order, with their columns (records.md). */
export const recordSheets = {
  主动公开: {
    单位: needed('text', '公开信息的单位。'),
    标题: needed('text', '信息的标题。'),
    类别: optional('text', '信息的类别，例如“规划计划”。'),
    性质: optional(Object.values(natureWords), '适用哪项规定；空白为政府信息。'),
    形成日期: needed('day', '信息形成的日期。'),
    变更日期: optional('day', '信息变更的日期。'),
    审查日期: optional('day', '保密审查的日期。'),
    公开日期: optional('day', '公开的日期；尚未公开留空。'),
    渠道: optional('text', '网站、公报、微博、微信或其他。'),
  },
  依申请公开: {
    单位: needed('text', '收到申请的单位。'),
    编号: needed('text', '申请的编号。'),
    收到日期: needed('day', '收到申请的日期。'),
    补正告知日期: optional('day', '告知申请人补正的日期。'),
    补正日期: optional('day', '收到补正的日期。'),
    征求意见日期: optional('day', '征求第三方意见的日期。'),
    意见收到日期: optional('day', '收到第三方意见的日期。'),
    延期告知日期: optional('day', '告知申请人延期的日期。'),
    答复日期: optional('day', '答复的日期。'),
    结果: optional('text', '答复的结果。'),
    收费: optional('number', '收取的费用，元。'),
  },
  网上访谈: {
    期次: needed('text', '第几期。'),
    单位: needed('text', '受访单位。'),
    开始: needed('text', '开始的日期和时间，例如 2018-03-02 09:30。'),
    结束: needed('text', '结束的日期和时间。'),
    内容告知日期: optional('day', '受访单位告知访谈内容的日期。'),
    预告日期: optional('day', '发布预告、征集问题的日期。'),
    送达日期: optional('day', '网民问题送达受访单位的日期。'),
    地点告知日期: optional('day', '告知访谈地点的日期。'),
    人员告知日期: optional('day', '告知参加人员的日期。'),
    计划调整告知日期: optional('day', '告知调整计划的日期；没有调整留空。'),
    汇总日期: optional('day', '汇总访谈情况的日期。'),
    特殊原因: optional('text', '延长的原因；没有留空。'),
  },
  年度报告: {
    单位: needed('text', '报告的单位。'),
    年度: needed('number', '报告哪一年。'),
    主管部门: optional(yes, '是否为政府信息公开工作主管部门；空白为否。'),
    公布日期: optional('day', '公布的日期。'),
  },
  信息栏目: {
    单位: needed('text', '管理栏目的单位。'),
    栏目: needed('text', '栏目的名称。'),
    更新周期: needed('number', '每隔多少天须更新。'),
    最近更新: needed('day', '最近一次更新的日期。'),
  },
  统计表: {
    单位: needed('text', '填报的单位。'),
    年度: needed('number', '哪一年的数据。'),
    指标: needed('text', '统计表中的指标名称，不带序号。'),
    数值: optional('number', '数值；尚未填报留空。'),
  },
  依申请统计: {
    单位: needed('text', '填报的单位。'),
    年度: needed('number', '哪一年的数据。'),
    项目: needed(
      carriedItems.flatMap((item) => carriedWords[item]),
      '项目的名称。',
    ),
    数值: optional('number', '数值；尚未填报留空。'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Column>>>>

export type RecordSheet = keyof typeof recordSheets
export const recordSheetNames = Object.keys(recordSheets) as RecordSheet[]

/** The sheet of each register. */
export const sheetOfRegister: Readonly<Record<Register, RecordSheet>> = {
  disclosure: '主动公开',
  requests: '依申请公开',
  interviews: '网上访谈',
  reports: '年度报告',
  columns: '信息栏目',
  figures: '统计表',
  carried: '依申请统计',
}
