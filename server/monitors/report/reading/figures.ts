import { isDecimal, type Decimal } from '../../../assessment/rational.ts'
import { indicatorKey, statisticsNames, type FigureRecord } from '../../statistics.ts'
import {
  applicantColumns,
  disputeColumns,
  disputeGroups,
  formSign,
  labelKey,
  requestRows,
  type FormSign,
  type RequestRow,
} from './forms.ts'
import { isBlank, isFigure, type Cell, type Line } from './tables.ts'
import type { Span } from './view.ts'

/** A figure in a cell; null where it is blank. */
export interface TableFigure extends Span {
  readonly value: number | null
}

/** A figure of the 统计表, with the place of its row. */
export interface PlacedFigure extends FigureRecord, Span {}

/** A row of table three, all seven columns. */
export interface ApplicantRow extends Span {
  readonly row: RequestRow
  readonly label: string
  readonly figures: readonly TableFigure[]
}

/** Five figures of table four. */
export interface DisputeRow extends Span {
  readonly group: (typeof disputeGroups)[number]
  readonly figures: readonly TableFigure[]
}

/** What the tables of a report say. */
export interface FormFigures {
  readonly signs: ReadonlySet<FormSign>
  readonly statistics: readonly PlacedFigure[]
  readonly requests: readonly ApplicantRow[]
  readonly disputes: readonly DisputeRow[]
  /** Rows of table two in the form of 2019: this year's disclosed and all disclosed, 规章 and 规范性文件. */
  readonly documents: readonly (Span & { readonly label: string; readonly figures: readonly TableFigure[] })[]
}

const plain = (text: string): string => text.replace(/[^\d.]/g, '')
const figureOf = (cell: Cell): TableFigure => ({
  start: cell.start,
  end: cell.end,
  value: isFigure(cell.text) && isDecimal(plain(cell.text)) ? Number(plain(cell.text)) : null,
})
const isUnit = (text: string): boolean => /^(?:条|件|次|篇|个|人|人次|万元|元)$/.test(text)

const statisticsByKey: ReadonlyMap<string, string> = new Map(
  [...statisticsNames].map((name) => [labelKey(name).replace(/数$/, ''), name] as const),
)

function statisticsIn(rows: readonly (readonly Cell[])[], year: number): PlacedFigure[] {
  const cells = rows.flat()
  return cells.flatMap((cell, index): PlacedFigure[] => {
    const name = statisticsByKey.get(labelKey(cell.text).replace(/数$/, ''))
    if (name === undefined) return []
    const value = cells.slice(index + 1, index + 4).find(({ text }) => !isUnit(text))
    if (!value) return []
    const digits = plain(value.text)
    const isGiven = isFigure(value.text) && isDecimal(digits)
    if (!isGiven && !isBlank(value.text)) return []
    return [
      {
        unit: '',
        year,
        indicator: name,
        value: isGiven ? (digits as Decimal) : null,
        start: cell.start,
        end: value.end,
      },
    ]
  })
}

/** The row that a label names; a label that the width of its cell broke off names it by its beginning. */
function rowOf(label: string): RequestRow | undefined {
  const key = labelKey(label)
  const whole = Object.entries(requestRows).find(([name]) => name === key)
  if (whole) return whole[1]
  return key.length < 6 ? undefined : Object.entries(requestRows).find(([name]) => name.startsWith(key))?.[1]
}

