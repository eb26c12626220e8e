import { indicatorKey, statisticsNames } from '../../statistics.ts'

/** A label as it is compared: without numbering, brackets and what they hold, 其中, quotation marks, stops and blanks. */
export const labelKey = (label: string): string =>
  indicatorKey(label.replace(/^[\s]*(?:(?:[一二三四五六七八九十]+|\d+)[.、])+/, ''))
    .replace(/^(?:[一二三四五六七八九十]+|\d+)[.、]/, '')
    .replace(/\([^()]*$/, '')
    .replace(/["“”.。:、,;]/g, '')

/** Rows of table three 收到和处理政府信息公开申请情况 by their labels; `outcome` rows add to 总计. */
export const requestRows = {
  本年新收政府信息公开申请数量: 'received',
  上年结转政府信息公开申请数量: 'carried-in',
  予以公开: 'outcome',
  部分公开: 'outcome',
  属于国家秘密: 'outcome',
  其他法律行政法规禁止公开: 'outcome',
  危及三安全一稳定: 'outcome',
  保护第三方合法权益: 'outcome',
  属于三类内部事务信息: 'outcome',
  属于四类过程性信息: 'outcome',
  属于行政执法案卷: 'outcome',
  属于行政查询事项: 'outcome',
  本机关不掌握相关政府信息: 'outcome',
  没有现成信息需要另行制作: 'outcome',
  补正后申请内容仍不明确: 'outcome',
  信访举报投诉类申请: 'outcome',
  重复申请: 'outcome',
  要求提供公开出版物: 'outcome',
  无正当理由大量反复申请: 'outcome',
  要求行政机关确认或重新出具已获取信息: 'outcome',
  申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请: 'outcome',
  申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请: 'outcome',
  其他处理: 'outcome',
  其他: 'outcome',
  总计: 'closed',
  结转下年度继续办理: 'carried-out',
} as const satisfies Readonly<Record<string, string>>
export type RequestRow = (typeof requestRows)[keyof typeof requestRows]

/** Its columns: six kinds of applicants and their sum. */
export const applicantColumns = 7

/** Columns of table four: upheld, corrected, otherwise, pending and their sum, for reviews and two kinds of lawsuits. */
export const disputeGroups = ['行政复议', '未经复议直接起诉', '复议后起诉'] as const
export const disputeColumns = 5

/** Labels that stand on one of the forms and in no sentence, so that a line holding one is part of a table. */
const formWords = {
  statistics: [
    ...[...statisticsNames].filter((name) => name !== '其他情形数' && !name.startsWith('涉及')),
    '统计指标',
    '回应公众关注热点或重大舆情数',
  ],
  'disclosure-2019': [
    '本年新制作数量',
    '本年新公开数量',
    '对外公开总数量',
    '上一年项目数量',
    '本年增/减',
    '采购项目数量',
    '采购总金额',
  ],
  'disclosure-2021': ['本年制发件数', '本年废止件数', '现行有效件数', '本年处理决定数量', '本年收费金额'],
  disclosure: [
    '信息内容',
    '规章',
    '规范性文件',
    '行政规范性文件',
    '行政许可',
    '行政处罚',
    '行政强制',
    '行政事业性收费',
    '处理决定数量',
    '政府集中采购',
    '其他对外管理服务事项',
  ],
  requests: [
    ...Object.keys(requestRows).filter((label) => label.length > 3),
    '自然人',
    '法人或其他组织',
    '商业企业',
    '科研机构',
    '社会公益组织',
    '法律服务机构',
    '申请人情况',
  ],
  disputes: ['结果维持', '结果纠正', '其他结果', '尚未审结', '未经复议直接起诉', '复议后起诉'],
} as const satisfies Readonly<Record<string, readonly string[]>>
export type FormSign = keyof typeof formWords

const signByLabel: ReadonlyMap<string, FormSign> = new Map(
  Object.entries(formWords).flatMap(([sign, labels]) =>
    labels.map((label) => [labelKey(label), sign as FormSign] as const),
  ),
)

/** A label of at least so many characters that begins like a longer one was broken off by the width of its cell. */
const brokenOff = 8
const longLabels = [...signByLabel].filter(([label]) => label.length > brokenOff)

/** Which form a label is printed on; undefined for other words. */
export function formSign(label: string): FormSign | undefined {
  const key = labelKey(label)
  if (key.startsWith('第二十条第')) return 'disclosure'
  if (label.replace(/^\(/, '').startsWith('本列数据的勾稽关系')) return 'requests'
  const whole = signByLabel.get(key)
  if (whole !== undefined || key.length < brokenOff) return whole
  return longLabels.find(([name]) => name.startsWith(key))?.[1]
}

/** Labels of the forms that may also be headings of a text: part of a table only among its lines. */
export const isDoubtfulLabel = (label: string): boolean =>
  /^(?:主动公开情况|回应解读情况|依申请公开情况|机构建设和保障经费情况|政府信息公开会议和培训情况|行政复议|行政诉讼|其他|总计|不予公开|无法提供|不予处理|其他处理|本年度办理结果|商业|企业|科研|机构|单位|统计数|指标|数值|涉及国家秘密|涉及商业秘密|涉及个人隐私|其他情形数|数量|公开数量|总数量|本年新|对外公开|举报投诉数量|依申请公开信息收取的费用|政府信息公开专项经费|召开政府信息公开工作会议或专题会议数|举办各类培训班数|接受培训人员数|政府信息公开工作专门机构数|设置政府信息公开查阅点数)$/.test(
    labelKey(label),
  )
