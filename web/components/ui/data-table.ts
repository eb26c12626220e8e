import { signed } from '../../locales/figures.ts'

/** What a column tells of a row; null where there is nothing to tell, which is not zero. */
export type Value = string | number | null

interface KindOfValue {
  /** Right-aligned, so that decimals stand below one another. */
  readonly numeric: boolean
  /** Never broken across lines. */
  readonly whole: boolean
  readonly text: (value: string | number) => string
  /** How a spreadsheet takes it. */
  readonly sheet: 'text' | 'number' | 'points' | 'day'
}

/** What the values of a column are: words, numbers of things that have one, counts, points with two decimals, or days `YYYY-MM-DD`. */
export const valueKinds = {
  text: { numeric: false, whole: false, text: String, sheet: 'text' },
  code: { numeric: false, whole: true, text: String, sheet: 'text' },
  number: {
    numeric: true,
    whole: true,
    text: (value) => signed(typeof value === 'number' ? value.toLocaleString('en-US') : value),
    sheet: 'number',
  },
  points: { numeric: true, whole: true, text: (value) => signed(String(value)), sheet: 'points' },
  day: { numeric: false, whole: true, text: String, sheet: 'day' },
} as const satisfies Readonly<Record<string, KindOfValue>>
export type ValueKind = keyof typeof valueKinds

/**
 * Where a column stands in the card that a row is on a phone: its name, beside the name at the right, in the second
 * line, below with its label, or nowhere.
 */
export const phoneRoles = ['title', 'beside', 'line', 'detail', 'hidden'] as const
export type PhoneRole = (typeof phoneRoles)[number]

export interface Column<Row> {
  /** Names the slots `cell-KEY` and `head-KEY`, and the column in the address. */
  readonly key: string
  readonly label: string
  /** What is sorted, searched and written into files, and shown where there is no slot. Without it the column holds deeds only: no file and no paper has it. */
  readonly value?: (row: Row) => Value
  readonly kind?: ValueKind
  /** A CSS width. Where every column has one, the table keeps to them. */
  readonly width?: string
  /** A click on the head sorts, this way first. */
  readonly sort?: 'up' | 'down'
  /** The search field looks here. */
  readonly searched?: boolean
  /** People may leave it out. */
  readonly optional?: boolean
  /** The row's own name, which opens it; else the title on a phone, else the first column. */
  readonly head?: boolean
  readonly phone?: PhoneRole
  /** Its drawings meet those of the next column: no room between them, and nothing moved to the right. */
  readonly joined?: boolean
  /** What the column means, told on its head. */
  readonly help?: string
  /** Stands where there is no value. */
  readonly none?: string
}

/** A restriction of the rows, kept in the address under its key. */
export type Filter<Row> = {
  readonly key: string
  readonly label: string
  /** Whether a row passes; the server asks itself where it sends the table by pages. */
  readonly fits?: (row: Row, value: string) => boolean
} & (
  | {
      readonly type: 'choice'
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      /** Words for no restriction. */
      readonly all: string
    }
  | { readonly type: 'switch' }
  /** Set by a link from another page; shown, and taken away, only while it is set. */
  | { readonly type: 'mark'; readonly words: (value: string) => string }
)

/** How a row stands out: less than the others, with a bar at its side, or as the sum of what is above it. */
export type RowLook = 'muted' | 'marked' | 'total' | undefined

export const kindOf = <Row>({ kind = 'text' }: Column<Row>): KindOfValue => valueKinds[kind]

export const isNumeric = <Row>(column: Column<Row>): boolean => kindOf(column).numeric

/** What a cell says. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  const value = column.value?.(row) ?? null
  return value === null || value === '' ? (column.none ?? '—') : kindOf(column).text(value)
}

/** The columns left when those in `hide`, keys joined with commas, are left out. */
export function shownColumns<Row>(columns: readonly Column<Row>[], hide: string): Column<Row>[] {
  const hidden = new Set(hide.split(','))
  return columns.filter(({ key, optional }) => !optional || !hidden.has(key))
}

/** The title of a row as a card. */
export const titleColumn = <Row>(columns: readonly Column<Row>[]): Column<Row> | undefined =>
  columns.find(({ phone }) => phone === 'title') ?? columns[0]

/** The row's own name in a table. */
export const headColumn = <Row>(columns: readonly Column<Row>[]): Column<Row> | undefined =>
  columns.find(({ head }) => head) ?? titleColumn(columns)

const collator = new Intl.Collator('zh', { numeric: true })

function order<Row>(column: Column<Row>, a: Value, b: Value): number {
  return isNumeric(column) ? Number(a) - Number(b) : collator.compare(String(a), String(b))
}

/** Rows by a column's key, downwards with a leading `-`; rows without a value stay behind either way. Any other word leaves them as they are. */
export function sortedRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[], sort: string): Row[] {
  const descending = sort.startsWith('-')
  const column = columns.find(({ key }) => key === (descending ? sort.slice(1) : sort))
  const value = column?.value
  if (!column || !value) return [...rows]
  return rows
    .map((row) => ({ row, value: value(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
      const upwards = order(column, a.value, b.value)
      return descending ? -upwards : upwards
    })
    .map(({ row }) => row)
}

/** Rows that pass every filter set; `chosen` gives what the address has for a filter's key. */
export const filteredRows = <Row>(
  rows: readonly Row[],
  filters: readonly Filter<Row>[],
  chosen: (key: string) => string,
): Row[] =>
  rows.filter((row) =>
    filters.every(({ key, fits }) => {
      const value = chosen(key)
      return value === '' || fits === undefined || fits(row, value)
    }),
  )

/** Rows of which a searched column fits what was typed. */
export function foundRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  fits: (text: string) => boolean,
): Row[] {
  const searched = columns.filter((column) => column.searched && column.value)
  return rows.filter((row) => searched.some((column) => fits(String(column.value?.(row) ?? ''))))
}

/** A row, or something that stands between two rows, such as a line or the head of a group. */
export type Entry<Row, Band> =
  | { readonly type: 'row'; readonly row: Row; readonly place: number }
  | { readonly type: 'band'; readonly band: Band }

/** Rows with what stands before each of them. */
export const entriesOf = <Row, Band>(
  rows: readonly Row[],
  bandsBefore: ((row: Row, before: Row | undefined) => readonly Band[]) | undefined,
): Entry<Row, Band>[] =>
  rows.flatMap((row, place): Entry<Row, Band>[] => [
    ...(bandsBefore?.(row, rows[place - 1]) ?? []).map((band) => ({ type: 'band' as const, band })),
    { type: 'row', row, place },
  ])

/** The places of the rows that lead somewhere. */
export const openingPlaces = <Row, Band>(
  entries: readonly Entry<Row, Band>[],
  to: ((row: Row) => unknown) | undefined,
): number[] =>
  entries.flatMap((entry) => (entry.type === 'row' && to?.(entry.row) !== undefined ? [entry.place] : []))

/** A table as it is shown, for a file: only columns that tell something. */
export function sheetOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]) {
  const told = columns.flatMap((column) => (column.value ? [{ column, value: column.value }] : []))
  return {
    columns: told.map(({ column }) => ({ label: column.label, format: kindOf(column).sheet })),
    rows: rows.map((row) => told.map(({ value }) => value(row))),
  }
}
