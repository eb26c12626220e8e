import { limits } from '../spreadsheet/limits.ts'
import type { UnpackBounds } from '../spreadsheet/package-parts.ts'
import { startReport } from '../spreadsheet/report.ts'
import { sheetNamed } from '../spreadsheet/sheet-names.ts'
import type { Sheet, SheetsReading } from '../spreadsheet/sheet.ts'
import { openSpreadsheet } from '../spreadsheet/spreadsheet.ts'
import { Unreadable } from '../spreadsheet/unreadable.ts'

interface Bounds extends Partial<UnpackBounds> {
  /** Rows of a sheet below its header; of one that has more only the header is given, and the row that is too many. */
  readonly mostRows?: number | undefined
  /** How many columns are read; without it those that the first row has. */
  readonly columns?: number
}

function within(mostRows: number | undefined, sheet: Sheet): Sheet {
  const tooMany = mostRows === undefined ? undefined : sheet.rows[mostRows + 1]
  return mostRows === undefined || !tooMany
    ? sheet
    : { ...sheet, mostRows, rows: sheet.rows.slice(0, 1), rowTooMany: tooMany.number }
}

/** Some sheets of a workbook by name, those that it has and that hold anything; or why it cannot be read. */
export async function readNamedSheets(
  bytes: Buffer,
  wanted: readonly string[],
  { mostRows, columns, unpackedBytes = limits.unpackedBytes }: Bounds = {},
): Promise<SheetsReading> {
  try {
    const spreadsheet = await openSpreadsheet(bytes, { unpackedBytes })
    const report = startReport()
    const sheets: Sheet[] = []
    for (const name of wanted) {
      const held = sheetNamed(spreadsheet.names, name, report)
      const sheet = held === undefined ? undefined : await spreadsheet.sheet(held, columns)
      if (sheet && sheet.rows.length > 0) sheets.push({ ...within(mostRows, sheet), name })
    }
    const { problems, warnings } = report
    if (report.problemCount() > 0)
      return { ok: false, problems, problemCount: report.problemCount(), warnings }
    return { ok: true, sheets, warnings }
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
