import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

function newest(path: string): number {
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0)
}

/** Builds the pages and the server where a source is newer than what was built from it. */
export function buildIfStale(): void {
  const sources = Math.max(
    ...['web', 'server', 'db', 'vite.config.ts', 'package-lock.json'].map((name) => newest(join(root, name))),
  )
  const isStale = (built: string) =>
    !existsSync(join(root, built)) || statSync(join(root, built)).mtimeMs < sources
  const vite = (...args: string[]) =>
    execFileSync(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', ...args],
      {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
  if (isStale('dist/web/index.html')) vite()
  if (isStale('dist/server/main.js')) vite('--ssr')
}
