import type { Day } from '../../assessment/day.ts'
import type { Decimal, Hundredths } from '../../assessment/rational.ts'
import { pointsOf } from '../../assessment/typed.ts'
import type { Params } from './place.ts'
import { type Cell, dayIn, momentOf, numberIn, textOf, uncomputed, word } from './cell.ts'
import { limits } from './limits.ts'
import type { ProblemCode } from './messages.ts'
import type { Report } from './report.ts'
import type { Column } from './column.ts'
import type { Sheet } from './sheet.ts'

/** Why a cell does not hold what its column asks for. */
interface Refusal {
  readonly refused: ProblemCode
  readonly params: Params
}

/** Turns a cell into a value, or says why it cannot. */
export type Parser<Value> = (cell: Cell) => { readonly value: Value } | Refusal

const refuse = (refused: ProblemCode, cell: Cell, params: Params = {}): Refusal => ({
  refused,
  params: { value: textOf(cell), ...params },
})

export const asText: Parser<string> = (cell) => ({ value: textOf(cell).normalize('NFC') })

export const asDay: Parser<Day> = (cell) => {
  const read = dayIn(cell)
  return 'value' in read ? read : refuse(read.refused, cell)
}

/** A day with its time of day; midnight where none is written. */
export const asMoment: Parser<{ readonly day: Day; readonly time: string }> = (cell) => {
  const value = momentOf(cell)
  return value === null ? refuse('not-a-moment', cell) : { value }
}

export const asNumber: Parser<Decimal> = (cell) => {
  const read = numberIn(cell)
  if ('value' in read) return read
  return read.refused === 'odd-comma'
    ? refuse(read.refused, cell, { offer: read.offer })
    : refuse(read.refused, cell)
}

export const asCount: Parser<number> = (cell) => {
  const read = asNumber(cell)
  if (!('value' in read)) return read
  const most = 3660
  return /^\d+$/.test(read.value) && Number(read.value) <= most
    ? { value: Number(read.value) }
    : refuse('not-a-whole-number', cell, { most })
}

const mostPoints = 1_000_000

/** A number with at most two decimals, in hundredths. */
export const asHundredths: Parser<Hundredths> = (cell) => {
  const read = asNumber(cell)
  if (!('value' in read)) return read
  const { value } = read
  const points = pointsOf(value)
  if (points === null) return refuse('too-many-decimals', cell)
  if (Math.abs(Number(value)) > mostPoints) return refuse('too-large-number', cell, { most: mostPoints })
  return { value: points }
}

/** The key whose word it is. */
export function asWord<Key extends string>(words: Readonly<Record<Key, string>>): Parser<Key> {
  const keys = new Map((Object.entries(words) as [Key, string][]).map(([key, text]) => [word(text), key]))
  return (cell) => {
    const value = keys.get(word(textOf(cell)))
    return value === undefined
      ? refuse('unknown-word', cell, { words: Object.values(words).join('、') })
      : { value }
  }
}

/** The same, but refusing some values for a reason of their own. */
export function unless<Value>(
  parser: Parser<Value>,
  refused: ProblemCode,
  test: (value: Value) => boolean,
): Parser<Value> {
  return (cell) => {
    const parsed = parser(cell)
    return 'value' in parsed && test(parsed.value) ? refuse(refused, cell) : parsed
  }
}

/** A number with at most four decimals: marks. */
export const asMarksNumber: Parser<Decimal> = (cell) => {
  const read = asNumber(cell)
  return 'value' in read && (read.value.split('.')[1] ?? '').length > 4
    ? refuse('too-many-mark-decimals', cell)
    : read
}

/** Points, not below 0. */
export const asPoints = unless(asHundredths, 'negative', (value) => value < 0)
/** One row, read by column name. */
export interface TableRow<Name extends string> {
  readonly number: number
  isBlank(name: Name): boolean
  /** The value; null when blank; undefined when a problem was reported instead. */
  optional<Value>(name: Name, parser: Parser<Value>): Value | null | undefined
  /** The value; undefined when a problem was reported instead. */
  needed<Value>(name: Name, parser: Parser<Value>): Value | undefined
  problem(code: ProblemCode, name: Name | null, params?: Params): void
}

export interface Table<Name extends string> {
  readonly sheet: string
  readonly rows: Iterable<TableRow<Name>>
  has(name: Name): boolean
}

/** A header as it is looked up. */
export const headerOf = (cell: Cell): string => word(textOf(cell)).replace(/\*+$/, '')

/**
 * Reads a sheet by its headers, in any order. Reports missing and repeated headers and too many rows, warns of unknown
 * headers; undefined when a needed header is missing.
 */
export function openTable<Name extends string>(
  sheet: Sheet,
  columns: Readonly<Record<Name, Column>>,
  report: Report,
): Table<Name> | undefined {
  const known = new Map<string, Name>(
    (Object.keys(columns) as Name[]).flatMap((name) =>
      [name, ...(columns[name].aliases ?? [])].map((header) => [word(header), name] as const),
    ),
  )
  const at = new Map<Name, number>()
  const header = sheet.rows[0]
  let usable = true

  header?.cells.forEach((cell, index) => {
    if (cell === undefined) return
    const name = known.get(headerOf(cell))
    if (name === undefined) report.warn('unknown-column', sheet.name, header.number, textOf(cell))
    else if (at.has(name)) {
      report.problem('duplicate-column', sheet.name, header.number, name)
      usable = false
    } else at.set(name, index)
  })
  for (const name of Object.keys(columns) as Name[]) {
    // Headers alone say nothing, so they lack nothing.
    if (!columns[name].needed || at.has(name) || sheet.rows.length === 1) continue
    report.problem('missing-column', sheet.name, header?.number ?? 1, name)
    usable = false
  }
  if (sheet.rowTooMany !== null) {
    report.problem('too-many-rows', sheet.name, sheet.rowTooMany, null, {
      limit: sheet.mostRows ?? limits.rows,
    })
    usable = false
  }
  if (!usable) return undefined

  function rowOf({ number, cells }: Sheet['rows'][number]): TableRow<Name> {
    const cellAt = (name: Name): Cell | undefined => {
      const column = at.get(name)
      return column === undefined ? undefined : cells[column]
    }
    const row: TableRow<Name> = {
      number,
      isBlank: (name) => cellAt(name) === undefined,
      optional: (name, parser) => {
        const cell = cellAt(name)
        if (cell === undefined) return null
        if (typeof cell === 'object' && 'fault' in cell) {
          if (cell.fault === uncomputed) row.problem('uncomputed-formula', name)
          else row.problem('fault-cell', name, { value: cell.fault })
          return undefined
        }
        const parsed = parser(cell)
        if ('value' in parsed) return parsed.value
        row.problem(parsed.refused, name, parsed.params)
        return undefined
      },
      needed: (name, parser) => {
        const value = row.optional(name, parser)
        if (value === null) row.problem('blank-cell', name)
        return value ?? undefined
      },
      problem: (code, name, params) => report.problem(code, sheet.name, number, name, params),
    }
    return row
  }

  const inHeader = new Set(at.values())
  return {
    sheet: sheet.name,
    has: (name) => at.has(name),
    rows: {
      *[Symbol.iterator]() {
        for (const row of sheet.rows.slice(1)) {
          // A row with something only beneath unknown headers says nothing.
          if (row.cells.some((cell, index) => cell !== undefined && inHeader.has(index))) yield rowOf(row)
        }
      },
    },
  }
}
