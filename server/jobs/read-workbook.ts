import { readFile, stat } from 'node:fs/promises'
import type { Day } from '../assessment/day.ts'
import { municipal } from '../assessment/presets/municipal.ts'
import type { Scheme } from '../assessment/rule/scheme.ts'
import type { FormReading, FormToRead } from '../exchange/self-form/self-form.ts'
import { limits } from '../exchange/spreadsheet/limits.ts'
import type { ProblemCode } from '../exchange/spreadsheet/messages.ts'
import type { Params } from '../exchange/spreadsheet/place.ts'
import type { SheetsReading } from '../exchange/spreadsheet/sheet.ts'
import type { BookReading } from '../exchange/workbook/book.ts'
import type { ImportPreview } from '../exchange/workbook/planned-import.ts'
import type { SchemeSheetsReading } from '../exchange/workbook/scheme-sheets.ts'
import { JobEnded, type Ending } from './ended.ts'
import { unasked, type InThread } from './jobs.ts'
import { seconds } from './limits.ts'
import type { JobName, Jobs } from './worker.ts'

export interface ReadOptions {
  /** Stops the reading; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal
  /** Milliseconds until reading is given up; by default the time of its kind, 30 s for a workbook. */
  readonly timeout?: number
  /** Who asks; nobody by default. */
  readonly inThread?: InThread
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

const refusals: Readonly<Record<Ending, (milliseconds: number) => Unread>> = {
  'too-slow': (milliseconds) => refused('too-slow', { seconds: Math.round(milliseconds / 1000) }),
  'too-much-memory': () => refused('too-much-memory'),
}

type Reader = Extract<JobName, `read-${string}`>

/** Reads in a thread of its own; one that is ended because it takes too long or too much memory is a file that cannot be read. */
async function readIn<Name extends Reader>(
  name: Name,
  order: Parameters<Jobs[Name]>[0],
  { signal, timeout = seconds[name] * 1000, inThread = unasked }: ReadOptions,
): Promise<Awaited<ReturnType<Jobs[Name]>> | Unread> {
  signal?.throwIfAborted()
  if (order.bytes.byteLength > limits.fileBytes) return tooLarge()
  try {
    return await inThread(name, order, { milliseconds: timeout, signal })
  } catch (error) {
    if (error instanceof JobEnded) return refusals[error.ending](timeout)
    throw error
  }
}

export interface BookReadOptions extends ReadOptions {
  /** The scheme that fills in what the workbook leaves out, and gives keys to its names; the municipal preset by default. */
  readonly scheme?: Scheme
  /** The day on which it is scored; it tells the assessed year of a workbook that states none. */
  readonly asOf?: Day | null
}

/**
 * Reads a workbook 考核工作簿 from its bytes or its path (contract: the workbook): a Book, or every problem with its
 * place. A hostile file can neither hang nor crash the process: 50 MB, 200,000 rows a sheet, 30 s.
 */
export async function readBook(
  input: Uint8Array | string,
  { scheme, asOf = null, ...options }: BookReadOptions = {},
): Promise<BookReading> {
  options.signal?.throwIfAborted()
  const bytes = typeof input === 'string' ? await readWorkbookFile(input) : input
  if (!(bytes instanceof Uint8Array)) return bytes
  const book = { bytes, base: scheme ?? municipal, baseIsPreset: scheme === undefined, asOf }
  return readIn('read-book', book, options)
}

/** Reads a workbook as `readBook` does and tells what importing it would do in an assessment; the book itself stays in the thread. */
export const readImport = (
  order: Parameters<Jobs['read-import']>[0],
  options: ReadOptions = {},
): Promise<ImportPreview> => readIn('read-import', order, options)

/** Reads some sheets of a workbook as they stand, those that it has; within the same limits. */
export const readSheets = (
  bytes: Uint8Array,
  sheets: readonly string[],
  { mostRows, ...options }: ReadOptions & { readonly mostRows?: number } = {},
): Promise<SheetsReading> => readIn('read-sheets', { bytes, sheets, mostRows }, options)

/** Reads every sheet of a file of any layout, .xlsx or .csv, as it stands; within the same limits. */
export const readAnyFile = (
  bytes: Uint8Array,
  fileName: string,
  options: ReadOptions = {},
): Promise<SheetsReading> => readIn('read-any-sheets', { bytes, fileName }, options)

/** Reads a filled form of a unit and window: its rows, or what is wrong with it and where. */
export async function readForm(
  bytes: Uint8Array,
  form: FormToRead,
  options: ReadOptions = {},
): Promise<FormReading> {
  const reading = await readIn('read-form', { bytes, form }, options)
  return 'rows' in reading ? reading : { rows: [], problems: reading.problems }
}

/** Reads the sheets of a scheme that the workbook has; everything else comes from `base`. */
export const readSchemeFile = (
  bytes: Uint8Array,
  base: Scheme,
  options: ReadOptions = {},
): Promise<SchemeSheetsReading> => readIn('read-scheme', { bytes, base }, options)
