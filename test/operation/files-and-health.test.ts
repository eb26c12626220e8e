import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { quickCheck } from '../../db/quick-check.ts'
import { fillDemo } from '../../db/demo.ts'
import { freezeResults } from '../../server/frozen-results.ts'
import { openLog } from '../../server/log.ts'
import { openSigned } from '../../server/audit-key.ts'
import { startServer } from '../../server/serve.ts'
import { postgresAddress, temporaryFolder } from '../fixtures/databases.ts'
import { emptyDatabase } from '../fixtures/postgres.ts'

const root = join(import.meta.dirname, '..', '..')
const log = openLog('silent')
const configFor = (dataDir: string) => ({
  port: 0,
  host: '127.0.0.1',
  databaseUrl: `file:${join(dataDir, 'zhengheng.db')}`,
  dataDir,
  adminPassword: null,
})

describe.skipIf(process.platform === 'win32')('files', () => {
  const folder = temporaryFolder()
  const modeOf = (...names: string[]) => (statSync(join(folder.path, ...names)).mode & 0o777).toString(8)

  it('of the server are for its own user alone, also those that were not', async () => {
    const dataDir = join(folder.path, 'new')
    const running = await startServer({
      config: configFor(dataDir),
      log: openLog({ folder: join(dataDir, 'log') }),
    })
    const shown = (name: string) => modeOf('new', name)
    expect(modeOf('new')).toBe('700')
    expect(
      readdirSync(dataDir)
        .filter((name) => name.startsWith('zhengheng.db'))
        .map(shown),
    ).toEqual(['600', '600', '600'])
    await running.close()
    expect(modeOf('new', 'log')).toBe('700')
    chmodSync(join(dataDir, 'zhengheng.db'), 0o644)
    await (await startServer({ config: configFor(dataDir), log })).close()
    expect(shown('zhengheng.db')).toBe('600')
  }, 60_000)
})

describe('health', () => {
  const folder = temporaryFolder()

  it('says damaged, with 503, once a reading of the whole database found it so', async () => {
    const dataDir = join(folder.path, 'damaged')
    mkdirSync(dataDir)
    const config = configFor(dataDir)
    const file = join(dataDir, 'zhengheng.db')
    const db = await openDatabase(config.databaseUrl)
    await fillDemo(db, { today: '2026-11-22', passwordHash: null, freeze: freezeResults })
    await db.destroy()
    await (await openSigned(config, new Date())).destroy()
    expect(await quickCheck(file)).toEqual([])
    const pages = statSync(file).size / 4096
    const handle = openSync(file, 'r+')
    for (let page = Math.floor(pages / 2); page < pages / 2 + 20; page++)
      writeSync(handle, Buffer.alloc(4000, 0x5a), 0, 4000, page * 4096)
    closeSync(handle)
    const running = await startServer({ config, log })
    await vi.waitFor(
      async () => {
        const answer = await fetch(`${running.url}/api/health`)
        expect([answer.status, await answer.json()]).toEqual([503, { status: 'damaged' }])
      },
      { timeout: 20_000 },
    )
    await running.close()
  }, 60_000)

  it('says damaged also of a file that is no database any more', async () => {
    const file = join(folder.path, 'nothing.db')
    const handle = openSync(file, 'w')
    writeSync(handle, 'x'.repeat(8192))
    closeSync(handle)
    expect(await quickCheck(file)).toEqual([expect.stringContaining('not a database')])
    await expect(quickCheck(join(folder.path, 'missing.db'))).rejects.toThrow('unable to open')
  })
})

describe('two first starts at once', () => {
  const folder = temporaryFolder()
  const start = (databaseUrl: string) => {
    const env = {
      ...process.env,
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(folder.path, 'data'),
      PORT: '0',
      ADMIN_PASSWORD: 'A long password 1',
    }
    const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { cwd: root, env })
    let said = ''
    child.stdout.on('data', (piece: Buffer) => (said += piece.toString()))
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()))
    const started = new Promise<string>((resolve) => {
      child.stdout.on('data', () => said.includes('政衡已启动') && resolve('started'))
      child.on('exit', () => resolve(said))
    })
    return { child, started }
  }

  it.each(['SQLite', 'PostgreSQL'])(
    'on %s both serve, and there are three administrators',
    async (kind) => {
      const databaseUrl =
        kind === 'SQLite' ? `file:${join(folder.path, 'first.db')}` : await emptyDatabase(postgresAddress())
      const both = [start(databaseUrl), start(databaseUrl)]
      expect(await Promise.all(both.map(({ started }) => started))).toEqual(['started', 'started'])
      for (const { child } of both) {
        child.kill()
        await once(child, 'exit')
      }
      const db = await openDatabase(databaseUrl)
      const names = await db.selectFrom('accounts').select('username').execute()
      await db.destroy()
      expect(names.map(({ username }) => username).sort()).toEqual(['admin', 'audit', 'security'])
    },
    120_000,
  )
})
