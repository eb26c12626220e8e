import { parentPort, workerData } from 'node:worker_threads'
import type { Scheme } from '../assessment/scheme.ts'
import { parseBook } from './parse-book.ts'

/** What the reader hands to its worker. */
export interface WorkbookOrder {
  readonly bytes: Uint8Array
  readonly base: Scheme
  readonly baseIsPreset: boolean
}

const { bytes, base, baseIsPreset } = workerData as WorkbookOrder
parentPort?.postMessage(
  parseBook(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), base, baseIsPreset),
)
