import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoPassword, startDemo, type BuiltServer } from './built-server.ts'
import { launch } from './chromium.ts'

let server: BuiltServer
let browser: Browser
let page: Page

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startDemo(), launch()])
  const context = await browser.newContext({ viewport: { width: 1366, height: 900 }, locale: 'zh-CN' })
  await context.request.post(`${server.url}/api/auth/sign-in`, {
    data: { username: 'office', password: demoPassword },
    headers: { Origin: new URL(server.url).origin },
  })
  page = await context.newPage()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

it('from last year’s scheme and participants to an open year, left and taken up again in between', async () => {
  await page.goto(new URL('/new-year', server.url).href)
  await page.getByText('将沿用').waitFor()
  await page.getByRole('button', { name: '下一步' }).click()

  const scheme = page.getByRole('combobox', { name: '本年度采用的考核办法' })
  await scheme.waitFor()
  await page.getByText('这份办法已有考核使用').waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('heading', { name: /50 个考核对象/ }).waitFor()

  const address = page.url()
  await page.goto(new URL('/new-year', server.url).href)
  await page.getByRole('heading', { name: '继续设置' }).waitFor()
  await page.goto(address)
  await page.getByLabel('从 Excel 粘贴').fill('督查组\t派出机构\n没有这个单位')
  await page.getByRole('button', { name: '增加粘贴的单位' }).click()
  await page.getByText('有 1 个名称不在单位名册中').waitFor()
  await page.getByRole('heading', { name: /51 个考核对象.*派出机构 1 个/ }).waitFor()
  await page.getByRole('button', { name: '保存，下一步' }).click()

  await page.getByText('该年节假日安排未公布').first().waitFor()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('heading', { name: '可以开始考核' }).waitFor()
  await page.getByRole('button', { name: '开始考核' }).click()
  await page.getByRole('heading', { name: '日程' }).waitFor()
  await page.getByText('进入“考核中”').waitFor()
  expect(await page.getByText('51 个单位尚未报送').count()).toBeGreaterThan(0)
})
