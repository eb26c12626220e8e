import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Source } from '../../../db/source.ts'

export type Tool = 'pg_dump' | 'pg_restore'

/** Where PostgreSQL's own packages put their programs: a folder a version, and `bin` in it. */
const homes = [
  '/usr/lib/postgresql',
  '/usr',
  '/opt/homebrew/opt',
  '/Library/PostgreSQL',
  'C:\\Program Files\\PostgreSQL',
]

const packagedFolders = (): string[] =>
  homes.filter(existsSync).flatMap((home) =>
    readdirSync(home)
      .filter((name) => /^(\d+|pgsql-\d+|postgresql(@\d+)?)$/.test(name))
      .map((version) => join(home, version, 'bin')),
  )

/** The server's own programs, when the account may ask where they are. */
async function besideServer(source: Source): Promise<string[]> {
  const { rows } = await sql<{ readonly allowed: boolean }>`
    select has_function_privilege('pg_catalog.pg_config()', 'execute') as allowed`.execute(source)
  if (rows[0]?.allowed !== true) return []
  const folders = await sql<{ readonly setting: string }>`
    select setting from pg_catalog.pg_config() where name = 'BINDIR'`.execute(source)
  return folders.rows.map(({ setting }) => setting)
}

/** A program and the main version that it says it has. */
export interface Candidate {
  readonly file: string
  readonly version: number
}

function candidateAt(file: string): Candidate[] {
  const { stdout, status } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 10_000 })
  const [, version] = status === 0 ? (/(\d+)(\.\d|devel|beta|rc)/.exec(stdout) ?? []) : []
  return version === undefined ? [] : [{ file, version: Number(version) }]
}

/** The oldest program that is at least as new as the server. Throws one line that says which is needed. */
export function newEnough(tool: Tool, server: number, candidates: readonly Candidate[]): string {
  const [fitting] = candidates
    .filter(({ version }) => version >= server)
    .sort((a, b) => a.version - b.version)
  if (fitting) return fitting.file
  const versions = [...new Set(candidates.map(({ version }) => version))].join(', ')
  throw new Error(
    `the server is PostgreSQL ${server}: ${tool} ${server} or newer is needed on PATH, ` +
      (versions === '' ? 'and none was found' : `and only ${versions} was found`),
  )
}

/** pg_dump or pg_restore from PATH, from beside the server or from where its packages put it. Throws as {@link newEnough} does. */
export async function findTool(tool: Tool, source: Source): Promise<string> {
  const { rows } = await sql<{ readonly version: string }>`
    select current_setting('server_version_num') as version`.execute(source)
  const folders = [...(await besideServer(source)), ...packagedFolders()]
  // By its bare name the system looks on PATH.
  const files = [tool, ...folders.map((folder) => join(folder, tool))]
  return newEnough(tool, Math.floor(Number(rows[0]?.version) / 10_000), files.flatMap(candidateAt))
}

/**
 * Runs pg_dump or pg_restore on a database. The password goes by a file in `folder`, since other users see a command's words. Throws with what
 * the program said when it fails.
 */
export async function runTool(
  file: string,
  databaseUrl: string,
  args: readonly string[],
  folder: string,
): Promise<void> {
  const url = new URL(databaseUrl)
  const passwords = join(folder, 'pgpass')
  if (url.password !== '') {
    const escaped = decodeURIComponent(url.password).replace(/[\\:]/g, '\\$&')
    await writeFile(passwords, `*:*:*:*:${escaped}\n`, { mode: 0o600 })
    url.password = ''
    url.searchParams.set('passfile', passwords)
  }
  try {
    const child = spawn(file, [`--dbname=${url.href}`, '--no-password', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (text: Buffer) => (said += text.toString()))
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
    const first = said.split('\n').find((line) => line !== '')
    if (status !== 0) throw new Error(first ?? `${file} ended with ${status}`)
  } finally {
    await rm(passwords, { force: true })
  }
}
