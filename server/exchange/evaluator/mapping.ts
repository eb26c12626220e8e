import type { Decimal } from '../../assessment/rational.ts'
import type { Dimension, ExternalComponent } from '../../assessment/rule/scheme.ts'
import { numberOf, textOf, word, type Cell } from '../spreadsheet/cell.ts'
import { headerText, headerWithin, textAt, widthOf } from '../spreadsheet/heading.ts'
import type { Conversion } from './conversion.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'

/** A column of marks, from 0, and out of how many full marks they are given. */
export interface MarkColumn {
  readonly column: number
  readonly full: Decimal
}

/** How an evaluator's file is read. */
export interface ColumnMapping {
  readonly sheet: string
  /** As the spreadsheet program numbers it. */
  readonly headerRow: number
  readonly unit: number
  readonly total: MarkColumn | null
  readonly dimensions: readonly (MarkColumn & { readonly key: string })[]
  /** Which one counts where a total differs from the sum of its dimensions; null = neither, that is an error. */
  readonly holds: 'total' | 'dimensions' | null
  /** In proportion to full marks where nothing is said. */
  readonly conversion?: Conversion
  /** What a person said that names in the file mean; a null unit is left out. */
  readonly names: readonly { readonly written: string; readonly unitId: string | null }[]
}

/** A mapping with the headers that it was chosen by, so that it finds its columns again in the next file. */
export interface RememberedMapping {
  readonly mapping: ColumnMapping
  readonly headers: {
    readonly unit: string
    readonly total: string | null
    readonly dimensions: readonly string[]
  }
}

type Row = Sheet['rows'][number]

const unitHeader = /单位|考核对象|评估对象|部门|地区|县区|县（市|机构|名称/
const markHeader = /得分|总分|评分|成绩|分数|总评|合计|分值/
/** Headers of columns that hold something else than marks. */
export const isRankHeader = (header: string): boolean =>
  /名次|排名|位次|排序|序号|编号|等次|等级|档次|权重|占比|满分|电话|日期/.test(word(header)) &&
  !/得分|成绩/.test(word(header))

const isNumeric = (cell: Cell | undefined): boolean => cell !== undefined && numberOf(cell) !== undefined
const below = (sheet: Sheet, headerRow: number): Row[] =>
  sheet.rows.filter(({ number }) => number > headerRow)

/** Sheet and column that name the most participants; undefined when none does. */
function unitColumn(sheets: readonly Sheet[], names: ReadonlySet<string>) {
  let best: { sheet: Sheet; column: number; count: number; firstRow: number } | undefined
  for (const sheet of sheets) {
    const counts = new Map<number, { count: number; firstRow: number }>()
    for (const { number, cells } of sheet.rows) {
      cells.forEach((cell, column) => {
        if (cell === undefined || !names.has(word(textOf(cell)))) return
        const held = counts.get(column) ?? { count: 0, firstRow: number }
        counts.set(column, { ...held, count: held.count + 1 })
      })
    }
    for (const [column, { count, firstRow }] of counts)
      if (!best || count > best.count) best = { sheet, column, count, firstRow }
  }
  return best
}

/** The header row and column of units by their words, where no name is known. */
function unitColumnByHeader(sheets: readonly Sheet[]) {
  for (const sheet of sheets) {
    for (const { number, cells } of sheet.rows.slice(0, headerWithin)) {
      const column = cells.findIndex((cell) => cell !== undefined && unitHeader.test(textOf(cell)))
      const filled = cells.filter((cell) => cell !== undefined).length
      if (column !== -1 && filled > 1) return { sheet, column, headerRow: number }
    }
  }
  return undefined
}

/** The last row above a row that holds words beside the column of units and no number; a heading of a group holds nothing beside it. */
function headerAbove(sheet: Sheet, unit: number, firstRow: number): number {
  const header = sheet.rows.findLast(
    ({ number, cells }) =>
      number < firstRow &&
      !cells.some(isNumeric) &&
      cells.some((cell, column) => cell !== undefined && column > 0 && column !== unit),
  )
  return header?.number ?? Math.max(1, firstRow - 1)
}

/** The full marks that a header names, as in 得分（满分120分） or 信息公开(50). */
function fullInHeader(header: string): Decimal | null {
  const text = word(header)
  return (
    /满分[:为]?(\d+(?:\.\d+)?)/.exec(text)?.[1] ??
    /\((?:共)?(\d+(?:\.\d+)?)分?(?:制|满分)?\)/.exec(text)?.[1] ??
    null
  )
}

/** The full marks in a row named 满分 or 分值. */
function fullInRow(sheet: Sheet, unit: number, column: number): Decimal | null {
  const row = sheet.rows.find((row) => /^(满分|分值|总分值)$/.test(word(textAt(row, unit))))
  const cell = row?.cells[column]
  return cell === undefined ? null : (numberOf(cell) ?? null)
}

const usualFulls = [100, 110, 120, 150, 200, 300, 500, 1000]
/** Of so many marks one above the full marks is a slip, told as such, and says nothing of how the others were given. */
const oneSlipIn = 10

function guessedFull(sheet: Sheet, headerRow: number, unit: number, column: number, full: Decimal): Decimal {
  const named = fullInHeader(headerText(sheet, headerRow, column)) ?? fullInRow(sheet, unit, column)
  if (named !== null && Number(named) > 0) return named
  const marks = below(sheet, headerRow).flatMap(({ cells }) => {
    const cell = cells[column]
    return cell === undefined ? [] : [Number(numberOf(cell) ?? 0)]
  })
  const above = marks.filter((mark) => mark > Number(full))
  if (above.length * oneSlipIn <= marks.length) return full
  const most = Math.max(...above)
  return String(usualFulls.find((one) => one >= most) ?? Math.ceil(most))
}

