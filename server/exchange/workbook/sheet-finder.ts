import { word } from '../spreadsheet/cell.ts'
import type { Column } from '../spreadsheet/column.ts'
import type { Report } from '../spreadsheet/report.ts'
import type { Sheet } from '../spreadsheet/sheet.ts'
import { sheetNamed } from '../spreadsheet/sheet-names.ts'
import type { Spreadsheet } from '../spreadsheet/spreadsheet.ts'
import { headerOf } from '../spreadsheet/table.ts'
import { sheetNames } from './sheet-columns.ts'

const hasNeeded = (sheet: Sheet, columns: Readonly<Record<string, Column>>): boolean => {
  const headers = new Set(sheet.rows[0]?.cells.map((cell) => (cell === undefined ? '' : headerOf(cell))))
  return Object.entries(columns).every(
    ([name, { needed, aliases = [] }]) =>
      !needed || [name, ...aliases].some((header) => headers.has(word(header))),
  )
}

/** Finds sheets by name and remembers which were asked for; an entirely empty sheet counts as missing. */
export function sheetFinder(
  spreadsheet: Spreadsheet,
  report: Report,
): {
  find(name: string): Promise<Sheet | undefined>
  /** A sheet that only counts when it has the headers it needs: others may have a sheet of that name for themselves. */
  findWith(name: string, columns: Readonly<Record<string, Column>>): Promise<Sheet | undefined>
  unread(): string[]
} {
  const named = new Map<string, string | undefined>()
  const nameOf = (wanted: string): string | undefined => {
    if (!named.has(wanted)) named.set(wanted, sheetNamed(spreadsheet.names, wanted, report))
    return named.get(wanted)
  }
  const asked = new Set<string>([sheetNames.notes])
  const open = async (name: string): Promise<Sheet | undefined> => {
    const sheet = await spreadsheet.sheet(name)
    return sheet.rows.length === 0 ? undefined : sheet
  }
  return {
    find: async (wanted) => {
      const name = nameOf(wanted)
      if (name === undefined) return undefined
      asked.add(name)
      return open(name)
    },
    findWith: async (wanted, columns) => {
      const name = nameOf(wanted)
      const sheet = name === undefined || asked.has(name) ? undefined : await open(name)
      if (name === undefined || !sheet || !hasNeeded(sheet, columns)) return undefined
      asked.add(name)
      return sheet
    },
    unread: () => spreadsheet.names.filter((name) => !asked.has(name)),
  }
}

/** The sheets of a registry that the workbook has, by their keys. */
export async function findAll<Key extends string>(
  names: Readonly<Record<Key, string>>,
  columns: Readonly<Record<Key, Readonly<Record<string, Column>>>>,
  findWith: ReturnType<typeof sheetFinder>['findWith'],
): Promise<Partial<Record<Key, Sheet>>> {
  const found: Partial<Record<Key, Sheet>> = {}
  for (const key of Object.keys(names) as Key[]) {
    const sheet = await findWith(names[key], columns[key])
    if (sheet) found[key] = sheet
  }
  return found
}
