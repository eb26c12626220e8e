import { type Cell, dayOfSerial, uncomputed } from './cell.ts'
import { limits } from './limits.ts'
import { showsDate } from './number-format.ts'
import { isDay } from '../assessment/day.ts'
import { Unreadable } from './unreadable.ts'
import { attribute, scanXml, unescape, type XmlHandler } from './xml.ts'
import { openPackage, type Package } from './zip.ts'

export interface SheetRow {
  /** From 1, as shown at the edge of the sheet. */
  readonly number: number
  /** By column from 0; sparse. */
  readonly cells: readonly (Cell | undefined)[]
}

export interface Sheet {
  readonly name: string
  /** Rows that hold anything, in order; columns beyond the first such row's are left out. */
  readonly rows: readonly SheetRow[]
  /** The row that was one too many; reading stopped there. */
  readonly rowTooMany: number | null
}

/** An .xlsx file whose sheets are read when asked for. */
export interface Spreadsheet {
  readonly names: readonly string[]
  /** Throws Unreadable when the sheet is damaged or too large. */
  sheet(name: string): Sheet
}

/** Excel writes characters that XML cannot hold as _x000D_. */
const restored = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text

/** Gathers the text of `t` elements, leaving out phonetic runs. */
function textCollector(): XmlHandler & { take(): string } {
  let text = ''
  let inText = false
  let inPhonetic = false
  return {
    open: (name) => {
      if (name === 't') inText = true
      if (name === 'rPh') inPhonetic = true
    },
    close: (name) => {
      if (name === 't') inText = false
      if (name === 'rPh') inPhonetic = false
    },
    text: (piece) => {
      if (inText && !inPhonetic) text += piece
    },
    take: () => {
      const taken = restored(unescape(text))
      text = ''
      return taken
    },
  }
}

function readSharedStrings(bytes: Buffer | undefined): string[] {
  const strings: string[] = []
  const collector = textCollector()
  if (bytes) {
    scanXml(bytes, {
      ...collector,
      close: (name) => {
        collector.close(name)
        if (name === 'si') strings.push(collector.take())
      },
    })
  }
  return strings
}

/** For each cell style, whether it shows a date. */
function readDateStyles(bytes: Buffer | undefined): boolean[] {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCellFormats = false
  if (bytes) {
    scanXml(bytes, {
      open: (name, attributes) => {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        if (name === 'numFmt') codes.set(id, attribute(attributes, 'formatCode') ?? '')
        if (name === 'cellXfs') inCellFormats = true
        if (name === 'xf' && inCellFormats) formats.push(id)
      },
      close: (name) => {
        if (name === 'cellXfs') inCellFormats = false
      },
      text: () => {},
    })
  }
  return formats.map((id) => showsDate(id, codes.get(id)))
}

interface Context {
  readonly strings: readonly string[]
  readonly isDateStyle: readonly boolean[]
  readonly from1904: boolean
}

/** What a cell holds, from its type, style and value as written. */
function cellOf(
  type: string,
  style: number,
  value: string,
  text: string,
  formula: boolean,
  context: Context,
): Cell | undefined {
  if (type === 's') return context.strings[Number(value)] || undefined
  if (type === 'inlineStr') return text || undefined
  if (type === 'str') return restored(value) || (formula ? '' : undefined)
  if (value === '') return formula ? { fault: uncomputed } : undefined
  if (type === 'b') return value === '1' || value === 'true'
  if (type === 'e') return { fault: value }
  if (type === 'd') return isDay(value.slice(0, 10)) ? { day: value.slice(0, 10) } : value
  const number = Number(value)
  if (!Number.isFinite(number)) return { fault: value }
  const day = context.isDateStyle[style] ? dayOfSerial(number, context.from1904) : undefined
  return day === undefined ? number : { day }
}

const columnPattern = /^([A-Z]{1,3})(\d{1,7})$/

/** The column, from 0, that a reference such as AB12 names; undefined when it is none. */
function columnOf(reference: string): number | undefined {
  const letters = columnPattern.exec(reference)?.[1]
  if (letters === undefined) return undefined
  let column = 0
  for (let index = 0; index < letters.length; index++) column = column * 26 + letters.charCodeAt(index) - 64
  return column - 1
}

const isBlank = (cell: Cell | undefined): boolean =>
  cell === undefined || (typeof cell === 'string' && cell.trim() === '')

