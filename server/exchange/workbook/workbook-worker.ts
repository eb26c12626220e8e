import { parentPort } from 'node:worker_threads'
import type { Day } from '../../assessment/day.ts'
import type { Scheme } from '../../assessment/rule/scheme.ts'
import { parseBook } from './parse-book.ts'
import { readAnySheets } from '../spreadsheet/any-sheets.ts'
import { readNamedSheets } from './named-sheets.ts'

/** What the reader hands to its worker. */
export interface WorkbookOrder {
  readonly bytes: Uint8Array
  readonly base: Scheme
  readonly baseIsPreset: boolean
  /** The day on which it is scored, where one is asked for. */
  readonly asOf: Day | null
}

/** Sheets to be read as they stand. */
export interface SheetsOrder {
  readonly bytes: Uint8Array
  readonly sheets: readonly string[]
}

/** A file of any layout, told by its name to be a workbook or a table of text. */
export interface AnySheetsOrder {
  readonly bytes: Uint8Array
  readonly fileName: string
}

function read(order: WorkbookOrder | SheetsOrder | AnySheetsOrder) {
  const bytes = Buffer.from(order.bytes.buffer, order.bytes.byteOffset, order.bytes.byteLength)
  if ('sheets' in order) return readNamedSheets(bytes, order.sheets)
  return 'fileName' in order ? readAnySheets(bytes, order.fileName) : parseBook(bytes, order)
}

parentPort?.on('message', async (order: WorkbookOrder | SheetsOrder | AnySheetsOrder) =>
  parentPort?.postMessage(await read(order)),
)