/** How likely a header is that of the marks that count; 0 = not at all. */
function markLikelihood(header: string): number {
  const text = word(header)
  if (isRankHeader(text)) return 0
  if (/总得分|最终|总分|总评|综合|合计/.test(text)) return 3
  return markHeader.test(text) ? 2 : 1
}

const dimensionFor = (header: string, dimensions: readonly Dimension[]): Dimension | undefined => {
  const text = word(header)
  if (text === '') return undefined
  return dimensions.find(({ name }) => text.includes(word(name)) || word(name).includes(text))
}

/** Whether the numbers are the ranks 1, 2, 3 … of a list, rather than marks. */
export function looksLikeRanks(marks: readonly Decimal[]): boolean {
  const places = new Set(marks)
  return marks.length >= 5 && marks.every((_, index) => places.has(String(index + 1)))
}

/** The best guess at how a file is read, from its headers and from the names of the participants; null when nothing in it looks like units. */
export function guessMapping(
  sheets: readonly Sheet[],
  component: Pick<ExternalComponent, 'full' | 'dimensions'>,
  participants: readonly string[],
): ColumnMapping | null {
  const named = unitColumn(sheets, new Set(participants.map(word)))
  const headed = named ? undefined : unitColumnByHeader(sheets)
  const found = named ?? headed
  if (!found) return null
  const { sheet, column: unit } = found
  const headerRow = headed?.headerRow ?? headerAbove(sheet, unit, named?.firstRow ?? 1)
  const data = below(sheet, headerRow)
  const columns = Array.from({ length: widthOf(sheet) }, (_, column) => column).filter((column) => {
    const filled = data.filter(({ cells }) => cells[column] !== undefined)
    const marks = filled.flatMap(({ cells }) => numberOf(cells[column] ?? '') ?? [])
    return (
      column !== unit &&
      marks.length > 0 &&
      filled.filter(({ cells }) => isNumeric(cells[column])).length * 2 > filled.length &&
      !isRankHeader(headerText(sheet, headerRow, column)) &&
      !looksLikeRanks(marks)
    )
  })
  const fullOf = (column: number, full: Decimal): Decimal => guessedFull(sheet, headerRow, unit, column, full)
  const taken = new Set<number>()
  const dimensions = component.dimensions.flatMap(({ key, full }) => {
    const column = columns.find(
      (one) =>
        !taken.has(one) && dimensionFor(headerText(sheet, headerRow, one), component.dimensions)?.key === key,
    )
    if (column === undefined) return []
    taken.add(column)
    return [{ key, column, full: fullOf(column, full) }]
  })
  const complete = dimensions.length === component.dimensions.length
  const rest = columns
    .filter((column) => !taken.has(column))
    .map((column) => ({ column, likelihood: markLikelihood(headerText(sheet, headerRow, column)) }))
    // Of equally likely ones the last, since totals stand at the end.
    .sort((a, b) => b.likelihood - a.likelihood || b.column - a.column)
  const total = rest.find(({ likelihood }) => likelihood >= (complete && dimensions.length > 0 ? 2 : 1))
  return {
    sheet: sheet.name,
    headerRow,
    unit,
    total: total ? { column: total.column, full: fullOf(total.column, component.full) } : null,
    dimensions: complete ? dimensions : [],
    holds: null,
    names: [],
  }
}

/**
 * What is kept of a mapping for the evaluator's next file. That a unit's own row was left out concerns this file alone; `units` are the names of
 * those that take part.
 */
export function rememberMapping(
  mapping: ColumnMapping,
  sheet: Sheet,
  units: readonly string[],
): RememberedMapping {
  const own = new Set(units.map(word))
  const header = (column: number): string => headerText(sheet, mapping.headerRow, column)
  return {
    mapping: {
      ...mapping,
      names: mapping.names.filter(({ written, unitId }) => unitId !== null || !own.has(word(written))),
    },
    headers: {
      unit: header(mapping.unit),
      total: mapping.total && header(mapping.total.column),
      dimensions: mapping.dimensions.map(({ column }) => header(column)),
    },
  }
}

/** The remembered mapping on another file of the same evaluator, whose columns may have moved; null when its headers are not there. */
export function applyRemembered(
  { mapping, headers }: RememberedMapping,
  sheets: readonly Sheet[],
): ColumnMapping | null {
  const ordered = [...sheets].sort(
    (a, b) => Number(b.name === mapping.sheet) - Number(a.name === mapping.sheet),
  )
  for (const sheet of ordered) {
    const rows = sheet.rows.slice(0, headerWithin).map(({ number }) => number)
    // Where it stood before is looked at first, since the same words may stand in a title above.
    for (const headerRow of [mapping.headerRow, ...rows]) {
      const at = (header: string | null, before: number): number => {
        if (header === null || header === '') return -1
        const wanted = word(header)
        const holds = (column: number) => word(headerText(sheet, headerRow, column)) === wanted
        if (holds(before)) return before
        return Array.from({ length: widthOf(sheet) }, (_, column) => column).findIndex(holds)
      }
      const unit = at(headers.unit, mapping.unit)
      const total = mapping.total && at(headers.total, mapping.total.column)
      const dimensions = mapping.dimensions.map(({ column }, index) =>
        at(headers.dimensions[index] ?? null, column),
      )
      if ([unit, total ?? 0, ...dimensions].includes(-1)) continue
      return {
        ...mapping,
        sheet: sheet.name,
        headerRow,
        unit,
        total: mapping.total && { ...mapping.total, column: total ?? 0 },
        dimensions: mapping.dimensions.map((one, index) => ({ ...one, column: dimensions[index] ?? 0 })),
      }
    }
  }
  return null
}
