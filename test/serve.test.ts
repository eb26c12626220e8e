import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../db/database.ts'
import { ConfigError, readConfig } from '../server/config.ts'
import { openLog } from '../server/log.ts'
import { startServer, type Running } from '../server/serve.ts'
import { cheapCost } from './fixtures/app.ts'
import { temporaryFolder } from './fixtures/databases.ts'

describe('a server that was started', () => {
  const { path: folder } = temporaryFolder()
  const webRoot = join(folder, 'web')
  let running: Running

  beforeAll(async () => {
    mkdirSync(join(webRoot, 'assets'), { recursive: true })
    writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>政衡</title>')
    writeFileSync(join(webRoot, 'assets', 'main-1a2b.js'), 'export {}')
    writeFileSync(join(webRoot, 'assets', 'main-1a2b.js.br'), 'compressed')
    running = await startServer({
      config: {
        port: 0,
        host: '127.0.0.1',
        databaseUrl: `file:${join(folder, 'new', 'test.db')}`,
        dataDir: folder,
        adminPassword: null,
      },
      log: openLog('silent'),
      passwordCost: cheapCost,
      webRoot,
    })
  })
  afterAll(() => running.close())

  it('says where the setup page is', () => {
    expect(running.setupUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/setup\?code=[\w-]{16}$/)
  })

  it('answers every page address with the one page, never kept for long', async () => {
    for (const path of ['/', '/setup?code=x', '/assessments/a/units/b']) {
      const response = await fetch(running.url + path)
      expect([response.status, await response.text()]).toEqual([200, '<!doctype html><title>政衡</title>'])
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    }
  })

  it('serves assets compressed and for ever', async () => {
    const response = await fetch(`${running.url}/assets/main-1a2b.js`, {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(await response.text()).toBe('export {}')
    const brotli = await fetch(`${running.url}/assets/main-1a2b.js`, {
      method: 'HEAD',
      headers: { 'accept-encoding': 'br' },
    })
    expect(brotli.headers.get('content-encoding')).toBe('br')
  })

  it('has no page for files and API addresses that do not exist', async () => {
    for (const path of ['/assets/gone.js', '/api/gone', '/api', '/../package.json']) {
      const response = await fetch(running.url + path)
      expect([path, response.status]).toEqual([path, 404])
    }
  })
})

describe('a start of an installation without an audit administrator', () => {
  const { path: folder } = temporaryFolder()
  const databaseUrl = `file:${join(folder, 'test.db')}`
  const start = () =>
    startServer({
      config: {
        port: 0,
        host: '127.0.0.1',
        databaseUrl,
        dataDir: folder,
        adminPassword: 'A long password 1',
      },
      log: openLog('silent'),
      passwordCost: cheapCost,
      webRoot: folder,
    })

  it('makes one and says whose slip the console is to print', async () => {
    const first = await start()
    await first.close()
    expect([first.setupUrl, first.addedAdministrators]).toEqual([null, []])
    const db = await openDatabase(databaseUrl)
    await db.deleteFrom('accounts').where('username', '=', 'audit').execute()
    await db.destroy()
    const second = await start()
    await second.close()
    expect(second.addedAdministrators).toEqual(['audit'])
  })
})

describe('the environment', () => {
  it('may say nothing', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ port: 8787, host: '127.0.0.1', adminPassword: null, demoPassword: null })
    expect(config.databaseUrl).toBe(`file:${join(config.dataDir, 'zhengheng.db')}`)
  })

  it('is refused by the name of the variable, without its value', () => {
    expect(() => readConfig({ PORT: 'abc' })).toThrow(ConfigError)
    expect(() => readConfig({ PORT: 'abc' })).toThrow(/^PORT/)
    expect(() => readConfig({ DATABASE_URL: 'mysql://secret@host' })).toThrow(/^DATABASE_URL(?!.*secret)/)
    expect(() => readConfig({ ADMIN_PASSWORD: 'short' })).toThrow(/^ADMIN_PASSWORD(?!.*short\b)/)
    expect(readConfig({ PORT: '', ADMIN_PASSWORD: '' })).toMatchObject({ port: 8787, adminPassword: null })
  })
})
