import { isDay } from '../../assessment/day.ts'
import { textOf, word, type Cell } from '../spreadsheet/cell.ts'
import { delimitedRows } from '../spreadsheet/delimited-text.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'

import { ledgerColumns } from './sheet-columns.ts'

type SheetRow = Sheet['rows'][number]

const written = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

/** A pasted cell: a date as spreadsheets show one becomes a day, anything else stays text. */
function cellOf(text: string): Cell | undefined {
  const value = textOf(text)
  if (value === '') return undefined
  const [, year, month = '', day = ''] = written.exec(value.normalize('NFKC')) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return year !== undefined && isDay(date) ? { day: date } : value
}

const names = Object.keys(ledgerColumns)
const known = new Set(names.map(word))
/** The order without a header: that of the ledger sheet without 档次, for which a header is needed; 编号 may be left out. */
const withNumber = names.filter((name) => name !== '档次')
const unnumbered = withNumber.filter((name) => name !== '编号')

/** How many columns stand before 单位 in rows without a header: the second needed column tells, being a deduction kind. */
const startsWithNumber = (rows: readonly string[][], kinds: ReadonlySet<string>): boolean =>
  rows.some((cells) => kinds.has(textOf(cells[2] ?? ''))) &&
  !rows.some((cells) => kinds.has(textOf(cells[1] ?? '')))

/**
 * Pasted text as a ledger sheet, with a header row or without; rows are numbered as pasted, from 1. `kinds` are the names of
 * the deduction kinds. Stops at `limit` rows.
 */
export function pastedLedger(text: string, kinds: ReadonlySet<string>, limit: number): Sheet {
  const split = delimitedRows(text, '\t', Infinity)
  const numbered = split.map((cells, index) => ({ cells, number: index + 1 }))
  const filled = numbered.filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''))
  const first = filled[0]?.cells ?? []
  const hasHeader = first.filter((cell) => known.has(word(cell).replace(/\*+$/, ''))).length >= 2
  const header: SheetRow = {
    number: 0,
    cells: startsWithNumber(split, kinds) ? withNumber : unnumbered,
  }
  const rows = filled.map(({ cells, number }): SheetRow => ({ number, cells: cells.map(cellOf) }))
  const held = rows.slice(0, limit + (hasHeader ? 1 : 0))
  return {
    name: '',
    rows: hasHeader ? held : [header, ...held],
    rowTooMany: rows[held.length]?.number ?? null,
  }
}
