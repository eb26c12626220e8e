import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { updateStage } from '../../db/assessments.ts'
import { openDatabase } from '../../db/database.ts'
import { openLog } from '../../server/log.ts'
import { startServer, type Running } from '../../server/serve.ts'
import { appOn, password, withAccounts, workbookForm } from '../fixtures/app.ts'
import { smallYear } from '../fixtures/workbooks.ts'
import { launch } from './chromium.ts'
import { pagesOf } from './libreoffice.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhengheng-publication-'))

/** The server's clock: days pass because the test says so. */
let today = '2018-02-10'
let server: Running
let browser: Browser
let yearId: string

/** A small year in which nothing is pending any more, being aggregated. */
async function fillYear(databaseUrl: string): Promise<string> {
  const db = await openDatabase(databaseUrl)
  const test = appOn(db)
  await withAccounts(test)
  const office = await test.as('office')
  const body = { name: '2017 年度考核', year: 2017, preset: 'municipal' }
  const id = String((await office('/api/assessments', { body })).json.id)
  const ledger = (smallYear.平时考核台账 ?? []).map((row, index) =>
    index === 0 ? row : row.map((cell, column) => (column === 6 ? '通过' : cell)),
  )
  const form = await workbookForm({ ...smallYear, 平时考核台账: ledger })
  expect((await office(`/api/assessments/${id}/import`, { form })).status).toBe(200)
  await db.transaction().execute((trx) => updateStage(trx, id, 'aggregating'))
  await db.destroy()
  return id
}

beforeAll(async () => {
  const databaseUrl = `file:${join(folder, 'zhengheng.db')}`
  yearId = await fillYear(databaseUrl)
  ;[server, browser] = await Promise.all([
    startServer({
      config: { port: 0, host: '127.0.0.1', databaseUrl, dataDir: folder, adminPassword: null },
      log: openLog('silent'),
      clock: () => new Date(`${today}T02:00:00Z`),
      webRoot: join(import.meta.dirname, '..', '..', 'dist', 'web'),
    }),
    launch(),
  ])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function as(username: string, address: string): Promise<Page> {
  const context = await browser.newContext({
    acceptDownloads: true,
    viewport: { width: 1366, height: 900 },
    locale: 'zh-CN',
    reducedMotion: 'reduce',
  })
  const signIn = await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username, password },
    headers: { Origin: server.url },
  })
  expect(signIn.status()).toBe(200)
  const page = await context.newPage()
  await page.goto(`${server.url}/assessments/${yearId}/${address}`)
  await page.locator('h1').first().waitFor()
  return page
}

/** The leader reads what was prepared and approves it. */
async function approve(number: number): Promise<void> {
  const page = await as('leader', 'publications')
  await page.getByRole('heading', { name: `第 ${number} 次发布，等待批准` }).waitFor()
  await page.getByText('核验通过').waitFor()
  await page.getByRole('button', { name: '批准…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '批准' }).click()
  await page.getByRole('heading', { name: `第 ${number} 次发布，现行` }).waitFor()
  await page.context().close()
}

it('results go out by two hands, units see their rank, a reversal shows as drift and is published anew', async () => {
  let page = await as('office', 'publications')
  await page.getByRole('heading', { name: '发布前检查：没有阻止发布的事项' }).waitFor()
  await page.getByRole('button', { name: '准备发布' }).click()
  await page.getByRole('heading', { name: '第 1 次发布，等待批准' }).waitFor()
  expect(await page.getByRole('button', { name: '批准…' }).count()).toBe(0)
  await page.getByRole('button', { name: '撤回…' }).waitFor()
  await page.context().close()

  page = await as('head', 'home')
  await page.getByText('名次在通报发布后可见。').waitFor()
  await page.context().close()

  await approve(1)

  page = await as('head', 'home')
  await page.getByText(/第 1 名，共 \d+ 个单位/).waitFor()
  await page.getByRole('link', { name: '看通报' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载 .docx' }).click(),
  ])
  const file = join(folder, 'circular.docx')
  await download.saveAs(file)
  expect((await pagesOf(file)).flat().join('')).toContain('市水务局')
  await page.context().close()

  today = '2018-02-12'
  page = await as('office', 'ledger?status=lost')
  await page
    .locator('main')
    .getByRole('link', { name: /2017-\d+/ })
    .first()
    .click()
  // The year opens on its publication; what is done is done today.
  await page.getByRole('link', { name: '回到今天' }).click()
  await page.getByRole('button', { name: '冲销…' }).click()
  const form = page.getByRole('form', { name: '冲销这条登记' })
  await form.getByRole('textbox').first().fill('重复登记')
  await form.getByRole('button', { name: '冲销这条登记' }).click()
  await form.waitFor({ state: 'detached' })

  await page.goto(`${server.url}/assessments/${yearId}/publications`)
  await page.getByRole('heading', { name: /发布后有 1 项事实变化，\d+ 个单位的成绩或名次会变/ }).waitFor()
  await page.getByLabel('替代的原因').fill('冲销一项重复登记的问题')
  await page.getByRole('button', { name: '准备发布' }).click()
  await page.getByRole('heading', { name: /比第 1 次有 \d+ 个单位的成绩、等次或名次不同/ }).waitFor()
  await page.context().close()

  await approve(2)
  page = await as('office', 'publications')
  await page.getByRole('heading', { name: '第 2 次发布，现行' }).waitFor()
  expect(await page.getByText(/发布后有/).count()).toBe(0)
  await page.context().close()
}, 120_000)
