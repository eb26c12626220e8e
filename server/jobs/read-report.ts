import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { reportLimits } from '../exchange/report-text/limits.ts'
import { decodeText } from '../exchange/report-text/plain-text.ts'
import { refused, ReportUnreadable, type Refusal } from '../exchange/report-text/refusal.ts'
import type { ReportReading } from '../exchange/report-text/report-text.ts'
import { JobEnded, type Ending } from './ended.ts'
import { unasked, type InThread } from './jobs.ts'
import { seconds } from './limits.ts'

export interface ReportReadingOptions {
  /** Stops the reading; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds until reading is given up; 30 s by default. */
  readonly timeout?: number
  /** Who asks; nobody by default. */
  readonly inThread?: InThread
}

const refusals: Readonly<Record<Ending, (timeout: number) => Refusal>> = {
  'too-slow': (timeout) => refused('too-slow', { seconds: Math.round(timeout / 1000) }),
  'too-much-memory': () => refused('too-much-memory'),
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const tooLarge = (): Refusal => refused('file-too-large', { megabytes: reportLimits.fileBytes >> 20 })

/** The bytes of a report's file, or why they cannot be read. */
async function bytesOf(path: string): Promise<Buffer | Refusal> {
  try {
    if ((await stat(path)).size > reportLimits.fileBytes) return tooLarge()
    return await readFile(path)
  } catch (error) {
    return codeOf(error) === 'ENOENT'
      ? refused('not-found')
      : refused('not-readable', { reason: codeOf(error) })
  }
}

/** Plain text needs no worker: decoding is linear in its size. */
function plainText(bytes: Uint8Array): ReportReading {
  try {
    const text = decodeText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    return text.length > reportLimits.characters
      ? refused('text-too-long', { characters: reportLimits.characters })
      : { ok: true, text }
  } catch (error) {
    if (error instanceof ReportUnreadable) return error.refusal
    throw error
  }
}

/**
 * The text of an annual report in .txt (UTF-8, UTF-16, GB18030), .html, .docx or .pdf, from its bytes; or why it cannot
 * be read. Its text is empty where pages hold pictures alone. A hostile file can neither hang nor crash the process:
 * 50 MB, 2,000,000 characters, 2,000 pages, 30 s.
 */
export async function readReportBytes(
  bytes: Uint8Array,
  fileName: string,
  { timeout = seconds['report-text'] * 1000, signal, inThread = unasked }: ReportReadingOptions = {},
): Promise<ReportReading> {
  signal?.throwIfAborted()
  if (bytes.byteLength > reportLimits.fileBytes) return tooLarge()
  if (/\.txt$/i.test(fileName)) return plainText(bytes)
  return inThread('report-text', { bytes, fileName }, { milliseconds: timeout, signal }).catch(
    (error: unknown) => {
      if (error instanceof JobEnded) return refusals[error.ending](timeout)
      throw error
    },
  )
}

/** The text of an annual report from its path, within the same limits. */
export async function readReportFile(
  path: string,
  options: ReportReadingOptions = {},
): Promise<ReportReading> {
  const bytes = await bytesOf(path)
  return bytes instanceof Uint8Array ? readReportBytes(bytes, basename(path), options) : bytes
}
