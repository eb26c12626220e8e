import {
  countsInWords,
  flagWords,
  workbookWords,
  yearWords,
  type DetailSheet,
} from '../../assessment/rule/scheme-words.ts'
import type { Column, Content } from '../spreadsheet/column.ts'

/*
 * Sheets beside those that every workbook may have: what a scheme and its facts hold beyond them. Whoever reads the
 * workbook without knowing them leaves them out with a warning and gets the same scores.
 */
const needed = (content: Content, about: string): Column => ({ needed: true, content, about })
const optional = (content: Content, about: string): Column => ({ needed: false, content, about })
const identity = optional('text', '系统用的标识，保持原样；新增的行不填。')
const clause = optional('text', '考核办法的条款。')
const dueColumns = {
  年: needed(yearWords, '当年、次年或第三年。'),
  月: needed('number', '1 至 12。'),
  日: needed('number', '1 至 31。'),
} as const

export const partDetailColumns = {
  部分: needed('text', '“考核办法”中的一个部分。'),
  缺数: optional(Object.values(workbookWords.missing), '周期截止未报送或没有评分时：待定，或记 0 分。'),
  依据: clause,
  标识: identity,
} as const

export const kindDetailColumns = {
  部分: optional('text', '所属的扣分制部分；只有一个时可不填。'),
  类别: needed('text', '“扣分类别”中的一类。'),
  性质: optional(Object.values(workbookWords.effect), '扣分或加分；空白为扣分。'),
  计入: optional(Object.values(countsInWords), '本部分，或直接加减总分；空白为本部分。'),
  归口: optional('text', '共用一个上限的归口。'),
  扣分上限: optional('number', '一个单位在这一类最多扣（或加）的分数；空白为不设。'),
  记入上级: optional(Object.values(flagWords.flag), '不参评单位的问题是否记在参评的上级名下；空白为是。'),
  一票否决: optional('text', '等次的名称、总分最高的分数，或“末位”；几项用分号分开；空白为不设。'),
  监测规则: optional('text', '由这一类接收的监测规则，用顿号分开；空白的归考核办。'),
  依据: clause,
  标识: identity,
} as const

export const severityColumns = {
  部分: optional('text', '所属的扣分制部分；只有一个时可不填。'),
  类别: needed('text', '“扣分类别”中的一类。'),
  档次: needed('text', '档次的名称；第一个为通常的档次。'),
  分值: needed('number', '该档次扣（或加）的分数，最多两位小数。'),
  标识: identity,
} as const

export const areaColumns = {
  部分: optional('text', '所属的扣分制部分；只有一个时可不填。'),
  归口: needed('text', '归口的名称。'),
  上限: needed('number', '归口内各类合计最多扣的分数；扣完为止。'),
  标识: identity,
} as const

export const windowColumns = {
  部分: optional('text', '所属的部分；空白为没有单独列出周期的每个核查得分部分。'),
  周期: needed('text', '周期的名称。'),
  年: optional('text', '报送年份：当年、次年、第三年，或四位年份；空白为当年。'),
  月: optional('number', '报送月份；不报送留空。'),
  日: optional('number', '报送日。'),
  止年: optional('text', '统计截止的年份；空白为当年。'),
  止月: optional('number', '统计截止的月份；空白时上半年为 6 月 30 日，下半年为 12 月 31 日，其他为报送日。'),
  止日: optional('number', '统计截止日。'),
  权重: optional('number', '各周期的权重；都空白为相等。'),
  关闭日期: optional('day', '不再接受报送的日期；空白为没有关闭。'),
  标识: identity,
} as const

export const dimensionColumns = {
  部分: optional('text', '所属的外部评分部分；只有一个时可不填。'),
  维度: needed('text', '分项的名称。'),
  满分: needed('number', '分项的满分。'),
  标识: identity,
} as const

export const indicatorColumns = {
  部分: optional('text', '所属的核查得分部分；只有一个时可不填。'),
  一级指标: {
    ...needed('text', '第一级指标的名称；下级指标的行也要填写。'),
    aliases: ['指标'],
  },
  二级指标: optional('text', '第二级指标的名称。'),
  三级指标: optional('text', '第三级指标的名称。'),
  四级指标: optional('text', '第四级指标的名称。'),
  五级指标: optional('text', '第五级指标的名称。'),
  六级指标: optional('text', '第六级指标的名称。'),
  满分: optional('number', '最下一级指标的满分；有下级的不填。'),
  评分标准: optional('text', '怎样计分。'),
  计分方式: optional(Object.values(workbookWords.scaleType), '自由、分档、阶梯、比率或清单；空白为自由。'),
  计分参数: optional('text', '分档“优=5；良=3”；阶梯“5=5；3=3”；比率“98；1；0.5；12.5”；清单“1”。'),
  佐证材料: optional('text', '需要提供的材料。'),
  责任单位: optional('text', '核查这一领域的单位，填在一级指标的行。'),
  适用分组: optional('text', '只适用于某些分组时填写，用顿号分开；空白为全部。'),
  依据: clause,
  标识: identity,
} as const

export const milestoneColumns = {
  事项: needed('text', '时间节点的名称。'),
  ...dueColumns,
  依据: clause,
  标识: identity,
} as const

export const clauseColumns = {
  条款: needed('text', '条款的编号，例如“四（一）1”。'),
  内容: needed('text', '条款的原文。'),
} as const

export const englishColumns = {
  中文: needed('text', '办法中的名称。'),
  英文: needed('text', '英文页面上的名称。'),
} as const

export const ruleColumns = {
  规则: needed('text', '规则的名称。'),
  内容: optional('text', '规则的取值。'),
} as const

/** The columns of each sheet, to know one from a sheet of somebody's own with the same name. */
export const detailColumns: Readonly<Record<DetailSheet, Readonly<Record<string, Column>>>> = {
  parts: partDetailColumns,
  kindDetails: kindDetailColumns,
  severities: severityColumns,
  areas: areaColumns,
  windows: windowColumns,
  dimensions: dimensionColumns,
  indicators: indicatorColumns,
  milestones: milestoneColumns,
  rules: ruleColumns,
  clauses: clauseColumns,
  english: englishColumns,
}