function readSheet(name: string, bytes: Buffer, context: Context): Sheet {
  const rows: SheetRow[] = []
  const collector = textCollector()
  let rowTooMany: number | null = null
  let rowNumber = 0
  let cells: (Cell | undefined)[] = []
  let filled = false
  let width = Infinity
  let column = -1
  let type = ''
  let style = 0
  let value = ''
  let formula = false
  let inValue = false

  function endRow(): void {
    if (!filled) return
    if (rows.length === 0) width = cells.length
    else if (rows.length > limits.rows) rowTooMany = rowNumber
    rows.push({ number: rowNumber, cells })
  }

  scanXml(bytes, {
    open: (element, attributes) => {
      if (rowTooMany !== null) return false
      collector.open(element, attributes)
      switch (element) {
        case 'row':
          rowNumber = Number(attribute(attributes, 'r') ?? rowNumber + 1)
          cells = []
          filled = false
          column = -1
          break
        case 'c':
          column = columnOf(attribute(attributes, 'r') ?? '') ?? column + 1
          type = attribute(attributes, 't') ?? 'n'
          style = Number(attribute(attributes, 's') ?? 0)
          value = ''
          formula = false
          break
        case 'v':
          inValue = true
          break
        case 'f':
          formula = true
          break
      }
      return true
    },
    text: (piece) => {
      if (inValue) value += piece
      else collector.text(piece)
    },
    close: (element) => {
      collector.close(element)
      if (element === 'v') inValue = false
      else if (element === 'row') endRow()
      else if (element === 'c') {
        const text = collector.take()
        if (column >= width) return
        const cell = cellOf(type, style, unescape(value), text, formula, context)
        if (isBlank(cell)) return
        cells[column] = cell
        filled = true
      }
    },
  })
  return { name, rows, rowTooMany }
}

/** The targets of a part's relations, as part names, by id. */
function readRelations(
  parts: Package,
  folder: string,
  bytes: Buffer | undefined,
): Map<string, { type: string; part: string }> {
  const relations = new Map<string, { type: string; part: string }>()
  if (bytes) {
    scanXml(bytes, {
      open: (name, attributes) => {
        if (name !== 'Relationship') return
        const target = attribute(attributes, 'Target') ?? ''
        const path = new URL(target, `file:///${folder}`).pathname.slice(1)
        const type = (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? ''
        relations.set(attribute(attributes, 'Id') ?? '', { type, part: decodeURIComponent(path) })
      },
      close: () => {},
      text: () => {},
    })
  }
  return relations
}

/** Opens an .xlsx file. Throws Unreadable when it is none. */
export function openSpreadsheet(bytes: Buffer): Spreadsheet {
  const parts = openPackage(bytes)
  const root = readRelations(parts, '', parts.read('_rels/.rels'))
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  const workbook = parts.read(main)
  if (!workbook) throw new Unreadable('not-a-workbook')
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = readRelations(
    parts,
    folder,
    parts.read(`${folder}_rels/${main.slice(folder.length)}.rels`),
  )

  const sheetParts = new Map<string, string>()
  let from1904 = false
  scanXml(workbook, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '')
      if (name !== 'sheet') return
      const relation = relations.get(
        attribute(attributes, 'r:id') ??
          attribute(attributes, 'id') ??
          attributes.match(/\w+:id=["']([^"']+)/)?.[1] ??
          '',
      )
      const sheetName = attribute(attributes, 'name')
      if (relation?.type === 'worksheet' && sheetName !== undefined) sheetParts.set(sheetName, relation.part)
    },
    close: () => {},
    text: () => {},
  })

  const ofType = (type: string): Buffer | undefined => {
    const part = [...relations.values()].find((relation) => relation.type === type)?.part
    return part === undefined ? undefined : parts.read(part)
  }
  let context: Context | undefined
  return {
    names: [...sheetParts.keys()],
    sheet: (name) => {
      const bytes = parts.read(sheetParts.get(name) ?? '')
      if (!bytes) throw new Unreadable('broken-file')
      context ??= {
        strings: readSharedStrings(ofType('sharedStrings')),
        isDateStyle: readDateStyles(ofType('styles')),
        from1904,
      }
      return readSheet(name, bytes, context)
    },
  }
}
