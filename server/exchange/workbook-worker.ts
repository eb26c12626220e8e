import { parentPort, workerData } from 'node:worker_threads'
import type { Scheme } from '../assessment/scheme.ts'
import { parseBook } from './parse-book.ts'
import { readNamedSheets } from './named-sheets.ts'

/** What the reader hands to its worker. */
export interface WorkbookOrder {
  readonly bytes: Uint8Array
  readonly base: Scheme
  readonly baseIsPreset: boolean
}

/** Sheets to be read as they stand. */
export interface SheetsOrder {
  readonly bytes: Uint8Array
  readonly sheets: readonly string[]
}

const order = workerData as WorkbookOrder | SheetsOrder
const bytes = Buffer.from(order.bytes.buffer, order.bytes.byteOffset, order.bytes.byteLength)
parentPort?.postMessage(
  await ('sheets' in order
    ? readNamedSheets(bytes, order.sheets)
    : parseBook(bytes, order.base, order.baseIsPreset)),
)
