import { depthsOf, type Breakdown } from './breakdowns.ts'
import type { Quantity } from './quantities.ts'
import type { Span } from './view.ts'

/** Figures of which a report may speak more than once, in prose and in its tables. */
export const subjects = [
  'disclosed',
  'disclosed-by-channels',
  'gazette',
  'website',
  'weibo',
  'wechat',
  'received',
  'answered',
  'carried-out',
  'reviews',
  'lawsuits',
  'fees',
] as const
export type Subject = (typeof subjects)[number]

/** What prose says of a subject for the report's own year. */
export interface Statement extends Span {
  readonly subject: Subject
  readonly value: number
  /** Whether it says that there was none, without a figure. */
  readonly isDenial: boolean
  /** Whether the clause says that it speaks of the whole: 2016年共主动公开…. */
  readonly isWhole: boolean
}

/** Where a clause speaks of other years, of a part or of something else than the whole year of the unit itself. */
const elsewhere =
  /上年|去年|往年|上一年|历年|累计.{0,6}(?:年|至今)|自\d{4}年|\d{4}年?[-~至]\d{4}年?|近[\d一二三四五六七八九十两]+年|以来|其中|平均|每[月季周日]|第[一二三四]季度|上半年|下半年|同比|较|比|计划|目标|拟/
const partOfRequests =
  /网上|网络|在线|信函|邮件|邮寄|当面|现场|传真|窗口|平台|其他(?:方式|渠道)|自然人|法人|企业|部分|不予|同意|结转/

interface Pattern {
  readonly subject: Subject
  /** The clause before the figure. */
  readonly clause: RegExp
  readonly units: RegExp
  readonly unless?: RegExp
}

const pieces = /^(?:条|件|篇|份|项|则|)$/
const cases = /^(?:件|条|份|起|宗|例|次|个|项|人次|)$/
const channel =
  /网站|网|微信|微博|公报|公示栏|公开栏|宣传栏|广播|电视|报|媒体|公众号|客户端|抖音|电子屏|平台|渠道|专栏|栏目|方式|形式|途径/

const patterns: readonly Pattern[] = [
  {
    subject: 'disclosed-by-channels',
    clause: /不同渠道(?:和方式)?.{0,6}公开.{0,10}(?:信息|数)(?:共|计|合计|总?数?(?:为|达)?)*$/,
    units: pieces,
  },
  {
    subject: 'disclosed',
    clause:
      /(?:主动公开|公开)(?:了|各类|各种|的)*(?:政府|政务)?(?:信息|文件信息)?(?:总?数量?|总量|共计|合计|累计|共|计|为|达|数|总计)*$/,
    units: pieces,
    unless: new RegExp(`${channel.source}|依申请|重点领域|规范性文件|部门|指南|目录|预算|决算|转载|解读`),
  },
  {
    subject: 'gazette',
    clause: /公报(?:主动)?公开(?:了|各类)*(?:政府|政务)?信息(?:数量?|共|为)*$/,
    units: pieces,
  },
  {
    subject: 'website',
    clause: /(?:政府|门户)网站(?:主动)?(?:公开|发布)(?:了|各类)*(?:政府|政务)?信息(?:数量?|共|为)*$/,
    units: pieces,
  },
  {
    subject: 'weibo',
    clause: /微博(?:主动)?(?:公开|发布)(?:了|各类)*(?:政府|政务)?信息(?:数量?|共|为)*$/,
    units: pieces,
  },
  {
    subject: 'wechat',
    clause: /微信(?:公众号)?(?:主动)?(?:公开|发布)(?:了|各类)*(?:政府|政务)?信息(?:数量?|共|为)*$/,
    units: pieces,
  },
  {
    subject: 'received',
    clause:
      /(?:收到|受理|接收|接到|收悉|新收)(?!.*(?:收到|受理|接收|接到|新收))[^,。;:]*(?:申请(?:公开|信息|事项|书|表|件)?|依申请公开(?:政府信息|信息|事项)?)(?:共计|合计|总?数量?|共|计|为|了|达)*$/,
    units: cases,
    unless: /复议|诉讼|投诉|举报|咨询|补正/,
  },
  {
    subject: 'carried-out',
    clause: /(?:结转(?:至|到)?下(?:一)?年度?(?:继续)?(?:办理|答复)?)(?:共|的|为)*$/,
    units: cases,
  },
  {
    subject: 'answered',
    clause: /(?:答复|办结|回复|办理结果)(?:了|公开|政府|信息|申请|数量?|共|为|件数|率|总数|总计)*$/,
    units: cases,
    unless: /咨询|来信|信箱|留言|热线|信访|建议|提案|复议|诉讼|不予|同意|部分|按时|延期|率/,
  },
  {
    subject: 'reviews',
    clause: /(?:行政复议|复议)(?:案件|申请|案|数量?|共|为|的)*$/,
    units: cases,
    unless: /诉讼.*复议|维持|纠正|审结|答复|参与|应诉/,
  },
  {
    subject: 'lawsuits',
    clause: /(?:行政诉讼|诉讼)(?:案件|案|数量?|共|为|的)*$/,
    units: cases,
    unless: /维持|纠正|审结|驳回|胜诉|败诉|未经复议|复议后/,
  },
  {
    subject: 'fees',
    clause: /(?:收取|收费|收取的?费用)[^,。;]{0,12}$/,
    units: /^元$/,
    unless: /减免|免收|预算|支出|经费|投入|罚|税|社会抚养|标准|不超过/,
  },
]

