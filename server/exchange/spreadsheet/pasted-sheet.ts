import { textOf, word, type Cell } from './cell.ts'
import { delimitedRows } from './delimited-text.ts'
import type { Sheet } from './sheet.ts'
import { headerOf } from './table.ts'

type SheetRow = Sheet['rows'][number]

interface Reading {
  /** Headers that may stand in the first row; two of them make it a header row. */
  readonly headers: readonly string[]
  /** The columns of rows without a header. */
  readonly order: (rows: readonly string[][]) => readonly string[]
  readonly cell: (text: string) => Cell | undefined
  /** Rows beyond it are not read. */
  readonly limit: number
}

/** Pasted text as a sheet, with a header row or without; rows are numbered as pasted, from 1. */
export function pastedSheet(text: string, { headers, order, cell, limit }: Reading): Sheet {
  const split = delimitedRows(text, '\t', Infinity)
  const numbered = split.map((cells, index) => ({ cells, number: index + 1 }))
  const filled = numbered.filter(({ cells }) => cells.some((each) => textOf(each) !== ''))
  const known = new Set(headers.map(word))
  const hasHeader = (filled[0]?.cells ?? []).filter((each) => known.has(headerOf(each))).length >= 2
  const rows = filled.map(({ cells, number }): SheetRow => ({ number, cells: cells.map(cell) }))
  const held = rows.slice(0, limit + (hasHeader ? 1 : 0))
  return {
    name: '',
    rows: hasHeader ? held : [{ number: 0, cells: order(split) }, ...held],
    rowTooMany: rows[held.length]?.number ?? null,
  }
}

/** A pasted cell as the text that it is; undefined when blank. */
export const pastedText = (text: string): string | undefined => textOf(text) || undefined
