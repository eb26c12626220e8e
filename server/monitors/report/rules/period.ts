import type { Finding } from '../observation.ts'
import { daysBetween } from '../../../assessment/day.ts'
import { isoDay } from '../reading/dates.ts'
import { ordinal } from '../reading/numerals.ts'
import type { Report } from '../reading/report.ts'
import type { Span } from '../reading/view.ts'

/** A stretch of time that a text names. */
interface Period extends Span {
  readonly from: string | null
  readonly to: string | null
  readonly fromText: string
  readonly toText: string
  readonly endYear: number
}

const day =
  '(\\d{4}|[二][零〇○][零〇○一二三四五六七八九]{2})年(\\d{1,2}|[一二三四五六七八九十]{1,3})月(\\d{1,2}|[一二三四五六七八九十]{1,3})日'
const range = new RegExp(
  `(?:自|从|由)?${day}起?,?(?:[-~至到]+)(?:(\\d{4}|[二][零〇○][零〇○一二三四五六七八九]{2})年)?(\\d{1,2}|[一二三四五六七八九十]{1,3})月(\\d{1,2}|[一二三四五六七八九十]{1,3})日`,
  'g',
)
/** A sentence that names the period of the report's figures. */
const periodWords =
  /(?:统计|数据|时间|报告)(?:的)?(?:统计)?(?:期限|时限|时间|期间|范围|区间|周期|数据)|所列数据|数据截/

function periodsIn(text: string): Period[] {
  return [...text.matchAll(range)].map((match) => {
    const [whole, y1 = '', m1 = '', d1 = '', y2, m2 = '', d2 = ''] = match
    const [startYear, endYear] = [ordinal(y1) ?? 0, ordinal(y2 ?? y1) ?? 0]
    const from = isoDay(startYear, ordinal(m1) ?? 0, ordinal(d1) ?? 0)
    const to = isoDay(endYear, ordinal(m2) ?? 0, ordinal(d2) ?? 0)
    const text = (year: number, month: string, date: string) => `${year}-${ordinal(month)}-${ordinal(date)}`
    return {
      start: match.index,
      end: match.index + whole.length,
      from,
      to,
      endYear,
      fromText: text(startYear, m1, d1),
      toText: text(endYear, m2, d2),
    }
  })
}

const isSchool = (report: Report): boolean =>
  /学年|大学|学院/.test((report.unit ?? '') + report.prose.text.slice(0, 1200))

/** The period of the figures is the calendar year of the report; the regulation came into force on 1 May 2008. */
function judged(period: Period, report: Report, isNamed: boolean): Finding | null {
  const { from, to, start, end } = period
  const finding = (
    message: Finding['message'],
    params = {},
    severity: Finding['severity'] = 'fail',
  ): Finding => ({
    severity,
    span: { start, end },
    view: 'prose',
    message,
    params: { from: period.fromText, to: period.toText, ...params },
  })
  if (from === null || to === null) return finding('period-no-day')
  const length = daysBetween(from, to)
  if (!isNamed && (length < 300 || length > 430)) return null
  if (length < 0) return finding('period-backwards')
  const year = period.endYear
  const isCalendarYear = from === `${year}-01-01` && to === `${year}-12-31`
  const isFirstYear = year === 2008 && from === '2008-05-01' && to === '2008-12-31'
  if (!isCalendarYear && !isFirstYear) {
    if (isSchool(report) && /-0?[89]-(?:01|1)$/.test(from)) return null
    // Since when the unit has published at all: 自2008年5月1日至2012年12月31日累计.
    return length > 430 && (!isNamed || from === '2008-05-01') ? null : finding('period-not-year')
  }
  if (report.titleYear !== null && report.titleYear !== year) {
    return finding('period-not-title', { year: String(report.titleYear), period: String(year) })
  }
  return isNamed ? finding('period-right', {}, 'pass') : null
}

/** A year that the preface announces, 现公布…2020年…年度报告, against the period of its figures. */
function announcedYear(report: Report, [period]: readonly Period[]): Finding[] {
  const preface = report.prose.text.slice(0, report.sections[0]?.heading.start ?? 600)
  const match =
    /(?:现(?:将|向社会)?公布|编制了|特?编制|制作)[^。]{0,40}?(\d{4})年(?:度)?[^。,]{0,20}(?:年度报告|年报|年度工作报告|工作报告)/.exec(
      preface,
    )
  if (!match || !period || period.start > preface.length || Number(match[1]) === period.endYear) return []
  return [
    {
      severity: 'fail',
      span: { start: match.index + match[0].search(/\d{4}年/), end: match.index + match[0].length },
      view: 'prose',
      message: 'period-not-announced',
      params: { year: match[1] ?? '', period: String(period.endYear) },
    },
  ]
}

/** Sentences that begin with a year, all of them with another one than the title's: last year's text under a new title. */
function spokenYear(report: Report): Finding[] {
  const { titleYear, prose, title } = report
  if (titleYear === null || title === null) return []
  const spoken = [
    ...prose.text.matchAll(
      /(?:^|[\n。;])(20\d\d)年(?:度)?[,，]?(?:我|本|全|在|按|共|主动|区|县|市|镇|乡|局)/g,
    ),
  ]
  const years = spoken.map(([, year]) => Number(year))
  const other = years.find((year) => year < titleYear)
  if (other === undefined || years.filter((year) => year === other).length < 2 || years.includes(titleYear))
    return []
  if (new RegExp(`${titleYear}年(?!\\d{1,2}月\\d{1,2}日)`).test(prose.text.slice(title.end))) return []
  return [
    {
      severity: 'fail',
      span: title,
      view: 'prose',
      message: 'year-not-title',
      params: { year: String(titleYear), spoken: String(other) },
    },
  ]
}

/** The period that a report covers: a whole calendar year, the one in its title. */
export function period(report: Report): Finding[] {
  const { text } = report.prose
  const periods = periodsIn(text)
  const named = periods.filter(({ start }) =>
    periodWords.test(/[^。\n]*$/.exec(text.slice(Math.max(0, start - 60), start))?.[0] ?? ''),
  )
  return [
    ...periods.flatMap((period) => judged(period, report, named.includes(period)) ?? []),
    ...announcedYear(report, named),
    ...spokenYear(report),
  ]
}
