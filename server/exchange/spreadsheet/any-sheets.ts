import type { SheetsReading, Sheet } from './sheet.ts'
import { delimitedRows, separatorOf } from './delimited-text.ts'
import { openSpreadsheet } from './spreadsheet.ts'
import { textOfBytes } from './text-bytes.ts'
import { Unreadable } from './unreadable.ts'

/** What is read of a file of unknown layout; an evaluator's table of marks is far smaller. */
export const anySheetLimits = { sheets: 30, columns: 100, rows: 5000, cells: 200_000 } as const

function textSheet(bytes: Buffer): Sheet {
  const text = textOfBytes(bytes)
  if (text === null) throw new Unreadable('not-a-workbook')
  const rows = delimitedRows(text, separatorOf(text), anySheetLimits.rows + 2)
    .map((cells, index) => ({
      number: index + 1,
      cells: cells.slice(0, anySheetLimits.columns).map((cell) => (cell.trim() === '' ? undefined : cell)),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== undefined))
  return { name: 'CSV', rows, rowTooMany: rows[anySheetLimits.rows]?.number ?? null }
}

async function workbookSheets(bytes: Buffer): Promise<Sheet[]> {
  const spreadsheet = await openSpreadsheet(bytes)
  const sheets: Sheet[] = []
  for (const name of spreadsheet.names.slice(0, anySheetLimits.sheets)) {
    const sheet = await spreadsheet.sheet(name, anySheetLimits.columns)
    if (sheet.rows.length > 0) sheets.push(sheet)
  }
  return sheets
}

/** A table of text, by its name, or since it says so itself: “Unicode text” has the mark of UTF-16, whatever it is called. */
const isText = (bytes: Buffer, fileName: string): boolean =>
  /\.(csv|tsv|txt)$/i.test(fileName) || bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xfe]))

/** Every sheet that holds anything, of a workbook or of a table of text; or why the file cannot be read. */
export async function readAnySheets(bytes: Buffer, fileName: string): Promise<SheetsReading> {
  try {
    const sheets = isText(bytes, fileName) ? [textSheet(bytes)] : await workbookSheets(bytes)
    for (const { name, rows, rowTooMany } of sheets) {
      const beyond = rowTooMany ?? rows[anySheetLimits.rows]?.number
      if (beyond !== undefined) throw new Unreadable('too-many-rows', { limit: anySheetLimits.rows }, name)
    }
    const cells = sheets.flatMap(({ rows }) => rows).reduce((sum, row) => sum + row.cells.length, 0)
    if (cells > anySheetLimits.cells) throw new Unreadable('too-many-cells', { limit: anySheetLimits.cells })
    return { ok: true, sheets, warnings: [] }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { code, sheet, params } = error
    return {
      ok: false,
      problems: [{ code, sheet, row: null, column: null, params }],
      problemCount: 1,
      warnings: [],
    }
  }
}
