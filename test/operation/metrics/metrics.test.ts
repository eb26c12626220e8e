import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLog } from '../../../server/log.ts'
import { exposition } from '../../../server/operation/metrics/exposition.ts'
import { createRequestMeter } from '../../../server/operation/metrics/request-meter.ts'
import { startServer, type Running } from '../../../server/serve.ts'
import { temporaryFolder } from '../../fixtures/databases.ts'

const folder = temporaryFolder()
const log = openLog('silent')
const config = {
  port: 0,
  host: '127.0.0.1',
  databaseUrl: `file:${join(folder.path, 'zhengheng.db')}`,
  dataDir: folder.path,
  adminPassword: null,
}

describe('the metrics port', () => {
  let running: Running
  beforeAll(async () => (running = await startServer({ config: { ...config, metricsPort: 0 }, log })))
  afterAll(() => running.close())
  const scrape = async () => (await fetch(String(running.metricsUrl))).text()

  test('tells requests by route and status, and every line is in Prometheus’s format', async () => {
    for (const path of ['/api/health', '/api/health', '/api/accounts', '/api/evidence/abc', '/api/nowhere'])
      await (await fetch(running.url + path)).text()
    const text = await scrape()
    const count = (route: string, status: number) =>
      `zhengheng_http_request_duration_seconds_count{method="GET",route="${route}",status="${status}"}`
    expect(text).toContain(`${count('/api/health', 200)} 2\n`)
    expect(text).toContain(`${count('/api/accounts', 401)} 1\n`)
    expect(text).toContain(`${count('/api/evidence/:id', 401)} 1\n`)
    expect(text).toContain(`${count('/api/*', 404)} 1\n`)
    const line =
      /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?(\d+(\.\d+)?(e[+-]?\d+)?|\+Inf))$/
    for (const each of text.trimEnd().split('\n')) expect(each).toMatch(line)
  })

  test('tells event loop, memory, database and queue, and no age while there is no backup', async () => {
    const names = new Set((await scrape()).split('\n').map((each) => each.split(/[ {]/)[0]))
    for (const name of [
      'zhengheng_event_loop_lag_seconds',
      'process_resident_memory_bytes',
      'zhengheng_database_bytes',
      'zhengheng_queue_length',
    ])
      expect(names).toContain(name)
    expect(names).not.toContain('zhengheng_last_backup_age_seconds')
  })

  test('has nothing else, and is off unless asked for', async () => {
    expect((await fetch(new URL('/api/health', String(running.metricsUrl)))).status).toBe(404)
    const other = `file:${join(folder.path, 'other.db')}`
    const quiet = await startServer({ config: { ...config, databaseUrl: other }, log })
    expect(quiet.metricsUrl).toBeNull()
    await quiet.close()
  })
})

test('a duration counts in every bucket that it fits in', () => {
  const meter = createRequestMeter()
  for (const seconds of [0.001, 0.2, 99]) {
    meter.begin()
    meter.end({ method: 'GET', route: '/a"b', status: 200, seconds })
  }
  const text = exposition(meter.metrics())
  const bucket = (le: string) =>
    new RegExp(`_bucket\\{method="GET",route="/a\\\\"b",status="200",le="${le}"\\} (\\d+)`).exec(text)?.[1]
  expect(['0\\.005', '0\\.1', '0\\.25', '10', '\\+Inf'].map(bucket)).toEqual(['1', '1', '2', '2', '3'])
  expect(text).toContain('zhengheng_http_requests_under_way 0')
})
