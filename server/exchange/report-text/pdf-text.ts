import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js'
import { withoutRadicals } from '../../monitors/report/reading/fold.ts'
import { reportLimits } from './limits.ts'
import { pageLines, textOfPages, type PageLine, type Piece } from './pdf-layout.ts'
import { ReportUnreadable } from './refusal.ts'

/** Where the reader finds its tables of Chinese characters: beside the module, built or not. */
const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

const named = (error: unknown): string => (error instanceof Error ? error.name : '')

async function piecesOf(page: PDFPageProxy): Promise<Piece[]> {
  const { items } = await page.getTextContent()
  return items.flatMap((item): Piece[] => {
    if (!('str' in item) || item.str.trim() === '') return []
    const [a = 0, b = 0, , d = 0, x = 0, y = 0] = item.transform as number[]
    return [
      {
        text: withoutRadicals(item.str),
        x,
        y,
        width: item.width,
        size: Math.hypot(a, b) || Math.abs(d) || 10,
      },
    ]
  })
}

/**
 * The text of a .pdf, paragraphs joined and tables as rows; empty for pages that are pictures. Throws ReportUnreadable
 * when it is encrypted, damaged or too long.
 */
export async function pdfText(bytes: Buffer): Promise<string> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const loading = getDocument({
    data: new Uint8Array(bytes),
    cMapUrl: join(folder, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(folder, 'standard_fonts/'),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    stopAtErrors: false,
    verbosity: 0,
  })
  try {
    const document = await loading.promise
    if (document.numPages > reportLimits.pages) {
      throw new ReportUnreadable('too-many-pages', { pages: reportLimits.pages })
    }
    const pages: PageLine[][] = []
    let length = 0
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number)
      const lines = pageLines(await piecesOf(page))
      page.cleanup()
      length += lines.reduce((sum, { text }) => sum + text.length, 0)
      if (length > reportLimits.characters) {
        throw new ReportUnreadable('text-too-long', { characters: reportLimits.characters })
      }
      pages.push(lines)
    }
    return textOfPages(pages)
  } catch (error) {
    if (error instanceof ReportUnreadable) throw error
    if (named(error) === 'PasswordException') throw new ReportUnreadable('encrypted')
    throw new ReportUnreadable('broken-file')
  } finally {
    await loading.destroy().catch(() => undefined)
  }
}
