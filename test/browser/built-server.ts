import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '..', '..')

export interface BuiltServer {
  readonly url: string
  /** The setup page with its code; null when there are accounts. */
  readonly setupUrl: string | null
  readonly dataDir: string
  readonly process: ChildProcess
  /** Ends the server and removes its data. */
  readonly close: () => Promise<void>
}

/** Starts a built server on a free port, on its own data, and waits for its address. */
async function startProcess(
  args: readonly string[],
  env: Record<string, string>,
  dataDir: string,
): Promise<BuiltServer> {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const lines = createInterface({ input: child.stdout })
  let url: string | null = null
  let setupUrl: string | null = null
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
    lines.on('line', (line) => {
      if (line.startsWith('{')) return
      const address = /https?:\/\/\S+/.exec(line)?.[0]
      if (!address) return
      if (address.includes('/setup?code=')) setupUrl = address
      else url ??= address
      void isComplete().then((complete) => complete && resolve(), reject)
    })
  })
  /** Whether every address is known: that of the setup follows where there is no account yet. */
  const isComplete = async (): Promise<boolean> => {
    if (url === null) return false
    if (setupUrl !== null) return true
    const answer = await fetch(`${url}/api/setup`)
    return !((await answer.json()) as { needed: boolean }).needed
  }
  await ready
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { url: url as unknown as string, setupUrl, dataDir, process: child, close }
}

const newDataDir = () => mkdtempSync(join(tmpdir(), 'zhengheng-test-'))

/** The server of `npm start`, on empty data unless told where. */
export const startBuilt = (env: Record<string, string> = {}, dataDir = newDataDir()): Promise<BuiltServer> =>
  startProcess(['dist/server/main.js'], env, dataDir)

/** The fictional city of `npm run demo`; every account has this password. */
export const demoPassword = 'a password for the demo'
export const startDemo = (): Promise<BuiltServer> =>
  startProcess(['--import', 'tsx', 'server/cli/demo.ts'], { DEMO_PASSWORD: demoPassword }, newDataDir())
