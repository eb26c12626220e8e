import { isDay } from '../../assessment/day.ts'
import { textOf, type Cell } from '../spreadsheet/cell.ts'
import { pastedSheet, pastedText } from '../spreadsheet/pasted-sheet.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'

import { ledgerColumns } from './sheet-columns.ts'

const written = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/

/** A pasted cell: a date as spreadsheets show one becomes a day, anything else stays text. */
function cellOf(text: string): Cell | undefined {
  const value = pastedText(text)
  const [, year, month = '', day = ''] = written.exec(value?.normalize('NFKC') ?? '') ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return year !== undefined && isDay(date) ? { day: date } : value
}

const headers = Object.keys(ledgerColumns)
/** The order without a header: that of the ledger sheet without 档次, for which a header is needed; 编号 may be left out. */
const withNumber = headers.filter((name) => name !== '档次')
const unnumbered = withNumber.filter((name) => name !== '编号')

/** How many columns stand before 单位 in rows without a header: the second needed column tells, being a deduction kind. */
const startsWithNumber = (rows: readonly string[][], kinds: ReadonlySet<string>): boolean =>
  rows.some((cells) => kinds.has(textOf(cells[2] ?? ''))) &&
  !rows.some((cells) => kinds.has(textOf(cells[1] ?? '')))

/** Pasted text as a ledger sheet. `kinds` are the names of the deduction kinds. Stops at `limit` rows. */
export const pastedLedger = (text: string, kinds: ReadonlySet<string>, limit: number): Sheet =>
  pastedSheet(text, {
    headers,
    order: (rows) => (startsWithNumber(rows, kinds) ? withNumber : unnumbered),
    cell: cellOf,
    limit,
  })
