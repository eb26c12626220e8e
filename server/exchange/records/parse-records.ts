import type { Day } from '../../assessment/day.ts'
import { carriedItems, type CarriedRecord } from '../../monitors/carried.ts'
import type { ColumnRecord } from '../../monitors/column.ts'
import type { DisclosureRecord } from '../../monitors/disclosure.ts'
import type { InterviewRecord, Moment } from '../../monitors/interview.ts'
import type { ReportRecord } from '../../monitors/report-due.ts'
import type { RequestRecord } from '../../monitors/request.ts'
import { repeatedFigures, type FigureRecord } from '../../monitors/statistics.ts'
import { textOf, word } from '../spreadsheet/cell.ts'
import { startReport, type Report } from '../spreadsheet/report.ts'
import type { Problem, Warning } from '../spreadsheet/messages.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import {
  asCount,
  asDay,
  asMoment,
  asNumber,
  asText,
  asWord,
  openTable,
  unless,
  type Parser,
  type TableRow,
} from '../spreadsheet/table.ts'
import { carriedWords, natureWords, recordSheets, type RecordSheet } from './columns.ts'

/** Where a record stands in its sheet. */
export interface InRow {
  readonly row: number
}

/** What a workbook's registers hold, each in the order of its sheet. */
export interface Records {
  readonly disclosure: readonly (DisclosureRecord & InRow)[]
  readonly requests: readonly (RequestRecord & InRow)[]
  readonly interviews: readonly (InterviewRecord & InRow)[]
  readonly reports: readonly (ReportRecord & InRow)[]
  readonly columns: readonly (ColumnRecord & InRow)[]
  readonly figures: readonly (FigureRecord & InRow)[]
  readonly carried: readonly (CarriedRecord & InRow)[]
}

export type RecordsReading =
  | { readonly ok: true; readonly records: Records; readonly warnings: readonly Warning[] }
  | {
      readonly ok: false
      readonly problems: readonly Problem[]
      readonly problemCount: number
      readonly warnings: readonly Warning[]
    }

type Row<Of extends RecordSheet> = TableRow<keyof (typeof recordSheets)[Of] & string>

/** A year that a record may be about. */
const asYear: Parser<number> = unless(asCount, 'not-a-year', (year) => year < 1900 || year > 2200)
const asFee = unless(asNumber, 'negative', (value) => value.startsWith('-'))
const yesNo = asWord({ yes: '是', no: '否' })
const asCarried: Parser<CarriedRecord['item']> = (cell) => {
  const item = carriedItems.find((each) =>
    carriedWords[each].some((name) => word(name) === word(textOf(cell))),
  )
  const words = carriedItems.map((each) => carriedWords[each][0]).join('、')
  return item === undefined
    ? { refused: 'unknown-word', params: { value: textOf(cell), words } }
    : { value: item }
}

/** Every value there, or undefined where one of them has a problem. */
function whole<Fields extends object>(fields: { readonly [Name in keyof Fields]: Fields[Name] | undefined }):
  Fields | undefined {
  return Object.values(fields).includes(undefined) ? undefined : (fields as Fields)
}

const textIn = <Name extends string>(row: TableRow<Name>, name: Name): string | undefined => {
  const text = row.optional(name, asText)
  return text === null ? '' : text
}

