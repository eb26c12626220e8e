import ExcelJS from 'exceljs'
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { isDay } from '../../assessment/day.ts'
import { isDecimal } from '../../assessment/rational.ts'
import { dayValue, numberValue, textValue, type Value } from './cell-value.ts'
import { headStyle, numberFormats, titleFont, type SheetColumn } from './sheet-writer.ts'

/** What somebody has on screen: columns and rows in their order, days as `YYYY-MM-DD`, points as decimals. */
export interface ShownTable {
  readonly title: string
  /** Lines between title and table: where the figures come from, of which day. */
  readonly notes: readonly string[]
  readonly columns: readonly Pick<SheetColumn, 'name' | 'format'>[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** What cannot be read as the column says stays text, as it was on screen. */
const cellOf: Readonly<Record<SheetColumn['format'], (text: string) => Value>> = {
  text: textValue,
  number: (text) => (isDecimal(text) ? numberValue(text) : textValue(text)),
  points: (text) => (isDecimal(text) ? numberValue(text) : textValue(text)),
  day: (text) => (isDay(text) ? dayValue(text) : textValue(text)),
}

const looked = 200
const [narrowest, widest] = [8, 48]

/** As wide as the longest of the first rows; a Chinese character counts as two. */
function widthOf(texts: Iterable<string>): number {
  let width = narrowest
  for (const text of texts)
    width = Math.max(
      width,
      [...text].reduce((sum, at) => sum + (at > 'ÿ' ? 2 : 1), 2),
    )
  return Math.min(width, widest)
}

const rowsAtOnce = 500

/** Writes a table as people see it into an .xlsx file: title and notes, a head that stays in sight and filters. Other work goes on meanwhile. */
export async function writeShownTable({ title, notes, columns, rows }: ShownTable): Promise<Buffer> {
  const out = new PassThrough()
  const chunks: Buffer[] = []
  out.on('data', (chunk: Buffer) => chunks.push(chunk))
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true })
  const head = notes.length + 2
  const sheet = workbook.addWorksheet('Sheet1', { views: [{ state: 'frozen', ySplit: head }] })
  columns.forEach(({ name, format }, index) => {
    const column = sheet.getColumn(index + 1)
    const shown = rows.slice(0, looked).map((row) => String(row[index] ?? ''))
    column.width = widthOf([name, ...shown])
    column.style = {
      numFmt: numberFormats[format],
      alignment: { vertical: 'top', wrapText: format === 'text' && column.width >= widest },
    }
  })
  ;[title, ...notes].forEach((line, index) => {
    const row = sheet.addRow([textValue(line)])
    row.getCell(1).style = { numFmt: numberFormats.text, ...(index === 0 ? { font: titleFont } : {}) }
    row.commit()
  })
  const header = sheet.addRow(columns.map(({ name }) => textValue(name)))
  columns.forEach((_, index) => (header.getCell(index + 1).style = headStyle()))
  header.commit()
  for (const [index, row] of rows.entries()) {
    const cells = columns.map(({ format }, at) => {
      const value = row[at] ?? null
      return typeof value === 'string' ? cellOf[format](value) : value
    })
    sheet.addRow(cells).commit()
    if (index % rowsAtOnce === rowsAtOnce - 1) await setImmediate()
  }
  sheet.autoFilter = { from: { row: head, column: 1 }, to: { row: head, column: columns.length } }
  sheet.commit()
  await workbook.commit()
  return Buffer.concat(chunks)
}
