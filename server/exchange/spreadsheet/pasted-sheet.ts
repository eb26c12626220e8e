import { textOf } from './cell.ts'
import { delimitedRows } from './delimited-text.ts'
import type { Sheet } from './sheet.ts'

/** Pasted text as a sheet, each cell the text that it is; rows are numbered as pasted, from 1. */
export function pastedSheet(text: string): Sheet {
  const rows = delimitedRows(text, '\t', Infinity).map((cells, index) => ({
    number: index + 1,
    cells: cells.map((cell) => textOf(cell) || undefined),
  }))
  return {
    name: '',
    rows: rows.filter(({ cells }) => cells.some((cell) => cell !== undefined)),
    rowTooMany: null,
  }
}
