/** The parts of a circular's text that an office may word; lines of `body` are paragraphs. */
export const templateParts = [
  'mark',
  'number',
  'title',
  'addressee',
  'body',
  'attachment',
  'signer',
  'reportedTo',
  'copiedTo',
  'printedBy',
] as const
export type TemplatePart = (typeof templateParts)[number]
export type CircularTemplate = Readonly<Record<TemplatePart, string>>

/** Parts that may be empty: what they would say is then left out. */
export const optionalParts: readonly TemplatePart[] = [
  'mark',
  'number',
  'addressee',
  'reportedTo',
  'copiedTo',
  'printedBy',
]

const body = `现将{{考核名称}}结果通报如下。
一、总体情况
根据《{{考核办法}}》，按照{{各部分权重}}计算综合成绩。截至{{截至日期}}，{{单位数}}个单位参加考核，其中{{各等次单位数}}。
综合成绩平均为{{平均成绩}}分，各组平均成绩为：{{各组平均成绩}}。
与上一年度相比，平均成绩{{平均成绩变化}}。
{{待定单位}}有成绩尚未确定，本次不评定等次，确定后另行通报。
二、等次评定
（一）{{等次}}等次{{单位数}}个。{{单位名单}}。
三、成绩突出和进步较大的单位
各组综合成绩第一名：{{各组第一名}}。
综合成绩比上一年度提高最多的单位：{{进步最大}}。
四、存在的主要问题
平时考核台账共登记问题{{问题总数}}项，按期整改销号{{销号数}}项，扣分{{扣分问题数}}项，尚在整改或核查{{在办数}}项。
扣分问题按类别分为：{{问题分类}}。反映最集中的是{{主要问题}}。
从各部分看，失分最多的是{{失分最多的部分}}。
五、下一步要求
各单位要对照成绩单逐项核对失分原因，把未完成的整改落实到人、限定日期，办结一项、销号一项。
对反复出现的问题，要从制度和日常检查上找原因，防止整改后再次发生。成绩靠后的单位要主动学习先进单位的做法。
对本通报所列成绩有疑问的，可以查看成绩单中每一分的计算过程和依据，也可以向{{发文机关}}询问。`

/** 阶段成绩: what results so far rest on, in place of grades and a year's comparison. */
const interimBody = `现将{{考核名称}}截至{{截至日期}}的阶段成绩通报如下。
一、阶段成绩
阶段成绩按《{{考核办法}}》计算，{{阶段依据}}。年度成绩和等次以年终通报为准。
{{单位数}}个单位参加考核，已有成绩的单位平均为{{平均成绩}}分，各组平均成绩为：{{各组平均成绩}}。
{{待定单位}}有成绩尚未确定，本次不排名。
各组综合成绩第一名：{{各组第一名}}。
{{高低分单位}}。
二、存在的主要问题
平时考核台账共登记问题{{问题总数}}项，按期整改销号{{销号数}}项，扣分{{扣分问题数}}项，尚在整改或核查{{在办数}}项。
扣分问题按类别分为：{{问题分类}}。
三、下一步要求
各单位要对照成绩单逐项核对失分原因，在年度内补齐短板。对所列成绩有疑问的，可以向{{发文机关}}询问。`

/** An office's template as results so far are told by it: its head and signature, and a text of their own. */
export const interimTemplate = (template: CircularTemplate): CircularTemplate => ({
  ...template,
  title: '{{发文机关}}\n关于{{考核名称}}\n阶段成绩的通报',
  body: interimBody,
  attachment: '{{考核名称}}阶段成绩表',
})

/**
 * The text an office begins with; every part of it can be changed.
 * A city's results are reported to 市委、市政府 and copied to 市委组织部 (考核办法 七（一）).
 */
export function defaultTemplate(ofCity: boolean): CircularTemplate {
  return {
    mark: '{{发文机关}}文件',
    number: '〔{{发文年份}}〕　号',
    title: '{{发文机关}}\n关于{{考核名称}}\n结果的通报',
    addressee: ofCity ? '各县、区人民政府，市政府各部门、各单位：' : '各考核对象：',
    body,
    attachment: '{{考核名称}}成绩表',
    signer: '{{发文机关}}',
    reportedTo: ofCity ? '市委、市政府' : '',
    copiedTo: ofCity ? '市委组织部' : '',
    printedBy: '{{发文机关}}',
  }
}
