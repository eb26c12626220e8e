import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type ResourceLimits, Worker } from 'node:worker_threads'

/**
 * The built worker beside the built server, or one folder above when this module was put into a chunk; undefined
 * when running from source.
 */
function builtWorker(): URL | undefined {
  return ['./workbook-worker.js', '../workbook-worker.js']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url))
}

/** Starts the worker that reads workbooks, built or from TypeScript source. */
export function startWorkbookWorker(workerData: unknown, resourceLimits: ResourceLimits): Worker {
  const options = { workerData, resourceLimits, execArgv: [] }
  const built = builtWorker()
  if (built) return new Worker(built, options)
  // Threads do not inherit the loader that reads TypeScript, so the worker registers it before it imports its source.
  const source = new URL('../workbook/workbook-worker.ts', import.meta.url).href
  // `require` finds the CommonJS copy of the loader; only the module beside it can register.
  const found = createRequire(import.meta.url).resolve('tsx/esm/api')
  const loader = pathToFileURL(found.replace(/\.cjs$/, '.mjs')).href
  return new Worker(
    `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`,
    { ...options, eval: true },
  )
}
