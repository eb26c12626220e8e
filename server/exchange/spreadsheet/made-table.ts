import { opensNoEntry } from '../../assessment/typed.ts'
import { textOf, word, type Cell } from './cell.ts'
import { textAt } from './heading.ts'
import type { Sheet } from './sheet.ts'
import { layoutOf, type KnownHeading, type Layout, type MadeColumns } from './table-layout.ts'

/*
 * A table that somebody made, in the form in which openTable reads tables: the header row is found below titles, columns by what they are
 * called or by what stands in them, and what a person said of cells and rows is done. What is not sure is only a guess, for a person to change.
 */

/** What a person said a text in a column means: in one row, or wherever it stands. */
interface Meaning {
  readonly column: string
  readonly written: string
  readonly means: string
  readonly row: number | null
}

/** What people said of a table, beside what it says itself. */
export interface Said {
  /** How its sheets are read; undefined = by a guess. */
  readonly layouts?: readonly Layout[] | undefined
  readonly meanings: readonly Meaning[]
  /** Rows that are not taken. */
  readonly leftOut: readonly { readonly sheet: string; readonly row: number }[]
  /** Names of columns by headings of earlier tables. */
  readonly headings: readonly KnownHeading[]
}

export const nothingSaid: Said = { meanings: [], leftOut: [], headings: [] }

/** A row that was not taken: a person left it out, or it is none of the entries. */
export interface Skipped {
  readonly sheet: string
  readonly row: number
  readonly text: string
  readonly by: 'person' | 'total'
}

/**
 * The sheet as `layout` reads it, its headers by their names and everything that was said done; and the rows left out. `key` is the column whose text
 * tells sums and notes from entries.
 */
function laidOut<Name extends string>(
  sheet: Sheet,
  { headerRow, columns: at }: Layout,
  columns: MadeColumns<Name>,
  key: Name,
  { meanings, leftOut }: Said = nothingSaid,
): { readonly sheet: Sheet; readonly skipped: readonly Skipped[] } {
  const names = (Object.keys(columns) as Name[]).filter((name) => at[name] !== undefined)
  const meant = new Map(meanings.map((one) => [`${one.row} ${one.column} ${word(one.written)}`, one.means]))
  const out = new Set(leftOut.flatMap((one) => (one.sheet === sheet.name ? [one.row] : [])))
  const skipped: Skipped[] = []
  const rows = sheet.rows.flatMap((row): Sheet['rows'] => {
    if (headerRow !== null && row.number <= headerRow) return []
    const first = row.cells.find((cell) => cell !== undefined)
    const text = first === undefined ? '' : textOf(first)
    const told = textAt(row, at[key] ?? -1)
    const isEntry = columns[key].fits?.(told) ?? false
    const isTotal = !isEntry && [told, told === '' || text.length < 5 ? text : ''].some(opensNoEntry)
    if (out.has(row.number) || isTotal) {
      skipped.push({ sheet: sheet.name, row: row.number, text, by: isTotal ? 'total' : 'person' })
      return []
    }
    const cells = names.map((name): Cell | undefined => {
      const cell = row.cells[at[name] ?? -1]
      const written = word(cell === undefined ? '' : textOf(cell))
      return meant.get(`${row.number} ${name} ${written}`) ?? meant.get(`null ${name} ${written}`) ?? cell
    })
    return [{ number: row.number, cells }]
  })
  return { sheet: { ...sheet, rows: [{ number: headerRow ?? 0, cells: names }, ...rows] }, skipped }
}

/** What is looked for in the tables that people bring. */
export interface MadeSubject<Name extends string> {
  readonly columns: MadeColumns<Name>
  /** The column that opens the rows of a table without a header. */
  readonly first: Name
  /** The column whose text tells entries from sums and notes. */
  readonly key: Name
  /** The most rows that are read of a sheet. */
  readonly most: number
  /** Sheets of these names are such tables; without one of them the sheet whose headings say most is. */
  readonly sheetNames: readonly string[]
}

export interface MadeTables {
  /** What is read, and how. */
  readonly read: readonly { readonly sheet: Sheet; readonly layout: Layout; readonly laidOut: Sheet }[]
  readonly skipped: readonly Skipped[]
  /** Whether anything says that these are the tables looked for: a sheet's name, its headings, or a person. */
  readonly isSure: boolean
}

/** The tables in a file, or in what was pasted, ready for openTable. */
export function madeTables<Name extends string>(
  sheets: readonly Sheet[],
  { columns, first, key, most, sheetNames }: MadeSubject<Name>,
  said: Said = nothingSaid,
): MadeTables {
  const guesses = sheets.map((sheet) => ({ sheet, ...layoutOf(sheet, columns, first, said.headings) }))
  const names = new Set(sheetNames.map(word))
  const named = guesses.filter(({ sheet }) => names.has(word(sheet.name)))
  const surest = guesses.reduce<(typeof guesses)[number] | undefined>(
    (best, each) => (best === undefined || each.sure > best.sure ? each : best),
    undefined,
  )
  const chosen = named.length > 0 ? named : surest ? [surest] : []
  const asSaid = said.layouts?.flatMap((layout) => {
    const sheet = sheets.find(({ name }) => name === layout.sheet)
    return sheet ? [{ sheet, layout }] : []
  })
  const read = (asSaid ?? chosen).map(({ sheet, layout }) => {
    const { sheet: whole, skipped } = laidOut(sheet, layout, columns, key, said)
    const held = { ...whole, rows: whole.rows.slice(0, most + 1), mostRows: most }
    return {
      sheet,
      layout,
      skipped,
      laidOut: { ...held, rowTooMany: whole.rows[most + 1]?.number ?? sheet.rowTooMany },
    }
  })
  return {
    read,
    skipped: read.flatMap(({ skipped }) => skipped),
    isSure: asSaid !== undefined || named.length > 0 || (surest?.sure ?? 0) > 1,
  }
}
