import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const SECOND = 1000

function newest(path: string): number {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0)
}

/** Runs the bundler in silence. Throws what it said when it fails. */
async function bundle(...args: string[]): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], {
    cwd: root,
    // What people get is the same, whoever starts the build: tests do, too.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const output of [child.stdout, child.stderr]) output.on('data', (text) => (said += String(text)))
  const [status] = (await once(child, 'close')) as [number | null]
  if (status !== 0) throw new Error(`页面没有准备成功：\n${said.trim()}`)
}

/** Says what takes a while, with a dot a second, until it is done. */
async function withProgress(sentence: string, work: () => Promise<void>): Promise<void> {
  process.stdout.write(sentence)
  const dots = setInterval(() => process.stdout.write('.'), SECOND)
  try {
    await work()
  } finally {
    clearInterval(dots)
    process.stdout.write('\n')
  }
}

/** Builds the pages and the server where a source is newer than what was built from it, and says so while it does. */
export async function buildIfStale(): Promise<void> {
  const sources = Math.max(
    ...['web', 'server', 'db', 'vite.config.ts', 'package-lock.json'].map((name) => newest(join(root, name))),
  )
  const builtAt = (file: string) => (existsSync(join(root, file)) ? statSync(join(root, file)).mtimeMs : null)
  const [pages, server] = [builtAt('dist/web/index.html'), builtAt('dist/server/main.js')]
  const proof = builtAt('dist/proof/proof.html')
  const isStale = (built: number | null) => built === null || built < sources
  if (!isStale(pages) && !isStale(server) && !isStale(proof)) return
  const occasion = pages === null || server === null ? '第一次启动' : '程序已更新'
  await withProgress(`${occasion}，正在准备页面（约半分钟）`, async () => {
    if (isStale(pages)) await bundle()
    if (isStale(proof)) await bundle('--mode', 'proof')
    if (isStale(server)) await bundle('--ssr')
  })
}
