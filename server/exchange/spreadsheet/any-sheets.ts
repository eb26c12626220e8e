import { separatedRows } from './separated-rows.ts'
import type { SheetsReading, Sheet } from './sheet.ts'
import { openSpreadsheet } from './spreadsheet.ts'
import { Unreadable } from './unreadable.ts'

/** What is read of a file of unknown layout; an evaluator's table of marks is far smaller. */
export const anySheetLimits = { sheets: 30, columns: 100, rows: 5000 } as const

/** Text in UTF-8, or in the encoding that Chinese spreadsheet programs write; null when it is no text. */
function textIn(bytes: Buffer): string | null {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      return text.includes('\0') ? null : text
    } catch {
      continue
    }
  }
  return null
}

/** The first of them in the first line; a title there may hold none. */
const separatorIn = (text: string): string => /^[^\r\n]*?([\t;,])/.exec(text)?.[1] ?? ','

function csvSheet(bytes: Buffer): Sheet {
  const text = textIn(bytes)
  if (text === null) throw new Unreadable('not-a-workbook')
  const rows = separatedRows(text, separatorIn(text), anySheetLimits.rows + 1)
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

/** Every sheet that holds anything, of a workbook or of a table of text; or why the file cannot be read. */
export async function readAnySheets(bytes: Buffer, fileName: string): Promise<SheetsReading> {
  try {
    const sheets = /\.csv$/i.test(fileName) ? [csvSheet(bytes)] : await workbookSheets(bytes)
    for (const { name, rows, rowTooMany } of sheets) {
      const beyond = rowTooMany ?? rows[anySheetLimits.rows]?.number
      if (beyond !== undefined) throw new Unreadable('too-many-rows', { limit: anySheetLimits.rows }, name)
    }
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
