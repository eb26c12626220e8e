import { setImmediate } from 'node:timers/promises'
import type { InsertObject, Transaction } from 'kysely'
import type { Tables } from './tables.ts'

const CHUNK = 500

export interface BulkOptions {
  /** Called with the number of rows written so far. */
  readonly onProgress?: (done: number) => void
  /** Aborting makes the insert throw the signal's reason, so that the surrounding transaction rolls back. */
  readonly signal?: AbortSignal
}

/** Inserts in chunks and lets other requests run between them. */
export async function insertRows<T extends keyof Tables>(
  trx: Transaction<Tables>,
  table: T,
  rows: readonly InsertObject<Tables, T>[],
  { onProgress, signal }: BulkOptions = {},
): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    signal?.throwIfAborted()
    const chunk = rows.slice(start, start + CHUNK)
    await trx.insertInto(table).values(chunk).execute()
    onProgress?.(start + chunk.length)
    await setImmediate()
  }
  signal?.throwIfAborted()
}
