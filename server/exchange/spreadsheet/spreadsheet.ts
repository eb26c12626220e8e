import { textCollector } from './cell-text.ts'
import { percentDigits, showsDate } from './number-format.ts'
import { openPackage, type PackageParts, type PartBytes, type UnpackBounds } from './package-parts.ts'
import { type CellStyle, type Context, readSheet, type Sheet } from './sheet.ts'
import { Unreadable } from './unreadable.ts'
import { type Attributes, scanXml } from './xml.ts'

// The package is read by yauzl and its XML by saxes, which exceljs, our writer, reads with as well. The cells are
// read here: exceljs 4.4 is fast enough, but loses what decides a score without saying so. It cannot tell a formula
// whose result is blank from one never computed, drops text results under a date format, reads an ISO date as its
// year and the Chinese date formats 27–58 as bare numbers, and fails on cells without references, on prefixed
// elements, on comments and sheets whose parts bear other names than its own.

/** An .xlsx file whose sheets are read when asked for. */
export interface Spreadsheet {
  readonly names: readonly string[]
  /** Columns beyond the header's are left out, unless it is told how many to read. Throws Unreadable when the sheet is damaged or too large. */
  sheet(name: string, columns?: number): Promise<Sheet>
}

const none = (): void => {}

async function readSharedStrings(bytes: PartBytes | undefined): Promise<string[]> {
  const strings: string[] = []
  const collector = textCollector()
  if (bytes) {
    await scanXml(bytes, {
      ...collector,
      close: (name) => {
        collector.close(name)
        if (name === 'si') strings.push(collector.take())
      },
    })
  }
  return strings
}

/** What each cell style shows. */
async function readStyles(bytes: PartBytes | undefined): Promise<CellStyle[]> {
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCellFormats = false
  if (bytes) {
    await scanXml(bytes, {
      open: (name, attributes) => {
        const id = Number(attributes.numFmtId ?? 0)
        if (name === 'numFmt') codes.set(id, attributes.formatCode ?? '')
        if (name === 'cellXfs') inCellFormats = true
        if (name === 'xf' && inCellFormats) formats.push(id)
      },
      close: (name) => {
        if (name === 'cellXfs') inCellFormats = false
      },
      text: none,
    })
  }
  return formats.map((id) => ({
    isDate: showsDate(id, codes.get(id)),
    percentDigits: percentDigits(id, codes.get(id)),
  }))
}

interface Relation {
  readonly type: string
  readonly part: string
}

/** The part that a target names; undefined when it is outside the package or no address at all. */
function partOf(target: string, folder: string): string | undefined {
  try {
    const { protocol, pathname } = new URL(target, `file:///${folder}`)
    return protocol === 'file:' ? decodeURIComponent(pathname.slice(1)) : undefined
  } catch {
    return undefined
  }
}

/** What a part is related to, by id. */
async function readRelations(
  folder: string,
  bytes: PartBytes | undefined,
): Promise<ReadonlyMap<string, Relation>> {
  const relations = new Map<string, Relation>()
  if (bytes) {
    await scanXml(bytes, {
      open: (name, { Id, Type, Target }) => {
        if (name !== 'Relationship' || Id === undefined) return
        const part = partOf(Target ?? '', folder)
        if (part !== undefined) relations.set(Id, { type: Type?.split('/').at(-1) ?? '', part })
      },
      close: none,
      text: none,
    })
  }
  return relations
}

/** The id that ties a sheet to its part; the prefix is the writing program's choice. */
const relationId = (attributes: Attributes): string =>
  Object.entries(attributes).find(([name]) => name === 'id' || name.endsWith(':id'))?.[1] ?? ''

async function readWorkbook(
  bytes: PartBytes,
  relations: ReadonlyMap<string, Relation>,
): Promise<{ sheetParts: ReadonlyMap<string, string>; from1904: boolean }> {
  const sheetParts = new Map<string, string>()
  let from1904 = false
  await scanXml(bytes, {
    open: (element, attributes) => {
      if (element === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (element !== 'sheet' || attributes.name === undefined) return
      const relation = relations.get(relationId(attributes))
      if (relation?.type === 'worksheet') sheetParts.set(attributes.name, relation.part)
    },
    close: none,
    text: none,
  })
  return { sheetParts, from1904 }
}

async function readContext(
  parts: PackageParts,
  relations: ReadonlyMap<string, Relation>,
  from1904: boolean,
): Promise<Context> {
  const ofType = (type: string): PartBytes | undefined => {
    const part = [...relations.values()].find((relation) => relation.type === type)?.part
    return part === undefined ? undefined : parts.read(part)
  }
  return {
    strings: await readSharedStrings(ofType('sharedStrings')),
    styles: await readStyles(ofType('styles')),
    from1904,
  }
}

/** Opens an .xlsx file. Throws Unreadable when it is none. */
export async function openSpreadsheet(bytes: Buffer, bounds?: UnpackBounds): Promise<Spreadsheet> {
  const parts = await openPackage(bytes, bounds)
  const root = await readRelations('', parts.read('_rels/.rels'))
  const main = [...root.values()].find(({ type }) => type === 'officeDocument')?.part ?? 'xl/workbook.xml'
  const workbook = parts.read(main)
  if (!workbook) throw new Unreadable('not-a-workbook')
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = await readRelations(
    folder,
    parts.read(`${folder}_rels/${main.slice(folder.length)}.rels`),
  )
  const { sheetParts, from1904 } = await readWorkbook(workbook, relations)
  let context: Context | undefined
  return {
    names: [...sheetParts.keys()],
    sheet: async (name, columns) => {
      const bytes = parts.read(sheetParts.get(name) ?? '')
      if (!bytes) throw new Unreadable('broken-file')
      context ??= await readContext(parts, relations, from1904)
      return readSheet(name, bytes, context, columns)
    },
  }
}
