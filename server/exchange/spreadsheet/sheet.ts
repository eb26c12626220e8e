import type { Problem, Warning } from './messages.ts'
import { isDay } from '../../assessment/day.ts'
import { type Cell, dayOfSerial, percentShown, timeOfSerial, uncomputed } from './cell.ts'
import { limits } from './limits.ts'
import { restored, textCollector } from './cell-text.ts'
import type { PartBytes } from './package-parts.ts'
import { scanXml } from './xml.ts'

interface SheetRow {
  /** From 1, as shown at the edge of the sheet. */
  readonly number: number
  /** By column from 0; sparse. */
  readonly cells: readonly (Cell | undefined)[]
}

export interface Sheet {
  readonly name: string
  /** Rows that hold anything, in order; columns beyond the first such row's are left out, unless a width is given. */
  readonly rows: readonly SheetRow[]
  /** The row that was one too many; reading stopped there. */
  readonly rowTooMany: number | null
  /** How many rows may follow the header, where that is fewer than in any workbook. */
  readonly mostRows?: number
}

/** What a cell's number format makes of its number. */
export interface CellStyle {
  readonly isDate: boolean
  /** Null when it shows no percentage. */
  readonly percentDigits: number | null
}

/** What cells refer to. */
export interface Context {
  readonly strings: readonly string[]
  readonly styles: readonly CellStyle[]
  readonly from1904: boolean
}

/** A date cell in ISO form, with or without its time. */
function isoDate(value: string): Cell {
  const [day = '', time = ''] = value.split(/[T ]/)
  if (!isDay(day)) return value
  const [, clock = ''] = /^(\d{2}:\d{2}(?::\d{2})?)/.exec(time) ?? []
  return clock === '' || clock.startsWith('00:00') ? { day } : { day, time: clock.padEnd(8, ':00') }
}

/** What a cell holds, from its type, style and value as written. */
function cellOf(
  type: string,
  style: number,
  value: string,
  text: string,
  formula: boolean,
  context: Context,
): Cell | undefined {
  if (type === 's') return context.strings[Number(value)] || undefined
  if (type === 'inlineStr') return text || undefined
  if (type === 'str') return restored(value) || (formula ? '' : undefined)
  if (value === '') return formula ? { fault: uncomputed } : undefined
  if (type === 'b') return value === '1' || value === 'true'
  if (type === 'e') return { fault: value }
  if (type === 'd') return isoDate(value)
  const number = Number(value)
  if (!Number.isFinite(number)) return { fault: value }
  const { isDate = false, percentDigits = null } = context.styles[style] ?? {}
  if (percentDigits !== null && Math.abs(number) < 1e12) return percentShown(number, percentDigits)
  const { time, isNextDay } = timeOfSerial(number)
  const day = isDate ? dayOfSerial(isNextDay ? Math.ceil(number) : number, context.from1904) : undefined
  if (day === undefined) return number
  return time === '00:00:00' ? { day } : { day, time }
}

const columnPattern = /^([A-Z]{1,3})(\d{1,7})$/

/** The column, from 0, that a reference such as AB12 names; undefined when it is none. */
function columnOf(reference: string): number | undefined {
  const letters = columnPattern.exec(reference)?.[1]
  if (letters === undefined) return undefined
  let column = 0
  for (let index = 0; index < letters.length; index++) column = column * 26 + letters.charCodeAt(index) - 64
  return column - 1
}

const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '')

/** Reads the rows of a sheet, all their columns below `columns` where that is given. Throws Unreadable when it is damaged. */
export async function readSheet(
  name: string,
  bytes: PartBytes,
  context: Context,
  columns?: number,
): Promise<Sheet> {
  const rows: SheetRow[] = []
  const collector = textCollector()
  let rowTooMany: number | null = null
  let rowNumber = 0
  let cells: (Cell | undefined)[] = []
  let filled = false
  let width = columns ?? Infinity
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let formula = false
  let inValue = false

  function endRow(): void {
    if (!filled) return
    if (rows.length === 0) width = columns ?? cells.length
    else if (rows.length > limits.rows) rowTooMany = rowNumber
    rows.push({ number: rowNumber, cells })
  }

  await scanXml(bytes, {
    open: (element, attributes) => {
      if (rowTooMany !== null) return false
      collector.open(element, attributes)
      switch (element) {
        case 'row':
          rowNumber = Number(attributes.r ?? rowNumber + 1)
          cells = []
          filled = false
          column = -1
          break
        case 'c':
          column = columnOf(attributes.r ?? '') ?? column + 1
          type = attributes.t ?? 'n'
          style = Number(attributes.s ?? 0)
          value = ''
          formula = false
          break
        case 'v':
          inValue = true
          break
        case 'f':
          formula = true
          break
      }
      return true
    },
    text: (piece) => {
      if (inValue) value += piece
      else collector.text(piece)
    },
    close: (element) => {
      collector.close(element)
      if (element === 'v') inValue = false
      else if (element === 'row') endRow()
      else if (element === 'c') {
        const text = collector.take()
        if (column >= width) return
        const cell = cellOf(type, style, value, text, formula, context)
        if (isBlank(cell)) return
        cells[column] = cell
        filled = true
      }
    },
  })
  return { name, rows, rowTooMany }
}

/** Sheets, or why the file cannot be read. */
export type SheetsReading =
  | { readonly ok: true; readonly sheets: readonly Sheet[]; readonly warnings: readonly Warning[] }
  | {
      readonly ok: false
      /** In the order of the file; bounded, see `problemCount`. */
      readonly problems: readonly Problem[]
      readonly problemCount: number
      readonly warnings: readonly Warning[]
    }
