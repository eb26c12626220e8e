import { openPackage, type PackageParts } from '../spreadsheet/package-parts.ts'
import { Unreadable } from '../spreadsheet/unreadable.ts'
import { scanXml } from '../spreadsheet/xml.ts'
import { readNumbering } from './docx-numbering.ts'
import { ReportUnreadable, type RefusalCode } from './refusal.ts'
import { TextWriter } from './text-writer.ts'

/** What the zip reading says, in a report's words. */
const codes: Readonly<Partial<Record<string, RefusalCode>>> = {
  encrypted: 'encrypted',
  'old-format': 'old-format',
  'not-a-workbook': 'broken-file',
  'broken-file': 'broken-file',
  'too-large-inside': 'too-large-inside',
}

/** The refusal that an error of the zip or XML reading amounts to. */
export function refusalOf(error: unknown): ReportUnreadable {
  if (error instanceof ReportUnreadable) return error
  if (error instanceof Unreadable)
    return new ReportUnreadable(codes[error.code] ?? 'broken-file', error.params)
  throw error
}

async function bodyText(parts: PackageParts): Promise<string> {
  const bytes = parts.read('word/document.xml')
  if (!bytes) throw new ReportUnreadable('unknown-format')
  const numbering = await readNumbering(parts)
  const writer = new TextWriter()
  let isText = false
  /** Within what is shown only where newer drawings are not understood. */
  let fallbacks = 0
  let list: { id: string; level: number } | null = null
  let isNumbered = false
  const number = (): void => {
    if (!list || isNumbered) return
    isNumbered = true
    writer.text(numbering.next(list.id, list.level))
  }
  await scanXml(bytes, {
    open: (name, attributes) => {
      if (name === 'Fallback') fallbacks++
      else if (fallbacks > 0) return
      else if (name === 'p') {
        list = null
        isNumbered = false
      } else if (name === 'numPr') list = { id: '', level: 0 }
      else if (name === 'ilvl' && list) list.level = Number(attributes['w:val'] ?? 0)
      else if (name === 'numId' && list) list.id = attributes['w:val'] ?? ''
      else if (name === 't') {
        number()
        isText = true
      } else if (name === 'tab') writer.text('\t')
      else if (name === 'br' || name === 'cr') writer.endLine()
      else if (name === 'tbl') writer.openTable()
      else if (name === 'tc') writer.openCell()
    },
    close: (name) => {
      if (name === 'Fallback') fallbacks--
      else if (fallbacks > 0) return
      else if (name === 't') isText = false
      else if (name === 'p') writer.endLine()
      else if (name === 'tc') writer.closeCell()
      else if (name === 'tr') writer.closeRow()
      else if (name === 'tbl') writer.closeTable()
    },
    text: (text) => {
      if (isText && fallbacks === 0) writer.text(text)
    },
  })
  return writer.end()
}

/** The text of a .docx, tables kept, lists with the numbers that are shown. Throws ReportUnreadable. */
export async function docxText(bytes: Buffer): Promise<string> {
  try {
    return await bodyText(await openPackage(bytes))
  } catch (error) {
    throw refusalOf(error)
  }
}
