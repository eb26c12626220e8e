import { showsDate } from './number-format.ts'
import { Unreadable } from './unreadable.ts'
import { textCollector } from './cell-text.ts'
import { type Context, readSheet, type Sheet } from './sheet.ts'
import { attribute, scanXml } from './xml.ts'
import { openPackage, type Package } from './zip.ts'

/** An .xlsx file whose sheets are read when asked for. */
export interface Spreadsheet {
  readonly names: readonly string[]
  /** Throws Unreadable when the sheet is damaged or too large. */
  sheet(name: string): Sheet
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
