import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { build } from 'vite'
import type { Told } from './serve.ts'

const root = join(import.meta.dirname, '..', '..')
const outDir = join(root, 'dist', 'torture')

/** Bundles the server of `serve.ts` once, so that it starts in a fraction of a second. */
export async function bundleServer(): Promise<void> {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          serve: 'test/torture/serve.ts',
          worker: 'server/jobs/worker.ts',
        },
        checks: { pluginTimings: false },
      },
    },
    ssr: { noExternal: ['chinese-days', 'hono', 'kysely', 'zod'] },
  })
}

export interface TorturedServer {
  readonly url: string
  readonly process: ChildProcess
  /** What it said on standard error. */
  readonly said: () => string
  /** Ends it at once, as a power failure ends a process. */
  readonly kill: () => Promise<void>
  /** Ends it in good order. */
  readonly stop: () => Promise<void>
}

/** Starts the bundled server and kills it so many milliseconds later, wherever it has come to. */
export async function startAndDie(told: Told, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [join(outDir, 'serve.js'), JSON.stringify(told)], {
    cwd: root,
    stdio: 'ignore',
  })
  const gone = once(child, 'exit')
  await wait(afterMs)
  child.kill('SIGKILL')
  await gone
}

/** Starts the bundled server and waits for its address. `command` may wrap Node, as to limit it. */
export async function startTortured(
  told: Told,
  command: readonly string[] = [process.execPath],
): Promise<TorturedServer> {
  const [program = '', ...args] = [...command, join(outDir, 'serve.js'), JSON.stringify(told)]
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => (said += text.toString()))
  const lines = createInterface({ input: child.stdout })
  const url = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('close', (status, signal) =>
      reject(new Error(`the server ended (${status ?? signal}): ${said}`)),
    )
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return {
    url,
    process: child,
    said: () => said,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
