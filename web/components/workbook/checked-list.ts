/** How one table was read: the header row and, by name, the columns that hold what, from 0. */
export interface Layout {
  readonly sheet: string
  readonly headerRow: number | null
  readonly columns: Readonly<Record<string, number>>
}

/** The beginning of a sheet. */
export interface Excerpt {
  readonly name: string
  readonly columnCount: number
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[]
}

export interface Tables {
  readonly layouts: readonly (Layout & { readonly headings: Readonly<Record<string, string>> })[]
  readonly sheets: readonly Excerpt[]
}

/** What a text in a column means: in one row, or wherever it stands. */
export interface Meaning {
  readonly column: string
  readonly written: string
  readonly means: string
  readonly row: number | null
}

/** What a person said of a table, as the server takes it. */
export interface Said {
  readonly layouts?: readonly Layout[]
  readonly meanings: readonly Meaning[]
  readonly leftOut: readonly { readonly sheet: string; readonly row: number }[]
}

export const nothingSaid: Said = { meanings: [], leftOut: [] }

/** A row as the server tells of it. */
export interface CheckedRow {
  readonly outcome: string
  readonly sheet?: string
  readonly row?: number | null
  readonly column?: string | null
  readonly message?: string
  /** What stands in the cell in question, and what may have been meant; `lasts`: also in the next table. */
  readonly written?: string
  readonly offers?: readonly string[]
  readonly lasts?: boolean
}

/** What the server says of a pasted list. */
export interface CheckedRows {
  readonly rows: readonly CheckedRow[]
  readonly counts: { readonly new: number }
  /** How the tables were read, where columns may be chosen. */
  readonly tables?: Tables
}

/** Whether all that is to be settled is: rows that are left out do not keep the others waiting. */
export const isWritable = ({ rows, counts }: CheckedRows): boolean =>
  counts.new > 0 && rows.every(({ outcome }) => outcome === 'new' || outcome === 'left-out')

/** Rows with the same question, which one answer settles. */
export interface Question {
  readonly key: string
  readonly column: string | null
  readonly written: string
  readonly message: string
  readonly offers: readonly string[]
  readonly lasts: boolean
  readonly rows: readonly { readonly sheet: string; readonly row: number }[]
}

/** What has to be settled: the same text in the same column is asked for once, a blank cell for each row. */
export function questionsIn(rows: readonly CheckedRow[]): Question[] {
  const asked = new Map<string, Question>()
  for (const {
    outcome,
    sheet = '',
    row,
    column = null,
    written = '',
    message = '',
    offers = [],
    lasts,
  } of rows) {
    if (outcome === 'new' || outcome === 'left-out' || row == null) continue
    const key = JSON.stringify([
      column,
      written,
      message,
      written === '' || column === null ? [sheet, row] : null,
    ])
    const before = asked.get(key)
    asked.set(key, {
      ...(before ?? { key, column, written, message, offers, lasts: lasts ?? false }),
      rows: [...(before?.rows ?? []), { sheet, row }],
    })
  }
  return [...asked.values()]
}

/** What is known of earlier tables of a source. */
export interface Remembered {
  headings: Record<string, string>
  meanings: Meaning[]
}

/** What is worth remembering of a table that was taken: its headings, and names that mean others. */
export function remembering(
  before: Remembered,
  tables: Tables | undefined,
  lasting: readonly Meaning[],
): Remembered {
  const headings = { ...before.headings }
  for (const layout of tables?.layouts ?? [])
    for (const [column, heading] of Object.entries(layout.headings))
      if (heading !== '') headings[heading] = column
  const same = (a: Meaning, b: Meaning) => a.column === b.column && a.written === b.written
  const kept = before.meanings.filter((each) => !lasting.some((one) => same(one, each)))
  return { headings, meanings: [...kept, ...lasting.map((each) => ({ ...each, row: null }))].slice(-500) }
}

/** What is sent: what was said now, before what is remembered. */
export const asSent = (said: Said, { headings, meanings }: Remembered): string =>
  JSON.stringify({
    ...said,
    meanings: [...meanings, ...said.meanings],
    headings: Object.entries(headings)
      .slice(-200)
      .map(([heading, column]) => ({ heading, column })),
  })

/** What a list is asked for and told in. */
export interface ListWords<Counts> {
  /** What is pasted, where it is no table. */
  readonly label?: string
  /** Which columns are pasted, in which order. */
  readonly hint: string
  readonly orFile: string
  readonly counts: (counts: Counts) => readonly string[]
  /** Why nothing can be written yet. */
  readonly blocked: string
  readonly confirm: (n: number) => string
  readonly written: (n: number) => string
  /** What the columns of the table are called here. */
  readonly columns?: Readonly<Record<string, string>>
}
