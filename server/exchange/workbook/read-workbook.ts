import { readFile, stat } from 'node:fs/promises'
import type { Day } from '../../assessment/day.ts'
import { municipal } from '../../assessment/presets/municipal.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import type { BookReading } from './book.ts'
import type { Params } from '../spreadsheet/place.ts'
import { limits } from '../spreadsheet/limits.ts'
import type { ProblemCode } from '../spreadsheet/messages.ts'
import { askWorker } from '../spreadsheet/worker-thread.ts'
import type { SheetsReading } from '../spreadsheet/sheet.ts'
import type { AnySheetsOrder, SheetsOrder, WorkbookOrder } from './workbook-worker.ts'

export interface ReadOptions {
  /** The scheme that fills in what the workbook leaves out, and gives keys to its names; the municipal preset by default. */
  readonly scheme?: Scheme
  /** The day on which it is scored; it tells the assessed year of a workbook that states none. */
  readonly asOf?: Day | null
  /** Stops the reading; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds until reading is given up; 30 s by default. */
  readonly timeout?: number
}

type Unread = Extract<BookReading, { ok: false }>

const refused = (code: ProblemCode, params: Params = {}): Unread => ({
  ok: false,
  problems: [{ code, sheet: null, row: null, column: null, params }],
  problemCount: 1,
  warnings: [],
})

const tooLarge = (): Unread => refused('file-too-large', { megabytes: limits.fileBytes >> 20 })

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** The bytes of a workbook's file, or why they cannot be read. */
export async function readWorkbookFile(path: string): Promise<Buffer | Unread> {
  try {
    if ((await stat(path)).size > limits.fileBytes) return tooLarge()
    return await readFile(path)
  } catch (error) {
    return codeOf(error) === 'ENOENT'
      ? refused('not-found')
      : refused('not-readable', { reason: codeOf(error) })
  }
}

/** Reads in a thread of its own, which is ended when it takes too long or too much memory. */
async function readInWorker<Reading extends object>(
  order: WorkbookOrder | SheetsOrder | AnySheetsOrder,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<Reading | Unread> {
  const { heapMegabytes } = limits
  const answer = await askWorker<Reading>({
    name: 'workbook-worker',
    data: order,
    milliseconds: timeout,
    heapMegabytes,
    signal,
  })
  if (answer === 'too-slow') return refused('too-slow', { seconds: Math.round(timeout / 1000) })
  return answer === 'too-much-memory' ? refused('too-much-memory') : answer
}

/**
 * Reads a workbook 考核工作簿 from its bytes or its path (contract: the workbook): a Book, or every problem with its
 * place. A hostile file can neither hang nor crash the process: 50 MB, 200,000 rows a sheet, 30 s.
 */
export async function readBook(input: Uint8Array | string, options: ReadOptions = {}): Promise<BookReading> {
  options.signal?.throwIfAborted()
  const bytes = typeof input === 'string' ? await readWorkbookFile(input) : input
  if (!(bytes instanceof Uint8Array)) return bytes
  if (bytes.byteLength > limits.fileBytes) return tooLarge()
  const order = {
    bytes,
    base: options.scheme ?? municipal,
    baseIsPreset: options.scheme === undefined,
    asOf: options.asOf ?? null,
  }
  return readInWorker<BookReading>(order, options.timeout ?? limits.milliseconds, options.signal)
}

/** Reads some sheets of a workbook as they stand, those that it has; within the same limits. */
export async function readSheets(
  bytes: Uint8Array,
  sheets: readonly string[],
  options: Pick<ReadOptions, 'signal' | 'timeout'> = {},
): Promise<SheetsReading> {
  options.signal?.throwIfAborted()
  if (bytes.byteLength > limits.fileBytes) return tooLarge()
  return readInWorker<SheetsReading>(
    { bytes, sheets },
    options.timeout ?? limits.milliseconds,
    options.signal,
  )
}

/** Reads every sheet of a file of any layout, .xlsx or .csv, as it stands; within the same limits. */
export async function readAnyFile(
  bytes: Uint8Array,
  fileName: string,
  options: Pick<ReadOptions, 'signal' | 'timeout'> = {},
): Promise<SheetsReading> {
  options.signal?.throwIfAborted()
  if (bytes.byteLength > limits.fileBytes) return tooLarge()
  return readInWorker<SheetsReading>(
    { bytes, fileName },
    options.timeout ?? limits.milliseconds,
    options.signal,
  )
}
