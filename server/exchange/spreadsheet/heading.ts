import { textOf } from './cell.ts'
import type { Sheet } from './sheet.ts'

/** Rows in which a header may stand, below titles; and the rows above it that may hold the text of a merged header cell. */
export const headerWithin = 30
const headerHeight = 2

/** The text of a cell; empty where there is none. */
export const textAt = (row: Sheet['rows'][number] | undefined, column: number): string => {
  const cell = row?.cells[column]
  return cell === undefined ? '' : textOf(cell)
}

/** The header of a column: the cell in the header row, or the one above it where headers are merged over two rows. */
export function headerText(sheet: Sheet, headerRow: number, column: number): string {
  for (let row = headerRow; row >= headerRow - headerHeight && row > 0; row--) {
    const text = textAt(
      sheet.rows.find(({ number }) => number === row),
      column,
    )
    if (text !== '') return text
  }
  return ''
}

/** How many columns any of the rows has. */
export const widthOf = ({ rows }: Sheet): number =>
  rows.reduce((width, { cells }) => Math.max(width, cells.length), 0)

/** A, B … Z, AA: the letter of a column, from 0. */
export function columnLetter(column: number): string {
  const first = Math.floor(column / 26)
  return (first > 0 ? columnLetter(first - 1) : '') + String.fromCharCode(65 + (column % 26))
}
