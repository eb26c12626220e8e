import type { FindingFact, Outcome } from '../../assessment/score/facts.ts'
import { notApplicable } from './sheet-columns.ts'
import { type Column, type Content } from '../spreadsheet/column.ts'

/*
 * How what the other sheets tell came about, day by day. A row of a ledger or a mark counts when it differs from its course, as
 * somebody may have changed it; without these sheets the scores of the last day are the same.
 */
export const courseSheets = {
  findings: '问题经过',
  marks: '得分记录',
  submissions: '报送记录',
  extensions: '报送延期',
} as const
export type CourseSheet = keyof typeof courseSheets

export const factWords: Readonly<Record<FindingFact['type'], string>> = {
  notified: '通知',
  extended: '延期',
  submitted: '报送整改',
  withdrawn: '撤回报送',
  accepted: '核查通过',
  rejected: '核查不通过',
  appealed: '申诉',
  decided: '申诉决定',
  reversed: '撤销登记',
}
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  upheld: '维持',
  revoked: '撤销',
  amended: '变更',
}

const needed = (content: Content, about: string): Column => ({ needed: true, content, about })
const optional = (content: Content, about: string): Column => ({ needed: false, content, about })

export const findingCourseColumns = {
  编号: needed('text', '台账中的问题编号。'),
  日期: needed('day', '发生的日期。'),
  事项: needed(Object.values(factWords), '发生了什么。'),
  期限: optional('day', '通知、延期或变更单位所定的整改期限。'),
  决定: optional(Object.values(outcomeWords), '申诉决定的结果。'),
  单位: optional('text', '通知时的单位，与编号一起认定问题；变更的，为变更后的单位。'),
  扣分类别: optional('text', '通知时的类别，或变更后的类别。'),
  档次: optional('text', '通知时的档次，或变更后的档次；空白为第一个。'),
  事由: optional('text', '台账中的事由；编号和单位都相同的问题由此区分。'),
} as const

export const markCourseColumns = {
  部分: needed('text', '核查得分或外部评分的部分。'),
  单位: needed('text', '参评单位。'),
  周期: optional('text', '核查得分或分周期的外部评分的周期。'),
  指标: optional('text', '指标名称；空白为该周期的总分。'),
  维度: optional('text', '外部评分的分项。'),
  满分: optional('number', '该分数的满分。'),
  得分: optional('marks', `分数；空白为尚未核查，“${notApplicable}”为不计入。`),
  日期: optional('day', '分数产生的日期；空白为每一天都计入。'),
  观测: optional('text', '核查时看到的情况。'),
} as const

export const submissionColumns = {
  部分: needed('text', '核查得分的部分。'),
  周期: needed('text', '报送的周期。'),
  单位: needed('text', '报送的单位。'),
  日期: needed('day', '报送的日期。'),
} as const

export const extensionColumns = {
  部分: needed('text', '核查得分的部分。'),
  周期: needed('text', '延期的周期。'),
  单位: optional('text', '延期的单位；空白为全部单位。'),
  期限: needed('day', '延至的日期。'),
  日期: needed('day', '批准的日期。'),
} as const

/** The columns of each sheet, to know one from a sheet of somebody's own with the same name. */
export const courseColumns: Readonly<Record<CourseSheet, Readonly<Record<string, Column>>>> = {
  findings: findingCourseColumns,
  marks: markCourseColumns,
  submissions: submissionColumns,
  extensions: extensionColumns,
}
