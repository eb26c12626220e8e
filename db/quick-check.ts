import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What the thread does, in words of its own, since it is the same from source and built: `module` is where better-sqlite3 lies. */
const reading = `
  const { parentPort, workerData } = require('node:worker_threads')
  const Database = require(workerData.module)
  const told = (error) => {
    if (/^SQLITE_(CORRUPT|NOTADB)/.test(error.code ?? '')) return [error.message]
    // A thread hands over the words of plain errors only.
    throw new Error(error.message)
  }
  const check = () => {
    const database = new Database(workerData.file, { readonly: true, fileMustExist: true })
    try {
      return database.pragma('quick_check(10)').map((row) => row.quick_check).filter((text) => text !== 'ok')
    } finally {
      database.close()
    }
  }
  let damage
  try { damage = check() } catch (error) { damage = told(error) }
  parentPort.postMessage(damage)`

/** What SQLite finds wrong with a file, read whole in a thread of its own; empty when it is sound. Rejects when it cannot be read now, and once the signal ended the reading. */
export function quickCheck(file: string, signal?: AbortSignal): Promise<readonly string[]> {
  const module = createRequire(import.meta.url).resolve('better-sqlite3')
  const worker = new Worker(reading, { eval: true, execArgv: [], workerData: { file, module } })
  worker.unref()
  const end = (): void => {
    worker.ref()
    void worker.terminate()
  }
  signal?.addEventListener('abort', end, { once: true })
  return new Promise((resolve, reject) => {
    // Only an ended thread has let go of the file.
    let damage: readonly string[] | null = null
    worker.once('message', (told: readonly string[]) => (damage = told))
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', end)
      if (damage === null) reject(new Error('the check ended without an answer'))
      else resolve(damage)
    })
  })
}
