interface Row {
  readonly number: number
  readonly cells: readonly string[]
}

/** A, B … Z, AA: the letter of a column, from 0. */
export const columnLetter = (column: number): string =>
  (column >= 26 ? columnLetter(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26))

const rowsAbove = 2

/** A column as people find it: its letter and its header, which may stand in a merged cell above. */
export function columnTitle(rows: readonly Row[], headerRow: number, column: number): string {
  for (let number = headerRow; number >= headerRow - rowsAbove; number--) {
    const text = rows.find((row) => row.number === number)?.cells[column] ?? ''
    if (text !== '') return `${columnLetter(column)} ${text}`
  }
  return columnLetter(column)
}
