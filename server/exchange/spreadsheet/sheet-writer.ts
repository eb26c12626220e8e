import ExcelJS from 'exceljs'
import { textValue, type Value } from './cell-value.ts'

export interface SheetColumn {
  readonly name: string
  /** Characters wide; a Chinese one counts as two. */
  readonly width: number
  readonly format: 'text' | 'number' | 'points' | 'day'
  readonly needed?: boolean
}

/** How Excel shows what a column holds. */
export const numberFormats: Readonly<Record<SheetColumn['format'], string>> = {
  text: '@',
  number: 'General',
  points: '0.00',
  day: 'yyyy-mm-dd',
}

const ink = 'FF1F3A5F'
const band = 'FFE8EDF3'
const neededBand = 'FFD5E0EC'

/** The look of a column's head, stronger where a value is needed. */
export const headStyle = (needed = false): Partial<ExcelJS.Style> => ({
  font: { bold: true, color: { argb: ink } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: needed ? neededBand : band } },
  alignment: { vertical: 'middle' },
  border: { bottom: { style: 'thin', color: { argb: ink } } },
  numFmt: numberFormats.text,
  protection: { locked: true },
})

/** The look of a title above a table or a text. */
export const titleFont: Partial<ExcelJS.Font> = { bold: true, size: 13, color: { argb: ink } }

/** Adds a sheet with a header row that stays in sight. */
export function addSheet(
  workbook: ExcelJS.Workbook,
  name: string,
  columns: readonly SheetColumn[],
  rows: Iterable<readonly Value[]>,
): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] })
  columns.forEach((column, index) => {
    const target = sheet.getColumn(index + 1)
    target.width = column.width
    target.style = {
      numFmt: numberFormats[column.format],
      alignment: { vertical: 'top', wrapText: column.format === 'text' && column.width > 30 },
      protection: { locked: false },
    }
  })
  const header = sheet.getRow(1)
  header.height = 22
  columns.forEach((column, index) => {
    const cell = header.getCell(index + 1)
    cell.style = headStyle(column.needed)
    cell.value = textValue(column.name)
  })
  for (const row of rows) sheet.addRow([...row])
  return sheet
}

/** Adds a sheet of sentences; those that begin with `# ` are headings. */
export function addNotes(workbook: ExcelJS.Workbook, name: string, lines: readonly string[]): void {
  const sheet = workbook.addWorksheet(name)
  sheet.getColumn(1).width = 110
  for (const line of lines) {
    const heading = line.startsWith('# ')
    const cell = sheet.addRow([]).getCell(1)
    cell.style = {
      numFmt: '@',
      alignment: { vertical: 'top', wrapText: true },
      ...(heading ? { font: titleFont } : {}),
    }
    cell.value = textValue(heading ? line.slice(2) : line)
  }
}

export const newWorkbook = (): ExcelJS.Workbook => {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = '政衡'
  return workbook
}

/** The bytes of the .xlsx file. */
export const bytesOf = async (workbook: ExcelJS.Workbook): Promise<Buffer> =>
  Buffer.from(await workbook.xlsx.writeBuffer())
