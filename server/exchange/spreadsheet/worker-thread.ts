import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type ResourceLimits, Worker } from 'node:worker_threads'

/** The workers that read files, by the name under which each is built, with its source from here. */
const sources = {
  'workbook-worker': '../workbook/workbook-worker.ts',
  'report-worker': '../report-text/report-worker.ts',
} as const
export type WorkerName = keyof typeof sources

/**
 * The built worker beside the built server, or one folder above when this module was put into a chunk; undefined
 * when running from source.
 */
function builtWorker(name: WorkerName): URL | undefined {
  return [`./${name}.js`, `../${name}.js`]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
}

/** Starts a worker, built or from TypeScript source; what it prints is kept from the output of the program. */
function startWorker(name: WorkerName, resourceLimits: ResourceLimits): Worker {
  const options = { resourceLimits, execArgv: [], stdout: true, stderr: true }
  const built = builtWorker(name)
  if (built) return new Worker(built, options)
  // Threads do not inherit the loader that reads TypeScript, so the worker registers it before it imports its source.
  const source = new URL(sources[name], import.meta.url).href
  // `require` finds the CommonJS copy of the loader; only the module beside it can register.
  const found = createRequire(import.meta.url).resolve('tsx/esm/api')
  const loader = pathToFileURL(found.replace(/\.cjs$/, '.mjs')).href
  return new Worker(
    `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`,
    { ...options, eval: true },
  )
}

/** Why a worker was ended before it answered. */
export type Ended = 'too-slow' | 'too-much-memory'

/** How often the memory is looked at, in milliseconds. */
const memoryWatch = 200

/** What a worker is asked to do, and within which bounds. */
export interface WorkerOrder {
  readonly name: WorkerName
  readonly data: unknown
  readonly milliseconds: number
  readonly heapMegabytes: number
  /** Stops the reading; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** Workers that have answered wait for the next order of their kind, since to start one costs more than most readings. */
const rested = new Map<WorkerName, Worker>()
const restMilliseconds = 60_000

/** Takes our listeners off; the worker's own, which keep its port awake, stay. */
function leaveToItself(worker: Worker): void {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
}

function rest(name: WorkerName, worker: Worker): void {
  if (rested.has(name)) return void worker.terminate()
  rested.set(name, worker)
  worker.unref()
  const leave = (): void => {
    if (rested.get(name) !== worker) return
    rested.delete(name)
    void worker.terminate()
  }
  worker.once('error', leave)
  setTimeout(leave, restMilliseconds).unref()
}

function takeRested(name: WorkerName): Worker | undefined {
  const worker = rested.get(name)
  rested.delete(name)
  if (worker) leaveToItself(worker)
  worker?.ref()
  return worker
}

/** The answer of a worker that has nothing else to do, and is ended when it takes too long or too much memory. */
export function askWorker<Answer>(order: WorkerOrder): Promise<Answer | Ended> {
  const { name, data, milliseconds, heapMegabytes, signal } = order
  return new Promise((resolve, reject) => {
    const worker = takeRested(name) ?? startWorker(name, { maxOldGenerationSizeMb: heapMegabytes })
    const settle = (how: () => void): void => {
      clearTimeout(timer)
      clearInterval(watch)
      signal?.removeEventListener('abort', abort)
      leaveToItself(worker)
      how()
    }
    const end = (how: () => void): void =>
      settle(() => {
        void worker.terminate()
        how()
      })
    const abort = (): void => end(() => reject(signal?.reason))
    const timer = setTimeout(() => end(() => resolve('too-slow')), milliseconds)
    // Buffers, as those that a bomb is unpacked into, are no part of the heap that the worker is bound to.
    const before = process.memoryUsage.rss()
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > heapMegabytes * 2 ** 20) end(() => resolve('too-much-memory'))
    }, memoryWatch)
    signal?.addEventListener('abort', abort)
    worker.once('message', (answer: Answer) =>
      settle(() => {
        rest(name, worker)
        resolve(answer)
      }),
    )
    worker.once('error', (error) =>
      end(() =>
        'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? resolve('too-much-memory')
          : reject(error),
      ),
    )
    worker.once('exit', () => end(() => reject(new Error(`the ${name} ended without an answer`))))
    worker.postMessage(data)
  })
}
