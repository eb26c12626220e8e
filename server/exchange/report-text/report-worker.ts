import { parentPort } from 'node:worker_threads'
import { docxText } from './docx-text.ts'
import { htmlText } from './html-text.ts'
import { pdfText } from './pdf-text.ts'
import { decodeText } from './plain-text.ts'
import type { ReportReading } from './read-report.ts'
import { ReportUnreadable } from './refusal.ts'

/** What the reader hands to its worker. */
export interface ReportOrder {
  readonly bytes: Uint8Array
  readonly fileName: string
}

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

async function read({ bytes, fileName }: ReportOrder): Promise<ReportReading> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const text = await readers[formatOf(buffer, fileName)](buffer, fileName)
    return { ok: true, text }
  } catch (error) {
    if (error instanceof ReportUnreadable) return error.refusal
    throw error
  }
}

parentPort?.on('message', async (order: ReportOrder) => parentPort?.postMessage(await read(order)))
