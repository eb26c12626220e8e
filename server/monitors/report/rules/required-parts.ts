import type { Finding, Severity } from '../observation.ts'
import type { MessageKey } from '../words.ts'
import type { FormSign } from '../reading/forms.ts'
import type { Report } from '../reading/report.ts'
import type { Era } from '../sources.ts'
import type { Span } from '../reading/view.ts'

interface RequiredPart {
  readonly message: MessageKey
  /** In a heading. */
  readonly heading: RegExp
  /** In a sentence, where it has no heading of its own; absent where only a heading will do. */
  readonly sentence?: RegExp
  /** The table that says the same. */
  readonly table?: FormSign
  /** Missing alone, it is a warning. */
  readonly isMinor?: boolean
}

const requestSentence =
  /(?:收到|受理|接到|接收|提出|提交|答复)[^。;\n]{0,30}申请|(?:未|没有|尚?无)(?:有|收到|接到|受理|人|单位|公民|依|申请|任何|出现|发生)[^。;\n]{0,30}申请|申请[^。;\n]{0,20}(?:\d+|零)(?:件|条|次|例|起|宗|人)?/
const disputes = /复议|诉讼/
const problems = /问题|不足|困难|差距|薄弱|短板/

/** What the regulation asks of a report: 2007, art. 32; the overview stands first by custom. */
const partsOf2007: readonly RequiredPart[] = [
  { message: 'part-disclosed', heading: /公开/, sentence: /公开[^。\n]{0,40}\d/ },
  { message: 'part-requests', heading: /申请/, sentence: requestSentence, table: 'statistics' },
  {
    message: 'part-fees',
    heading: /收费|减免|费用/,
    sentence: /收费|收取[^。;\n]{0,20}费|减免|费用/,
    table: 'statistics',
    isMinor: true,
  },
  { message: 'part-disputes', heading: disputes, sentence: disputes, table: 'statistics' },
  {
    message: 'part-problems',
    heading: problems,
    sentence: /(?:存在|主要|还有|仍有|的)[^。;\n]{0,16}(?:问题|不足|困难|差距)/,
  },
]

/** The six parts of the forms of 2019 and 2021. */
const partsOf2019: readonly RequiredPart[] = [
  { message: 'part-overview', heading: /总体情况|概述|总体|基本情况|概况/ },
  { message: 'part-disclosed', heading: /主动公开/ },
  { message: 'part-requests', heading: /申请/ },
  { message: 'part-disputes', heading: disputes },
  { message: 'part-problems', heading: problems },
  {
    message: 'part-other',
    heading: /其他(?:需要)?(?:报告|说明)?(?:的)?(?:事项|情况)|需要报告的/,
    isMinor: true,
  },
]

const partsOf: Readonly<Record<Era, readonly RequiredPart[]>> = {
  '2007': partsOf2007,
  '2019': partsOf2019,
  '2021': partsOf2019,
}

const tables: readonly { readonly message: MessageKey; readonly signs: readonly FormSign[] }[] = [
  { message: 'table-disclosure', signs: ['disclosure-2019', 'disclosure-2021', 'disclosure'] },
  { message: 'table-requests', signs: ['requests'] },
  { message: 'table-disputes', signs: ['disputes'] },
]

/** Schools, hospitals and companies report by rules of their own. */
const noAgency = /(?:学校|小学|中学|大学|学院|幼儿园|医院|卫生院|公司|集团|银行|支行|分行)$/

/** Where a part that is missing is told: at the title, else at the first words. */
export function headOf({ title, prose, headings }: Report): Span {
  if (title) return title
  const [first] = headings
  if (first) return { start: first.start, end: first.end }
  return { start: 0, end: Math.min(30, prose.text.length) }
}

/** Whether a text is a report by its form: several of the parts have headings. */
const looksLikeReport = ({ sections, figures, year }: Report): boolean =>
  (year !== null || figures.signs.size > 0) &&
  (figures.signs.size > 0 ||
    [/主动公开|信息公开情况/, /申请/, problems, disputes, /收费/].filter((topic) =>
      sections.some(({ heading }) => topic.test(heading.title)),
    ).length >= 3)

/** The parts and tables that the year's form asks for. */
export function requiredParts(report: Report): Finding[] {
  const { prose, folded, headings, figures, era, unit, quantities, isAnnualReport, isCut, sections } = report
  if ((!isAnnualReport && !looksLikeReport(report)) || sections.length < 2 || folded.text.length < 200)
    return []
  if (noAgency.test(unit ?? '') || (unit === null && /[我本](?:校|院)/.test(prose.text))) return []
  if (era !== '2007' && !isAnnualReport && figures.signs.size === 0) return []
  if (report.year === null && figures.signs.size === 0 && !/收费/.test(prose.text)) return []
  const isMissing = ({ heading, sentence }: RequiredPart): boolean =>
    !headings.some(({ title }) => heading.test(title)) && sentence?.test(prose.text) !== true
  const head = headOf(report)
  const finding = (message: MessageKey, severity: Severity): Finding => ({
    severity,
    span: head,
    view: 'prose',
    message,
    params: {},
  })
  const missing = partsOf[era].filter(isMissing)
  const isInTable = ({ table }: RequiredPart): boolean => table !== undefined && figures.signs.has(table)
  const lost = missing.filter((part) => !isInTable(part))
  const isSlight = lost.every(({ isMinor }) => isMinor === true)
  const findings = missing.map((part): Finding => {
    if (isInTable(part)) return finding(`${part.message}-in-table` as MessageKey, 'warn')
    return finding(part.message, isCut ? 'not-assessable' : isSlight ? 'warn' : 'fail')
  })
  if (era !== '2007') {
    for (const { message, signs } of tables) {
      if (!signs.some((sign) => figures.signs.has(sign)))
        findings.push(finding(message, isCut ? 'not-assessable' : 'fail'))
    }
  } else if (
    figures.signs.size === 0 &&
    !quantities.some(
      ({ start, unit }) =>
        /^[条件篇份项个]$/.test(unit) &&
        /公开|发布|公布|信息/.test(prose.text.slice(Math.max(0, start - 30), start)),
    )
  ) {
    findings.push(finding('figure-disclosed', isCut ? 'not-assessable' : 'fail'))
  }
  return findings.length > 0 ? findings : [finding('parts-present', 'pass')]
}