/** Rows of table three: from 本年新收 to 结转下年度, each label followed by its seven figures. */
function requestsIn(rows: readonly (readonly Cell[])[]): ApplicantRow[] {
  const found: ApplicantRow[] = []
  let current: { row: RequestRow; cell: Cell; figures: TableFigure[] } | null = null
  let isInside = false
  const close = (): void => {
    if (current === null || current.figures.length === 0) return
    const figures = [...current.figures]
    while (figures.length > applicantColumns && figures.at(-1)?.value === null) figures.pop()
    const { row, cell } = current
    current = null
    if (figures.length !== applicantColumns || figures.every(({ value }) => value === null)) return
    found.push({
      row,
      label: labelKey(cell.text),
      figures,
      start: cell.start,
      end: figures.at(-1)?.end ?? cell.end,
    })
  }
  for (const cells of rows) {
    const isFigures = cells.every(({ text }) => isFigure(text) || isBlank(text))
    if (cells.length > 1 && !isFigures) close()
    const label = cells.findLastIndex(({ text }) => !isFigure(text) && !isBlank(text))
    for (const [index, cell] of cells.entries()) {
      // Blanks before a label are cells that reach over several rows.
      if (index < label && isBlank(cell.text)) continue
      if (isFigure(cell.text) || isBlank(cell.text)) {
        current?.figures.push(figureOf(cell))
        continue
      }
      close()
      const row = rowOf(cell.text)
      const sign = formSign(cell.text)
      if (row === 'received') isInside = true
      else if (sign === 'disputes' || sign === 'disclosure') isInside = false
      if (!isInside) current = null
      else if (row !== undefined) current = { row, cell, figures: [] }
    }
  }
  close()
  return found
}

/** Table four has one row: fifteen figures behind its last header. */
function disputesIn(rows: readonly (readonly Cell[])[]): DisputeRow[] {
  const width = disputeGroups.length * disputeColumns
  const cells = rows.flat()
  const first = cells.findIndex(({ text }) => labelKey(text) === '结果维持')
  const header = cells.findLastIndex(
    ({ text }, index) =>
      first >= 0 && index >= first && index < first + 24 && !isFigure(text) && !isBlank(text),
  )
  const behind: Cell[] = []
  for (const cell of header < 0 ? [] : cells.slice(header + 1)) {
    if (!isFigure(cell.text) && !isBlank(cell.text)) break
    if (cell.text !== '' || behind.length > 0) behind.push(cell)
  }
  while (behind.length > width && behind.at(-1)?.text === '') behind.pop()
  // Headers broken over several lines are not found; the row is known by its length.
  const figures =
    behind.length === width
      ? behind
      : rows.find((row) => row.length === width && row.every(({ text }) => isFigure(text) || isBlank(text)))
  if (!figures) return []
  return disputeGroups.map((group, index) => {
    const own = figures.slice(index * disputeColumns, (index + 1) * disputeColumns).map(figureOf)
    return { group, figures: own, start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? 0 }
  })
}

function documentsOf(rows: readonly (readonly Cell[])[]): FormFigures['documents'] {
  const cells = rows.flat()
  return cells.flatMap((cell, index) => {
    if (!/^(?:规章|(?:行政)?规范性文件)$/.test(labelKey(cell.text))) return []
    const figures = cells.slice(index + 1, index + 4)
    if (figures.length < 3 || !figures.every(({ text }) => isFigure(text))) return []
    return [
      {
        label: labelKey(cell.text),
        figures: figures.map(figureOf),
        start: cell.start,
        end: figures.at(-1)?.end ?? cell.end,
      },
    ]
  })
}

/** The figures of every form that the tables of a text follow. */
export function figuresIn(lines: readonly Line[], year: number): FormFigures {
  const rows = lines.flatMap(({ isTable, cells }) => (isTable ? [cells] : []))
  const signs = new Set(rows.flat().flatMap(({ text }) => formSign(text) ?? []))
  const disputes = disputesIn(rows)
  if (disputes.length > 0) signs.add('disputes')
  return {
    signs,
    statistics: signs.has('statistics') ? statisticsIn(rows, year) : [],
    requests: signs.has('requests') ? requestsIn(rows) : [],
    disputes,
    documents: signs.has('disclosure-2019') ? documentsOf(rows) : [],
  }
}

/** A statistics figure by its name; undefined when the table has none. */
export const statistic = (figures: FormFigures, name: string): PlacedFigure | undefined =>
  figures.statistics.find(({ indicator }) => indicatorKey(indicator) === indicatorKey(name))
