import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { openLog } from '../../server/log.ts'
import { startServer, type Running } from '../../server/serve.ts'
import { appOn, password, withYear } from '../fixtures/app.ts'
import { publish } from '../fixtures/published.ts'
import { launch } from './chromium.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhengheng-proof-'))
const root = join(import.meta.dirname, '..', '..')
let server: Running | null
let browser: Browser
let year: string

beforeAll(async () => {
  const databaseUrl = `file:${join(folder, 'zhengheng.db')}`
  const db = await openDatabase(databaseUrl)
  year = await withYear(appOn(db))
  await publish(db, year, { asOf: '2018-02-10', publicity: 'own-result' })
  await db.destroy()
  ;[server, browser] = await Promise.all([
    startServer({
      config: { port: 0, host: '127.0.0.1', databaseUrl, dataDir: folder, adminPassword: null },
      log: openLog('silent'),
      clock: () => new Date('2018-02-12T02:00:00Z'),
      webRoot: join(root, 'dist', 'web'),
    }),
    launch(),
  ])
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Downloads the file that somebody is offered on a page, and tells what the circular prints of its root. */
async function downloaded(
  username: string,
  address: string,
  link: string,
): Promise<{ file: string; printed: string }> {
  const url = server?.url ?? ''
  const context = await browser.newContext({ acceptDownloads: true, locale: 'zh-CN' })
  await context.request.post(`${url}/api/auth/sign-in`, {
    data: { username, password },
    headers: { Origin: url },
  })
  const page = await context.newPage()
  await page.goto(`${url}/assessments/${year}/${address}`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: link }).click(),
  ])
  const file = join(folder, `${username}.html`)
  await download.saveAs(file)
  const printed =
    /校验码\s*([0-9a-f]{8}…[0-9a-f]{8})/.exec((await page.locator('body').textContent()) ?? '')?.[1] ?? ''
  await context.close()
  return { file, printed }
}

/** The file opened from the disk; whatever it would load or complain of fails the test. */
async function opened(
  file: string,
  looks: { width: number; height: number } = { width: 1366, height: 900 },
): Promise<Page> {
  const page = await (await browser.newContext({ viewport: looks, reducedMotion: 'reduce' })).newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const complained: string[] = []
  page.on('console', (message) => complained.push(message.text()))
  await page.goto(pathToFileURL(file).href)
  await page.locator('.verdict').waitFor()
  expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([])
  expect(complained).toEqual([])
  return page
}
const verdict = (page: Page) => page.locator('.verdict').textContent()
const close = (page: Page) => page.context().close()

it('what was published is downloaded, and checks itself from the disk once the server is gone; a mark altered in it is named', async () => {
  const whole = await downloaded('office', 'publications', '下载公开核验文件')
  const own = await downloaded('editor', 'circular', '下载本单位的核验文件')
  expect(whole.printed).toBe(own.printed)
  await server?.close()
  server = null

  let page = await opened(whole.file)
  expect(await verdict(page)).toContain('一致：按文件中的办法和')
  expect(await page.getByText(whole.printed).count()).toBeGreaterThan(0)
  const input = page.getByLabel('通报所载校验码（前 8 位和后 8 位）')
  await input.fill(whole.printed)
  await page.getByText('与通报所载校验码一致。').waitFor()
  await input.fill(whole.printed.replace(/^./, (first) => (first === '0' ? '1' : '0')))
  await page.getByText('与通报所载校验码不一致').waitFor()
  await input.fill('0a')
  await page.getByText('请输入 16 位数字和字母。').waitFor()
  await page
    .getByRole('row', { name: /市水务局/ })
    .first()
    .waitFor()
  await page.getByLabel('单位').selectOption({ label: '市水务局（市直部门）' })
  await page.getByText('90.00').first().waitFor()
  await page.getByRole('button', { name: 'English' }).click()
  expect(await verdict(page)).toMatch(/^Agrees: computed again/)
  expect(await page.locator('main').textContent()).not.toMatch(
    /\b(proof|result|publication|vocabulary)\.[a-z]/,
  )
  await close(page)

  const text = readFileSync(whole.file, 'utf8')
  const [mark = ''] = /\["[0-9a-f]{8}","[\w-]{22}","\d+","third-party",null,"[\d.]+"/.exec(text) ?? []
  expect(mark).not.toBe('')
  const edited = join(folder, 'edited.html')
  writeFileSync(edited, text.replace(mark, mark.replace(/"[\d.]+"$/, '"12"')))
  page = await opened(edited)
  expect(await verdict(page)).toMatch(/^不一致：文件中有 \d+ 处/)
  expect(await verdict(page)).toMatch(/第三方评估的外部评分：内容被改动过/)
  expect(await verdict(page)).toMatch(/第三方评估得分：发布的是 [\d.]+，按文件中的事实应为 12/)
  await close(page)
  const cut = join(folder, 'cut.html')
  writeFileSync(cut, text.replace('{"count"', '{"count'))
  page = await opened(cut)
  expect(await verdict(page)).toContain('读不出内容')
  await close(page)

  page = await opened(own.file, { width: 390, height: 800 })
  expect(await verdict(page)).toContain(
    '一致：按文件中的办法和市水务局的事实重新计算，得分与发布的相同。名次是发布时确定',
  )
  expect(await page.locator('body').textContent()).not.toMatch(/清河县政府|市林业局/)
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0)
  await page.locator('input[type=file]').setInputFiles(whole.file)
  await page.getByText('所选文件与本文件属于同一次发布。').waitFor()
  await page.locator('input[type=file]').setInputFiles(edited)
  await page.getByText('所选文件自身不一致，不能作为依据。').waitFor()
  await close(page)
  expect(statSync(whole.file).size).toBeLessThan(1_500_000)
}, 180_000)