const zero = '(?:未|没有|无|尚未|从未|均未|未曾)'
const denials: readonly { readonly subjects: readonly Subject[]; readonly pattern: RegExp }[] = [
  {
    subjects: ['received'],
    pattern: new RegExp(
      `${zero}(?:有|发生|出现)?(?:收到|接到|受理|接收|收悉)(?:过|到|任何|的)*[^,。;]{0,34}申请(?!.{0,6}(?:复议|诉讼))|${zero}[^,。;]{0,16}(?:提出|提交|申请)[^,。;]{0,16}(?:政府)?信息(?:公开)?(?:的)?申请`,
      'g',
    ),
  },
  { subjects: ['reviews'], pattern: new RegExp(`${zero}[^。;]{0,40}?复议`, 'g') },
  { subjects: ['lawsuits'], pattern: new RegExp(`${zero}[^。;]{0,50}?诉讼`, 'g') },
  {
    subjects: ['fees'],
    pattern: new RegExp(
      `${zero}(?:有|发生|产生|存在|向[^,。;]{1,16})?(?:收取|收费|任何|相关|产生|发生|的|过|依申请|信息|公开|政府)*(?:费用|收费|检索费|复制费|邮寄费)`,
      'g',
    ),
  },
]

/** 2016年我局共主动公开…: the unit itself, without a channel, an office or a part of it. */
const wholeYear =
  /^(?:截至?[\d年月日底末]*|\d{4}年(?:度)?|全年|本年度?|当年|年内|一年来|综上|总体上|[我本全](?:局|镇|乡|街道|区|县|市|委|办|厅|校|院|单位|处|中心|站|所|旗|州|省|机关)|共计?|累计|总共|我们|已|,)*(?:主动公开|收到|受理|接到|接收|发生|行政复议|行政诉讼)/

const clauseBefore = (text: string, at: number): string =>
  /[^,。;:\n]*$/.exec(text.slice(Math.max(0, at - 60), at))?.[0] ?? ''

/** The figures that the prose of a report gives for its own year, those of lists and other years left out. */
export function statementsIn(
  text: string,
  quantities: readonly Quantity[],
  breakdowns: readonly Breakdown[],
  year: number | null,
): Statement[] {
  const depths = depthsOf(text)
  const items = new Set<Quantity>(breakdowns.flatMap(({ items }) => items.map(({ quantity }) => quantity)))
  const found: Statement[] = []
  for (const quantity of quantities) {
    const { start, end, value, unit, isApproximate, isChange, isPercent } = quantity
    if (
      value === null ||
      isApproximate ||
      isChange ||
      isPercent ||
      items.has(quantity) ||
      depths[start] !== 0
    )
      continue
    const clause = clauseBefore(text, start)
    const sentence = /[^。;\n]*$/.exec(text.slice(Math.max(0, start - 90), start))?.[0] ?? clause
    const years = [...sentence.matchAll(/(\d{4})年/g)].map(([, written]) => Number(written))
    if (elsewhere.test(clause) || (year !== null && years.length > 0 && years.at(-1) !== year)) continue
    const pattern = patterns.find(
      ({ clause: wanted, units, unless }) =>
        wanted.test(clause) && units.test(unit) && unless?.test(clause) !== true,
    )
    if (!pattern || (pattern.subject === 'received' && partOfRequests.test(clause))) continue
    const isWhole = wholeYear.test(clause) && /共|总|合计|全年|本年|年度|\d{4}年/.test(sentence)
    found.push({
      subject: pattern.subject,
      value,
      isDenial: false,
      isWhole,
      start: start - clause.length,
      end,
    })
  }
  for (const { subjects, pattern } of denials) {
    for (const match of text.matchAll(pattern)) {
      const before = clauseBefore(text, match.index)
      const years = [...before.matchAll(/(\d{4})年/g)].map(([, written]) => Number(written))
      if (
        elsewhere.test(before.replace(/截至.*$/, '')) ||
        (year !== null && years.length > 0 && years.at(-1) !== year)
      )
        continue
      if (/无(?:法|正当|理由|偿|效|条件)|未(?:按|能|予|及时|必|来)/.test(match[0].slice(0, 4))) continue
      // 未发生复议，发生诉讼1件: a clause of its own says the contrary.
      if (/,(?:发生|出现|共|收到|受理|产生|有)/.test(match[0])) continue
      for (const subject of subjects)
        found.push({
          subject,
          value: 0,
          isDenial: true,
          isWhole: true,
          start: match.index,
          end: match.index + match[0].length,
        })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}