const readers: {
  readonly [Of in RecordSheet]: (row: Row<Of>) => object | undefined
} = {
  主动公开: (row) =>
    whole<DisclosureRecord>({
      unit: row.needed('单位', asText),
      title: row.needed('标题', asText),
      nature: row.isBlank('性质') ? 'government' : (row.optional('性质', asWord(natureWords)) ?? undefined),
      createdOn: row.needed('形成日期', asDay),
      changedOn: row.optional('变更日期', asDay),
      reviewedOn: row.optional('审查日期', asDay),
      publishedOn: row.optional('公开日期', asDay),
    }),
  依申请公开: (row) =>
    whole<RequestRecord>({
      unit: row.needed('单位', asText),
      number: row.needed('编号', asText),
      receivedOn: row.needed('收到日期', asDay),
      correctionAskedOn: row.optional('补正告知日期', asDay),
      correctedOn: row.optional('补正日期', asDay),
      consultedOn: row.optional('征求意见日期', asDay),
      opinionOn: row.optional('意见收到日期', asDay),
      extendedOn: row.optional('延期告知日期', asDay),
      answeredOn: row.optional('答复日期', asDay),
      outcome: textIn(row, '结果'),
      fee: row.optional('收费', asFee),
    }),
  网上访谈: (row) => {
    const session = whole<InterviewRecord>({
      session: row.needed('期次', asText),
      unit: row.needed('单位', asText),
      start: row.needed('开始', asMoment),
      end: row.needed('结束', asMoment),
      contentOn: row.optional('内容告知日期', asDay),
      announcedOn: row.optional('预告日期', asDay),
      questionsOn: row.optional('送达日期', asDay),
      placeOn: row.optional('地点告知日期', asDay),
      peopleOn: row.optional('人员告知日期', asDay),
      planChangedOn: row.optional('计划调整告知日期', asDay),
      summaryOn: row.optional('汇总日期', asDay),
      cause: textIn(row, '特殊原因'),
    })
    if (session && written(session.end) < written(session.start)) {
      row.problem('end-before-start', '结束', { start: written(session.start), end: written(session.end) })
      return undefined
    }
    return session
  },
  年度报告: (row) => {
    const office = row.optional('主管部门', yesNo)
    return whole<ReportRecord>({
      unit: row.needed('单位', asText),
      year: row.needed('年度', asYear),
      isCompetentOffice: office === undefined ? undefined : office === 'yes',
      publishedOn: row.optional('公布日期', asDay),
    })
  },
  信息栏目: (row) =>
    whole<ColumnRecord>({
      unit: row.needed('单位', asText),
      column: row.needed('栏目', asText),
      everyDays: row.needed('更新周期', asCount),
      updatedOn: row.needed('最近更新', asDay),
    }),
  统计表: (row) =>
    whole<FigureRecord>({
      unit: row.needed('单位', asText),
      year: row.needed('年度', asYear),
      indicator: row.needed('指标', asText),
      value: row.optional('数值', asNumber),
    }),
  依申请统计: (row) =>
    whole<CarriedRecord>({
      unit: row.needed('单位', asText),
      year: row.needed('年度', asYear),
      item: row.needed('项目', asCarried),
      value: row.optional('数值', asNumber),
    }),
}

const written = ({ day, time }: Moment): `${Day} ${string}` => `${day} ${time}`

/** The records of one sheet; none where the workbook does not have it. */
function read<Kept>(name: RecordSheet, sheets: readonly Sheet[], report: Report): (Kept & InRow)[] {
  const sheet = sheets.find((each) => each.name === name)
  const table = sheet && openTable<string>(sheet, recordSheets[name], report)
  if (!table) return []
  const reader = readers[name] as (row: TableRow<string>) => Kept | undefined
  return [...table.rows].flatMap((row) => {
    const record = reader(row as TableRow<string>)
    return record === undefined ? [] : [{ ...record, row: row.number }]
  })
}

function repeatedCarried(records: Records['carried']): Records['carried'] {
  const seen = new Set<string>()
  return records.filter(({ unit, year, item }) => {
    const key = JSON.stringify([word(unit), year, item])
    return seen.has(key) || !seen.add(key)
  })
}

/** Reads the registers of a workbook, or every problem with its place (records.md). */
export function parseRecords(sheets: readonly Sheet[]): RecordsReading {
  const report = startReport()
  const records: Records = {
    disclosure: read('主动公开', sheets, report),
    requests: read('依申请公开', sheets, report),
    interviews: read('网上访谈', sheets, report),
    reports: read('年度报告', sheets, report),
    columns: read('信息栏目', sheets, report),
    figures: read('统计表', sheets, report),
    carried: read('依申请统计', sheets, report),
  }
  for (const { row, unit, indicator } of repeatedFigures(records.figures))
    report.problem('repeated-figure', '统计表', row, '指标', { unit, value: indicator })
  for (const { row, unit, item } of repeatedCarried(records.carried))
    report.problem('repeated-figure', '依申请统计', row, '项目', { unit, value: carriedWords[item][0] })
  const { problems } = report
  // A register's sheet has further columns for its page; the rules read those of records.md.
  const warnings = report.warnings.filter(({ code }) => code !== 'unknown-column')
  return report.problemCount() === 0
    ? { ok: true, records, warnings }
    : { ok: false, problems, problemCount: report.problemCount(), warnings }
}
