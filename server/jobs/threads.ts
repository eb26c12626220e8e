import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Tinypool } from 'tinypool'
import { poolLimits } from './limits.ts'

/** The built worker beside the built server, or one folder above when this module was put into a chunk; undefined when running from source. */
const builtWorker = (): URL | undefined =>
  ['./worker.js', '../worker.js'].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url))

/** What a thread loads: the built worker, or from TypeScript a few words that register the loader first, since threads do not inherit it. */
function workerModule(): string {
  const built = builtWorker()
  if (built) return fileURLToPath(built)
  const source = new URL('./worker.ts', import.meta.url).href
  // `require` finds the CommonJS copy of the loader; only the module beside it can register.
  const loader = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs')
  const words =
    `import { register } from ${JSON.stringify(pathToFileURL(loader).href)}\nregister()\n` +
    `export default (await import(${JSON.stringify(source)})).default`
  return `data:text/javascript,${encodeURIComponent(words)}`
}

/** Threads that start when they are needed; the queue before them gives them no more than they are. */
export function startThreads(most: number, heapMegabytes: number): Tinypool {
  const threads = new Tinypool({
    filename: workerModule(),
    minThreads: 0,
    maxThreads: most,
    idleTimeout: poolLimits.idleMilliseconds,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    // A thread that waits without a loop of its own could not end what it left open.
    useAtomics: false,
  })
  // Told by the job that it happened to; without a listener it would end the process.
  threads.on('error', () => undefined)
  return threads
}
