import { textOf, word } from './cell.ts'
import { headerText, headerWithin, textAt, widthOf } from './heading.ts'
import type { Sheet } from './sheet.ts'

/** How a column shows itself in tables that people make. */
interface MadeColumn {
  /** What else it is called, the likelier first. */
  readonly headings: readonly string[]
  /** Whether a text can stand in it: tells the column where its heading does not. */
  readonly fits?: (text: string) => boolean
  /** Running text: the widest column left, where nothing else tells. */
  readonly prose?: boolean
}
/** The columns of a subject, in the order of tables without a header. */
export type MadeColumns<Name extends string> = Readonly<Record<Name, MadeColumn>>

/** Which row and columns of a sheet hold what. */
export interface Layout {
  readonly sheet: string
  /** As the spreadsheet program numbers it; null = there is none. */
  readonly headerRow: number | null
  /** By name, from 0; what is not there is not read. */
  readonly columns: Readonly<Record<string, number>>
}

/** A heading of an earlier table, and the column that it named. */
export interface KnownHeading {
  readonly heading: string
  readonly column: string
}

/** A heading as it is compared: without marks of need and what stands in brackets behind it. */
const bare = (heading: string): string =>
  word(heading)
    .replace(/\*+$/, '')
    .replace(/[（(【[].*$/, '')

const wordsOf = (name: string, { headings }: MadeColumn): string[] => [name, ...headings].map(bare)

/** The columns that the headings of a row name, each once. */
function namedColumns<Name extends string>(
  headings: readonly string[],
  columns: MadeColumns<Name>,
  said: readonly KnownHeading[],
): Map<Name, number> {
  const names = Object.keys(columns) as Name[]
  const told = new Map(said.map(({ heading, column }) => [bare(heading), column]))
  const at = new Map<Name, number>()
  const taken = new Set<number>()
  const take = (name: Name, fits: (heading: string) => boolean): void => {
    const column = headings.findIndex(
      (heading, index) => heading !== '' && !taken.has(index) && fits(bare(heading)),
    )
    if (column === -1 || at.has(name)) return
    at.set(name, column)
    taken.add(column)
  }
  for (const name of names) take(name, (heading) => told.get(heading) === name)
  for (const name of names)
    for (const called of wordsOf(name, columns[name]))
      take(name, (heading) => heading === called && (told.get(heading) ?? name) === name)
  return at
}

/** The same, going on with headings that hold a name's word: 被考核单位名称 may be 单位. */
function likelyColumns<Name extends string>(
  at: Map<Name, number>,
  headings: readonly string[],
  columns: MadeColumns<Name>,
): void {
  const taken = new Set(at.values())
  for (const name of Object.keys(columns) as Name[]) {
    if (at.has(name) || !(columns[name].fits ?? columns[name].prose)) continue
    const column = headings.findIndex(
      (heading, index) =>
        !taken.has(index) && wordsOf(name, columns[name]).some((called) => bare(heading).includes(called)),
    )
    if (column === -1) continue
    at.set(name, column)
    taken.add(column)
  }
}

const fitting = (rows: Sheet['rows'], column: number, { fits }: MadeColumn): number =>
  fits ? rows.filter((row) => textAt(row, column) !== '' && fits(textAt(row, column))).length : 0

/** The columns that are still to be found, by what stands in them; running text is the widest column left. */
function columnsByContent<Name extends string>(
  at: Map<Name, number>,
  sheet: Sheet,
  rows: Sheet['rows'],
  columns: MadeColumns<Name>,
): void {
  const all = Array.from({ length: widthOf(sheet) }, (_, column) => column)
  const best = (score: (column: number) => number): number | undefined => {
    const taken = new Set(at.values())
    const scored = all
      .filter((column) => !taken.has(column))
      .map((column) => ({ column, score: score(column) }))
    const most = scored.reduce((before, each) => (each.score > before.score ? each : before), {
      column: -1,
      score: 0,
    })
    return most.column === -1 ? undefined : most.column
  }
  for (const name of Object.keys(columns) as Name[]) {
    if (at.has(name) || !columns[name].fits) continue
    const filled = (column: number) => rows.filter((row) => textAt(row, column) !== '').length
    const column = best((each) => {
      const count = fitting(rows, each, columns[name])
      return count * 2 >= filled(each) ? count : 0
    })
    if (column !== undefined) at.set(name, column)
  }
  for (const name of Object.keys(columns) as Name[]) {
    if (at.has(name) || !columns[name].prose) continue
    const column = best((each) =>
      rows.reduce((sum, row) => sum + Math.max(0, textAt(row, each).length - 3), 0),
    )
    if (column !== undefined) at.set(name, column)
  }
}

const asRecord = (at: ReadonlyMap<string, number>): Layout['columns'] => Object.fromEntries(at)

/** 1, 2, 3 …: numbers of rows, which say nothing. */
const countsRows = (texts: readonly string[]): boolean =>
  texts.every((text, index) => Number(text) === Number(texts[0]) + index)

/** Rows without a header: the usual order, from the column where most of it fits; numbers of rows before it are not read. */
function withoutHeader<Name extends string>(sheet: Sheet, columns: MadeColumns<Name>, first: Name): Layout {
  const names = Object.keys(columns) as Name[]
  const order = names.slice(names.indexOf(first))
  const shifts = Array.from({ length: Math.max(1, widthOf(sheet) - 1) }, (_, shift) => ({
    shift,
    count: order.reduce((sum, name, index) => sum + fitting(sheet.rows, index + shift, columns[name]), 0),
  }))
  const { shift } = shifts.reduce((best, each) => (each.count > best.count ? each : best))
  const at = new Map<Name, number>(order.map((name, index) => [name, index + shift]))
  const before = names[names.indexOf(first) - 1]
  if (before !== undefined && shift === 1 && !countsRows(sheet.rows.map((row) => textAt(row, 0))))
    at.set(before, 0)
  return { sheet: sheet.name, headerRow: null, columns: asRecord(at) }
}

/**
 * The best guess at how a sheet is read, and how many of its columns their own headings name. `first` opens the rows of a table without a header;
 * a name before it stands there where it is given at all.
 */
export function layoutOf<Name extends string>(
  sheet: Sheet,
  columns: MadeColumns<Name>,
  first: Name,
  said: readonly KnownHeading[] = [],
): { readonly layout: Layout; readonly sure: number } {
  const width = widthOf(sheet)
  const texts = ({ number }: Sheet['rows'][number]): string[] =>
    Array.from({ length: width }, (_, column) => headerText(sheet, number, column))
  const rated = sheet.rows.slice(0, headerWithin).map((row) => {
    const headings = texts(row)
    return { row, headings, at: namedColumns(headings, columns, said) }
  })
  const best = rated.reduce<(typeof rated)[number] | undefined>(
    (before, each) => (each.at.size > (before?.at.size ?? 1) ? each : before),
    undefined,
  )
  const header = best ?? rated.find(({ row, headings }) => isLikelyHeader(sheet, row, headings, columns))
  if (!header) return { layout: withoutHeader(sheet, columns, first), sure: 0 }
  const { row, headings, at } = header
  const sure = at.size
  const below = sheet.rows.filter(({ number }) => number > row.number)
  if (!best) columnsByContent(at, sheet, below, columns)
  likelyColumns(at, headings, columns)
  columnsByContent(at, sheet, below, columns)
  return { layout: { sheet: sheet.name, headerRow: row.number, columns: asRecord(at) }, sure }
}

/** Whether a row of words that fit no column stands above rows whose cells do. */
function isLikelyHeader<Name extends string>(
  sheet: Sheet,
  row: Sheet['rows'][number],
  headings: readonly string[],
  columns: MadeColumns<Name>,
): boolean {
  const made = Object.values<MadeColumn>(columns)
  const own = row.cells.flatMap((cell) => (cell === undefined ? [] : [textOf(cell)]))
  const next = sheet.rows.find(({ number }) => number > row.number)
  return (
    own.length > 2 &&
    !own.some((text) => made.some(({ fits }) => fits?.(text))) &&
    headings.some((_, column) => made.some(({ fits }) => fits?.(textAt(next, column))))
  )
}
