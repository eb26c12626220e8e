import type { Column, Content } from '../spreadsheet/column.ts'
import type { Method } from '../../assessment/rule/scheme.ts'
import { mainSheets, workbookWords } from '../../assessment/rule/scheme-words.ts'
import { triggerMeaning, triggers, usualTrigger } from '../../assessment/rule/trigger.ts'

/** The sheets every workbook may have, whatever its scheme. */
export const sheetNames = {
  ...mainSheets,
  units: '考核对象',
  adjustments: '总分加减台账',
  notes: '说明',
} as const

export const takingPartWords = { yes: '是', no: '否' } as const

const reviews = ['accepted', 'rejected'] as const
export type Review = (typeof reviews)[number]
export const reviewWords: Readonly<Record<Review, string>> = { accepted: '通过', rejected: '不通过' }

export const notApplicable = '不适用'

const needed = (content: Content, about: string): Column => ({ needed: true, content, about })
const optional = (content: Content, about: string): Column => ({ needed: false, content, about })

export const componentColumns = {
  部分: needed('text', '考核部分的名称，例如“平时考核”。'),
  方式: needed(Object.values(workbookWords.method), '扣分制、核查得分或外部评分；填写“分组”的行可不填。'),
  权重: needed(
    'number',
    '不小于 0 的数；各部分按权重之比计入综合成绩。分组的行填“不适用”表示该组不考核这一部分。',
  ),
  基准分: optional('number', '扣分制的预置分，空白为 100。'),
  满分: optional('number', '外部评分或核查得分的满分，空白为 100。'),
  下限: optional('number', '扣分制扣到此分为止，空白为 0。'),
  上限: optional('text', '扣分制加到此分为止，“不设”为没有上限；空白为满分。'),
  分组: optional('text', '只对一个分组改变这一部分的权重和满分；不带分组的一行必须有。'),
} as const

export const gradeColumns = {
  等次: needed('text', '等次的名称，例如“优秀”。'),
  下限分: optional('number', '达到此分即为该等次；最后一等留空或为 0。'),
  比例: { ...optional('number', '最多占参评单位的百分之几。'), aliases: ['比例(%)'] },
  名额: optional('number', '最多几个单位。'),
  分组: optional('text', '只对一个分组改变下限分、比例和名额；不带分组的一行必须有。'),
} as const

export const kindColumns = {
  部分: optional('text', '所属的扣分制部分；只有一个扣分制部分时可不填。'),
  类别: needed('text', '扣分类别的名称，台账中按此填写。'),
  每项扣分: optional('number', '每个问题扣的分数（加分类别为加的分数），最多两位小数；设有档次的可不填。'),
  触发: optional(
    Object.values(workbookWords.trigger),
    `${triggers.map((trigger) => `${triggerMeaning[trigger].word}：${triggerMeaning[trigger].told}`).join('；')}。空白为${triggerMeaning[usualTrigger].word}。`,
  ),
  提供单位: optional('text', '有权登记此类问题的单位。'),
  整改工作日: optional('number', '未写明整改期限时，自通知日期起的工作日数，空白为 15。'),
  整改自然日: optional('number', '整改期限按自然日计算时填写，与“整改工作日”只填一个。'),
} as const

export const unitColumns = {
  单位: needed('text', '单位全称，不得重复。'),
  分组: needed('text', '排名所在的分组，例如“县区”“市直部门”。'),
  上级单位: optional('text', '本表中的另一个单位；不参评单位的问题记在最近的参评上级名下。'),
  参评: optional(Object.values(takingPartWords), '是或否，空白为是。'),
} as const

export const ledgerColumns = {
  编号: optional('text', '问题编号，在受考核单位内不重复；可不填。'),
  单位: needed('text', '问题发生的单位，须列在“考核对象”中。'),
  扣分类别: needed('text', '“扣分类别”中的一类。'),
  档次: optional('text', '类别的一个档次；空白为第一个。'),
  事由: optional('text', '问题的内容和依据。'),
  通知日期: needed('day', '通知单位的日期；空白为尚未通知，不计分。'),
  整改期限: optional('day', '应当整改完毕的日期；空白时按类别的整改工作日推算。'),
  整改日期: optional('day', '报送整改结果的日期。'),
  核查结果: optional(Object.values(reviewWords), '通过或不通过；空白为待核查，不扣分。'),
  撤销日期: optional('day', '扣分被撤销的日期；自该日起不扣分。'),
} as const

export const verifiedColumns = {
  单位: needed('text', '参评单位，须列在“考核对象”中。'),
  周期: needed('text', '上半年或下半年。'),
  核查得分: optional('marks', '该周期核查后的总分；空白为尚未核查。'),
  指标: optional('text', '指标名称；逐项填写时使用，此时不填“核查得分”。'),
  满分: optional('number', '该指标的满分，空白为指标体系中的满分；与“核查得分”同用时为该周期的满分。'),
  自评分: optional('number', '单位自评的分数，仅供对照，不计入成绩。'),
  观测: optional('text', '核查时看到的情况，按指标的计分方式得分。'),
  核查分: optional('marks', '该指标核查后的分数；空白为尚未核查或按观测得分，“不适用”为不计入。'),
} as const

export const externalColumns = {
  单位: needed('text', '参评单位，须列在“考核对象”中。'),
  周期: optional('text', '该部分分周期评分时的周期。'),
  得分: needed('marks', '评分机构给出的分数；空白为尚未评分，“不适用”为不计入。'),
  维度: optional('text', '评分机构分项报分时的分项名称。'),
} as const

const forbidden = /[[\]:*?/\\]/g
const longestSheetName = 31

/** A name as a sheet can bear it: spreadsheets refuse some characters and more than 31 of them. */
const asSheetName = (name: string): string =>
  name.replace(forbidden, '_').replace(/^'|'$/g, '_').slice(0, longestSheetName)

/** The sheet that carries a component's facts. */
export function sheetOf(component: { readonly name: string; readonly method: Method }): string {
  const suffix = component.method === 'deductions' ? '台账' : ''
  return asSheetName(component.name).slice(0, longestSheetName - suffix.length) + suffix
}
