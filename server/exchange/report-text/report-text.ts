import { docxText } from './docx-text.ts'
import { htmlText } from './html-text.ts'
import { pdfText } from './pdf-text.ts'
import { decodeText } from './plain-text.ts'
import { ReportUnreadable, type Refusal } from './refusal.ts'

/** The text of a report, as it is read for good: offsets of observations count in it. */
export type ReportReading = { readonly ok: true; readonly text: string } | Refusal

const formats = ['pdf', 'package', 'ole', 'html', 'text'] as const
type Format = (typeof formats)[number]

/** What a file is by its first bytes, else by its name. */
function formatOf(bytes: Buffer, fileName: string): Format {
  if (bytes.subarray(0, 1024).includes('%PDF-')) return 'pdf'
  if (bytes.subarray(0, 4).equals(Buffer.from('504b0304', 'hex'))) return 'package'
  if (bytes.subarray(0, 4).equals(Buffer.from('d0cf11e0', 'hex'))) return 'ole'
  const head = bytes.subarray(0, 1024).toString('latin1').replaceAll('\0', '')
  return /\.(?:html?|shtml|xhtml)$/i.test(fileName) || /^\W*<(?:!doctype html|html)\b/i.test(head)
    ? 'html'
    : 'text'
}

const readers: Readonly<Record<Format, (bytes: Buffer, fileName: string) => string | Promise<string>>> = {
  pdf: pdfText,
  package: docxText,
  ole: docxText,
  html: htmlText,
  text: (bytes, fileName) => {
    if (/\.(?:pdf|docx?|xlsx?|wps|png|jpe?g|tiff?|zip|rar)$/i.test(fileName))
      throw new ReportUnreadable('broken-file')
    return decodeText(bytes)
  },
}

/** The text of a file in any of the formats, or why it cannot be read. */
export async function reportText(bytes: Buffer, fileName: string): Promise<ReportReading> {
  try {
    const text = await readers[formatOf(bytes, fileName)](bytes, fileName)
    return { ok: true, text }
  } catch (error) {
    if (error instanceof ReportUnreadable) return error.refusal
    throw error
  }
}
