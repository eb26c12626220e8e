import { textAt, widthOf } from './heading.ts'
import type { Sheet } from './sheet.ts'

const most = { rows: 30, columns: 40, characters: 60 } as const

/** The beginning of a sheet as text, for a person to say which row and column hold what. */
export interface Excerpt {
  readonly name: string
  readonly rowCount: number
  readonly columnCount: number
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[]
}

export function excerptOf(sheet: Sheet): Excerpt {
  const columnCount = Math.min(most.columns, widthOf(sheet))
  return {
    name: sheet.name,
    rowCount: sheet.rows.length,
    columnCount,
    rows: sheet.rows.slice(0, most.rows).map((row) => ({
      number: row.number,
      cells: Array.from({ length: Math.min(row.cells.length, columnCount) }, (_, column) =>
        textAt(row, column).slice(0, most.characters),
      ),
    })),
  }
}
