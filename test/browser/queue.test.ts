import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { createJobs } from '../../server/jobs/jobs.ts'
import { poolLimits } from '../../server/jobs/limits.ts'
import { createQueue } from '../../server/jobs/queue.ts'
import { openLog } from '../../server/log.ts'
import { startServer, type Running } from '../../server/serve.ts'
import { appOn, password, withYear } from '../fixtures/app.ts'
import { launch } from './chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhengheng-queue-'))
const limits = { ...poolLimits, waiting: 2 }
const queue = createQueue(limits)
let server: Running
let browser: Browser
let page: Page

/** Somebody else's work, begun or waiting; gives how to end it. */
const somebody = async (name: string): Promise<() => void> => queue.enter(name)

beforeAll(async () => {
  const databaseUrl = `file:${join(folder, 'zhengheng.db')}`
  const db = await openDatabase(databaseUrl)
  const yearId = await withYear(appOn(db))
  await db.destroy()
  ;[server, browser] = await Promise.all([
    startServer({
      config: { port: 0, host: '127.0.0.1', databaseUrl, dataDir: folder, adminPassword: null },
      log: openLog('silent'),
      clock: () => new Date('2018-02-10T02:00:00Z'),
      jobs: createJobs(limits, queue),
      webRoot: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    }),
    launch(),
  ])
  const context = await browser.newContext({
    acceptDownloads: true,
    viewport: { width: 1366, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const signIn = await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username: 'office', password },
    headers: { Origin: server.url },
  })
  expect(signIn.status()).toBe(200)
  page = await context.newPage()
  await page.goto(`${server.url}/assessments/${yearId}/exchange`)
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

const link = () => page.getByRole('link', { name: '下载考核工作簿' }).first()

it('who waits for a file sees how many go before, and gets the file when its turn has come', async () => {
  const running = await Promise.all([somebody('one'), somebody('two')])
  const third = somebody('three')
  const download = page.waitForEvent('download')
  await link().click()
  await page.getByRole('status').getByText('文件正在排队，前面还有 1 个。').waitFor()
  running[0]?.()
  await page.getByRole('status').getByText('文件正在排队，下一个就轮到。').waitFor()
  running[1]?.()
  expect((await download).suggestedFilename()).toBe('2017 年度考核.xlsx')
  await page.getByRole('status').getByText('文件正在排队').waitFor({ state: 'detached' })
  ;(await third)()
})

it('is told in words when too many wait', async () => {
  const others = ['one', 'two', 'three', 'four'].map(somebody)
  await link().click()
  await page.getByText('排队的人太多：等待处理的文件已满').waitFor()
  for (const other of others) (await other)()
})

it('a server that answers nothing is told of after five seconds, and no longer once it answers', async () => {
  let thaw = (): void => undefined
  const thawed = new Promise<void>((resolve) => (thaw = resolve))
  await page.route('**/api/**', (route) => thawed.then(() => route.continue()))
  await page.getByRole('navigation').getByRole('link', { name: '排名' }).click()
  const notice = page.getByText('服务器 5 秒没有回应')
  await notice.waitFor()
  thaw()
  await notice.waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: '排名' }).waitFor()
  await page.unrouteAll({ behavior: 'wait' })
})
